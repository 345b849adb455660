import { t } from '../i18n/i18n.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { ClockTable } from './ClockTable.js';
import { useOurSociety } from './OurSociety.js';
import './admin.css';
import './messages.js';

/** The limits of the desk's clocks, society by society. `#/settings` */
export default function SettingsPage() {
  const { society, field } = useOurSociety('clock.set');
  return (
    <SidePage title={t('settings.title')}>
      <div className="page admin">
        <p>{t('settings.what')}</p>
        {field}
        {society ? (
          <ClockTable key={society.id} society={society} />
        ) : (
          <p className="empty">{t('settings.not-yours')}</p>
        )}
        <p className="quiet">{t('settings.server')}</p>
      </div>
    </SidePage>
  );
}
