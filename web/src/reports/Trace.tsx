import { t } from '../i18n/i18n.js';

const PLACES = ['donations', 'donations/distributions', 'donations/funds'] as const;

/** 捐赠追溯: each gift's way to who got it is told on the donations' own pages; here is the way there. */
export const Trace = () => (
  <section className="report-trace" aria-label={t('reports.tab.trace')}>
    <p>{t('reports.trace-about')}</p>
    <nav className="work-nav" data-tour="trace" aria-label={t('reports.tab.trace')}>
      {PLACES.map((place) => (
        <a key={place} className="button" href={`#/keeper/${place}`}>
          {t(`reports.trace.${place.replace('/', '-')}`)}
        </a>
      ))}
    </nav>
  </section>
);
