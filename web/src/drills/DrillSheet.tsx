import type { DrillDto, DrillNowDto, EnteredDto } from '../../../src/drills/drills.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useCoarseNow } from '../live/clock.js';
import { useChanged } from '../live/use-changed.js';
import { Act } from '../parts/Act.js';
import { Busy } from '../parts/Busy.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SPEEDS } from './DrillForm.js';
import { InjectForm } from './InjectForm.js';
import { Score } from './Score.js';
import { ScriptLines } from './ScriptLines.js';
import { Evaluation } from './sheet/Evaluation.js';
import { useMayRunDrills } from './who.js';

const LOOK_S = 5;

/** One drill: its steps, its clock, the way in, the score and the script. */
export function DrillSheet({ id }: { id: string }) {
  const now = useCoarseNow(LOOK_S);
  const changed = useChanged('drill');
  const { data: drill, problem, reload } = useFetched<DrillNowDto>(`/drills/${id}`, `${changed} ${now}`);
  const runs = useMayRunDrills().some((society) => society.id === drill?.societyId);
  if (!drill) return problem ? <Refusal problem={problem} /> : <Loading />;
  const scored = drill.state === 'running' || drill.score !== null;
  return (
    <>
      <h2>
        <span className="drill-mark">{t('drill.prefix')}</span>
        {drill.title}
      </h2>
      <p>
        {t(`drill-state.${drill.state}`)} · {t('drills.number', { number: drill.number })} · {drill.plannedBy} ·{' '}
        <span className="numeric">{stamp(drill.startedAt ?? drill.plannedAt)}</span>
      </p>
      {drill.clock && (
        <p className="numeric">{t('drills.clock', { at: stamp(drill.clock.at), speed: drill.clock.speed })}</p>
      )}
      <p className="quiet">
        {drill.listed === 0 && t('drills.nobody-listed')}
        {drill.listed > 0 && !runs && t('drills.listed-count', { count: drill.listed })}
        {drill.listed > 0 &&
          runs &&
          t('drills.listed-names', { names: drill.listedPeople.map(({ name }) => name).join('、') })}
      </p>
      {drill.state === 'preparing' && (
        <p className="notice">
          <Busy words={t('drills.preparing')} /> <progress aria-label={t('drills.preparing')} />
        </p>
      )}
      {drill.refusal && <p className="unmet">{t(`drills.${drill.refusal}`)}</p>}
      <Steps drill={drill} runs={runs} done={reload} />
      {scored && <Score id={id} revision={`${changed} ${drill.state === 'running' ? now : ''}`} />}
      {drill.state === 'running' && runs && <InjectForm drill={drill} done={reload} />}
      {drill.state === 'running' && <ScriptLines lines={drill.timeline} />}
      {(runs || drill.state === 'ended') && <Evaluation id={id} began={drill.startedAt !== null} runs={runs} />}
    </>
  );
}

function Steps({ drill, runs, done }: { drill: DrillNowDto; runs: boolean; done: () => void }) {
  const { id, state, version, clock } = drill;
  const path = `/drills/${id}`;
  if (state === 'planned' && runs)
    return (
      <Act<DrillDto> label={t('drills.start')} path={`${path}/start`} body={{ version }} look="primary" done={done} />
    );
  const end = (
    <Act<DrillDto> label={t('drills.end')} path={`${path}/end`} body={{ version }} look="plain" done={done} />
  );
  if (state === 'preparing' && runs) return end;
  if (state !== 'running') return null;
  return (
    <div className="drill-acts">
      <Act<EnteredDto>
        label={t('drills.enter')}
        path={`${path}/enter`}
        look="primary"
        done={(entered) => window.open(entered.path, '_blank', 'noopener')}
      />
      {runs && clock?.speed !== 0 && <Act label={t('drills.pause')} path={`${path}/pause`} look="plain" done={done} />}
      {runs &&
        SPEEDS.filter((speed) => speed !== clock?.speed).map((speed) => (
          <Act
            key={speed}
            label={t('drills.times', { speed })}
            path={`${path}/speed`}
            body={{ speed }}
            look="plain"
            done={done}
          />
        ))}
      {runs && end}
    </div>
  );
}
