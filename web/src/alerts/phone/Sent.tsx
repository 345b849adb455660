import { t } from '../../i18n/i18n.js';
import { dismiss, sendNow, useSendings } from './outbox.js';

/** What became of what this phone said about something: on its way, or refused with the reason. */
export function Sent({ about }: { about: string }) {
  const sendings = useSendings(about);
  const waiting = sendings.some(({ state }) => state === 'waiting');
  return (
    <>
      {waiting && (
        <div className="state unsent" role="status">
          <p>
            <span aria-hidden="true">▲</span> {t('phone.par.sending')}
          </p>
          <button type="button" className="button" onClick={sendNow}>
            {t('phone.retry-now')}
          </button>
        </div>
      )}
      {sendings
        .filter(({ state }) => state === 'refused')
        .map((one) => (
          <div key={one.id} className="state refused" role="alert">
            <p>{one.refusal?.words}</p>
            <button type="button" className="button" onClick={() => dismiss(one.id)}>
              {t('phone.understood')}
            </button>
          </div>
        ))}
    </>
  );
}
