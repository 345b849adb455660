import { t } from '../../i18n/i18n.js';

/** The other way, when nothing gets through: the telephone. */
export function DutyRoomCall({ phone, urgent = false }: { phone: string; urgent?: boolean }) {
  return (
    <a className={`button call${urgent ? ' primary' : ''}`} href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
      <span aria-hidden="true">☎</span> {t('phone.call-duty')} <span className="numeric">{phone}</span>
    </a>
  );
}
