import type { Requirement } from '../../../../src/incidents/response/plans.dto.js';
import { minutesText } from '../../parts/duration.js';
import { t } from '../../i18n/i18n.js';
import { useLive } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { committedTo } from './committed.js';
import { lineText } from './words.js';

type Props = { start: readonly Requirement[]; release: readonly Requirement[]; incidentId: string };

/** What a change of level newly asks for, and what is to be given back, in reverse order. */
export function Difference({ start, release, incidentId }: Props) {
  if (start.length + release.length === 0) return <p className="notice">{t('difference.nothing')}</p>;
  return (
    <>
      <Lines lines={start} act="start" incidentId={incidentId} />
      <Lines lines={release} act="release" incidentId={incidentId} />
    </>
  );
}

function Lines({
  lines,
  act,
  incidentId,
}: {
  lines: readonly Requirement[];
  act: 'start' | 'release';
  incidentId: string;
}) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{t(`difference.${act}`, { count: lines.length })}</h3>
      {act === 'release' && <p className="quiet">{t('difference.release-note')}</p>}
      <ol className={`difference difference-${act}`}>
        {lines.map((line) => (
          <li key={`${line.kind} ${line.code}`}>
            {lineText(line, live.store)}{' '}
            <span className="quiet">
              {t(`role.${line.ownerRole}`)} · {t('plan-line.due', { time: minutesText(line.dueMin) })}{' '}
              <Sent line={line} incidentId={incidentId} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Sent({ line, incidentId }: { line: Requirement; incidentId: string }) {
  const sent = useLive(['assignment', 'supply-order'], (store) => committedTo(store, incidentId, line), [line]);
  return sent === null ? null : <>· {t('difference.sent', { sent })}</>;
}
