import type { ChannelTestDto } from '../../../src/dispatch/channel-test/channel-test.dto.js';
import type { SystemHealthDto } from '../../../src/health/health.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { useReady } from '../app/ready.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { clockSkewMs, serverNow, useCoarseNow } from '../live/clock.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { useOurSociety } from '../settings/OurSociety.js';
import { failureWords } from '../channels/failure.js';
import '../channels/messages.js';
import { healthLines, type Line } from './health.rules.js';
import '../settings/admin.css';
import '../settings/messages.js';

const LOOK_S = 15;

/** How the system is and what to do about each line that is red. Looks again by itself. `#/health` */
export default function HealthPage() {
  const turn = useCoarseNow(LOOK_S);
  const { society, field } = useOurSociety('system.look');
  const system = useFetched<SystemHealthDto>('/system/health', turn);
  const tests = useFetched<{ items: ChannelTestDto[] }>(
    society ? `/channel-tests${query({ societyId: society.id, limit: 5 })}` : null,
    turn,
  );
  const known = tests.data !== null || tests.problem !== null || !society;
  useReady('health', (system.data !== null && known) || system.problem !== null);
  return (
    <SidePage title={t('health.title')}>
      <div className="page admin">
        <p>{t('health.what', { s: LOOK_S })}</p>
        {field}
        <Refusal problem={system.problem} />
        {system.problem && <p>{t('health.no-answer')}</p>}
        {!system.data && !system.problem && <Loading />}
        {system.data && known && (
          <Lines system={system.data} test={tests.data?.items.find(({ closedAt }) => closedAt !== null)} />
        )}
      </div>
    </SidePage>
  );
}

function Lines({ system, test }: { system: SystemHealthDto; test: ChannelTestDto | undefined }) {
  const lines = healthLines({ system, test, skewMs: clockSkewMs(), nowMs: serverNow() });
  const red = lines.filter(({ state }) => state === 'bad').length;
  const unknown = lines.filter(({ state }) => state === 'unknown').length;
  const calm = unknown === 0 ? t('health.all-good') : t('health.some-unknown', { count: unknown });
  return (
    <>
      <p role="status" data-tour="health">
        <b className={`health-state ${red > 0 ? 'bad' : unknown > 0 ? 'unknown' : 'good'}`}>
          {red === 0 ? calm : t('health.some-bad', { count: red })}
        </b>
      </p>
      <div className="admin-scroll">
        {lines.map((line) => (
          <HealthLine key={line.name} line={line} />
        ))}
      </div>
      <p className="quiet">
        {t('health.about', { version: system.version, role: system.role, since: stamp(system.startedAt), mb: system.memoryMb, at: stamp(system.at) })}
      </p>
    </>
  ); // prettier-ignore
}

/** Instants among the figures are shown on the desk's clock, codes of failures in words. */
const shown = (params: Line['params']): Line['params'] => ({
  ...params,
  ...('at' in params ? { at: params.at === '' ? '' : stamp(String(params.at)) } : {}),
  ...('why' in params ? { why: failureWords(String(params.why)) } : {}),
});
const SIGNS: Record<Line['state'], string> = { good: '✓', bad: '✕', unknown: '?', off: '–' };

function HealthLine({ line: { name, state, words, params } }: { line: Line }) {
  const figures = shown(params);
  return (
    <div className="health-line" data-line={name} data-state={state}>
      <span className={`health-state ${state}`}>
        <span aria-hidden="true">{SIGNS[state]}</span> {t(`health.state.${state}`)}
      </span>
      <p>
        <b>{t(`health.${name}`)}</b> {t(`health.${name}.${words}`, figures)}
      </p>
      {state !== 'good' && (
        <p>
          {t('health.do')} {t(`health.${name}.do`)}
        </p>
      )}
    </div>
  );
}
