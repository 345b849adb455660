import { t } from '../i18n/i18n.js';
import './messages.js';
import { leaveTour, offerNoMore, startTour } from './tour-state.js';
import type { TourRole } from './tour.rules.js';
import './tour.css';

/** Made once, at the first sign-in on the demonstration. */
export default function TourOffer({ role }: { role: TourRole }) {
  return (
    <aside className="tour-card tour-offer" aria-label={t('tour.title')}>
      <h2>{t('tour.offer', { role: t(`tour.role.${role}`) })}</h2>
      <p>{t('tour.offer-about')}</p>
      <div className="tour-acts">
        <button type="button" className="button primary" onClick={() => startTour(role)}>
          {t('tour.start')}
        </button>
        <button type="button" className="button" onClick={leaveTour}>
          {t('tour.later')}
        </button>
        <button type="button" className="button bare" onClick={offerNoMore}>
          {t('tour.never-here')}
        </button>
      </div>
    </aside>
  );
}
