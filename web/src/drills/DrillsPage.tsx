import type { DrillDto } from '../../../src/drills/drills.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { useRoute } from '../app/routes.js';
import { inDrill } from '../app/world.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useChanged } from '../live/use-changed.js';
import { Loading } from '../parts/Loading.js';
import { BackTo, NewPaper, NotYours, PaperList, PaperRow } from '../relief-stock/parts/PaperList.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { pageTitle, theDrill } from './DrillFrame.js';
import { DrillForm } from './DrillForm.js';
import { DrillSheet } from './DrillSheet.js';
import { ScriptLines } from './ScriptLines.js';
import { useMayRunDrills } from './who.js';

/** Drills. `#/drills`, `#/drills/new`, `#/drills/ID`; in a drill, how it stands. */
export default function DrillsPage() {
  const [first] = useRoute().parts;
  return (
    <SidePage title={t('drills.title')}>
      <div className="page">
        {inDrill && <Inside />}
        {!inDrill && first && <BackTo href="#/drills" />}
        {!inDrill && !first && <DrillList />}
        {!inDrill && first === 'new' && <NewDrill />}
        {!inDrill && first && first !== 'new' && <DrillSheet key={first} id={first} />}
      </div>
    </SidePage>
  );
}

/** The form, for who may send it; others read who may. */
function NewDrill() {
  return useMayRunDrills().length > 0 ? <DrillForm /> : <NotYours words={t('drills.who')} />;
}

function DrillList() {
  const drills = useFetched<{ items: DrillDto[] }>('/drills?limit=500', useChanged('drill'));
  const may = useMayRunDrills().length > 0;
  return (
    <>
      <p className="quiet">{t('drills.what')}</p>
      {may && <NewPaper href="#/drills/new" may="drill.run" words={t('drills.new')} />}
      <PaperList
        of={drills}
        empty={t('drills.none')}
        row={(drill) => (
          <PaperRow
            href={`#/drills/${drill.id}`}
            title={`${t('drill.prefix')}${drill.title}`}
            aside={t('drills.number', { number: drill.number })}
            state={t(`drill-state.${drill.state}`)}
            detail={[drill.plannedBy, stamp(drill.startedAt ?? drill.plannedAt), drill.score?.inTimePct != null && t('drills.in-time', { pct: drill.score.inTimePct })].filter(Boolean).join(' · ')} // prettier-ignore
          />
        )}
      />
    </>
  );
}

/** In a drill: its clock, what has happened, how it stands. It is run from reality. */
function Inside() {
  const drill = theDrill.use((state) => state.drill);
  if (!drill) return <Loading />;
  return (
    <>
      <h2>{pageTitle(drill.title)}</h2>
      <p className="numeric">
        {drill.clock && t('drills.clock', { at: stamp(drill.clock.at), speed: drill.clock.speed })}
      </p>
      {drill.state === 'running' && <ScriptLines lines={drill.timeline} />}
    </>
  );
}
