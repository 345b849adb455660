import { Suspense } from 'react';
import { t } from '../i18n/i18n.js';
import { Loading } from '../parts/Loading.js';
import { type Work, WORKS } from './works.js';

/** What else a keeper does, as large tiles: one tap, one work. */
export function WorkTiles({ warehouseId }: { warehouseId: string }) {
  return (
    <nav className="work-tiles" aria-label={t('keeper.tab-works')}>
      {WORKS.map(({ key, Badge }) => (
        <a key={key} className="work-tile" href={`#/keeper/${key}`}>
          <b>{t(`work.${key}`)}</b>
          <span>{t(`work.${key}.hint`)}</span>
          {Badge && (
            <Suspense fallback={null}>
              <Badge warehouseId={warehouseId} />
            </Suspense>
          )}
        </a>
      ))}
    </nav>
  );
}

type WorkPageProps = { work: Work; warehouseId: string; parts: readonly string[] };

/** The page of one work, with the way back to the tiles. */
export function WorkPage({ work: { key, Page }, warehouseId, parts }: WorkPageProps) {
  return (
    <section className="keeper-work" aria-label={t(`work.${key}`)}>
      <p className="keeper-work-head">
        <a className="button bare" href="#/keeper/works">
          <span aria-hidden="true">‹</span> {t('keeper.tab-works')}
        </a>
        <b>{t(`work.${key}`)}</b>
      </p>
      <Suspense fallback={<Loading />}>
        <Page warehouseId={warehouseId} parts={parts} />
      </Suspense>
    </section>
  );
}
