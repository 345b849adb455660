import { Suspense } from 'react';
import { t } from '../i18n/i18n.js';
import { Loading } from '../parts/Loading.js';
import { type Work, WORKS } from './works.js';
import { GROUPS } from './works.rules.js';

const grouped = new Set(GROUPS.flatMap(({ works }) => works));
const tiles: readonly { key: string | null; works: readonly Work[] }[] = [
  ...GROUPS.map(({ key, works }) => ({ key, works: works.flatMap((name) => WORKS.filter((work) => work.key === name)) })),
  { key: null, works: WORKS.filter(({ key }) => !grouped.has(key)) },
]; // prettier-ignore

/** What else a keeper does, as large tiles: one tap, one work. */
export function WorkTiles({ warehouseId }: { warehouseId: string }) {
  return (
    <nav className="work-groups" aria-label={t('keeper.tab-works')} tabIndex={0}>
      <div className="work-tiles">
        <a className="work-tile" href="#/scan">
          <b>{t('scan.title')}</b>
          <span className="quiet">{t('scan.tile')}</span>
        </a>
      </div>
      {tiles.map(({ key, works }) =>
        works.length === 0 ? null : (
          <section key={key} aria-label={key === null ? undefined : t(`keeper.group.${key}`)}>
            {key !== null && <h2>{t(`keeper.group.${key}`)}</h2>}
            <div className="work-tiles">
              {works.map((work) => (
                <Tile key={work.key} work={work} warehouseId={warehouseId} />
              ))}
            </div>
          </section>
        ),
      )}
    </nav>
  );
}

function Tile({ work: { key, Badge }, warehouseId }: { work: Work; warehouseId: string }) {
  return (
    <a className="work-tile" data-tour={key === 'counts' ? 'work-counts' : undefined} href={`#/keeper/${key}`}>
      <b>{t(`work.${key}`)}</b>
      <span className="quiet">{t(`work.${key}.hint`)}</span>
      {Badge && (
        <Suspense fallback={null}>
          <Badge warehouseId={warehouseId} />
        </Suspense>
      )}
    </a>
  );
}

type WorkPageProps = { work: Work; warehouseId: string; parts: readonly string[] };

/** The page of one work, with the way back to the tiles. */
export function WorkPage({ work: { key, Page }, warehouseId, parts }: WorkPageProps) {
  return (
    <section className="keeper-work">
      <p className="keeper-work-head">
        <a className="button bare" href="#/keeper/works">
          <span aria-hidden="true">‹</span> {t('keeper.tab-works')}
        </a>
        <b>{t(`work.${key}`)}</b>
      </p>
      <div className="keeper-work-body" tabIndex={0} role="group" aria-label={t(`work.${key}`)}>
        <Suspense fallback={<Loading />}>
          <Page warehouseId={warehouseId} parts={parts} />
        </Suspense>
      </div>
    </section>
  );
}
