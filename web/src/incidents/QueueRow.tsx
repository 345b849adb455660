import { memo, useEffect, useRef } from 'react';
import { go } from '../app/routes.js';
import { usePressed } from '../alarms/acknowledging.js';
import { alarmsOf } from '../desk/alarms.rules.js';
import { desk } from '../desk/desk-state.js';
import { isCalling, shownIn } from '../desk/use-alarms.js';
import { t } from '../i18n/i18n.js';
import { useCoarseNow } from '../live/clock.js';
import { useLive, useRow } from '../live/hooks.js';
import { SeverityChip } from '../parts/marks.js';
import { Since } from '../parts/Since.js';
import { answered } from './waiting.rules.js';
import { coverageIn, isProposed, toApprove, waitingsIn, workOf, WORK_SUBJECTS } from './work.js';

/** Number of an incident without its year: place and serial, which is what people say to each other. */
export const shortNumber = (number: string): string => `#${number.replace(/^\d{4}-/, '')}`;

export const QueueRow = memo(function QueueRow({ id }: { id: string }) {
  const incident = useRow('incident', id);
  const selected = desk.use((state) => state.selectedId === id);
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  if (!incident)
    return (
      <li data-row={id} className="queue-row gone quiet">
        {t('queue.gone')}
      </li>
    );
  // One click shows it on the map, a second one gives the former view back (C-05); a double click or Enter opens it.
  const choose = (clicks: number) => {
    if (clicks >= 2 || (clicks === 0 && selected)) go(`incidents/${id}`);
    else desk.set({ selectedId: selected && clicks === 1 ? null : id });
  };
  return (
    <li ref={ref} data-row={id} className={`queue-row${selected ? ' selected' : ''}`}>
      <button type="button" onClick={(event) => choose(event.detail)} aria-pressed={selected}>
        <RowChip id={id} />
        <span className="queue-what clip">
          <span className="numeric quiet">{shortNumber(incident.number)}</span> <b>{t(`kind.${incident.kind}`)}</b>{' '}
          {incident.placeText}
        </span>
        <RowWaiting id={id} />
        <RowWork id={id} />
      </button>
    </li>
  );
});

function RowChip({ id }: { id: string }) {
  const incident = useRow('incident', id);
  const pressed = usePressed();
  const nowMs = useCoarseNow(5);
  const grave = incident?.severity === 'I' || incident?.severity === 'II';
  const calling = useLive(
    ['incident', 'team-unit', 'alarm', ...WORK_SUBJECTS],
    (store) => {
      if (!incident || !grave) return false;
      const alarms = alarmsOf(incident, waitingsIn(store, id, nowMs), nowMs);
      return shownIn(store, alarms, { nowMs, pressed }).some(isCalling);
    },
    [id, incident, nowMs, pressed],
  );
  return incident ? <SeverityChip severity={incident.severity} calling={calling} /> : null;
}

/** Who is waited for, and the clock that runs (C-07). */
function RowWaiting({ id }: { id: string }) {
  const nowMs = useCoarseNow(15);
  const waiting = useLive(
    ['incident', 'team-unit', ...WORK_SUBJECTS],
    (store) => {
      const first = waitingsIn(store, id, nowMs)[0];
      return first
        ? ([first.code, first.who, first.since, first.limit?.limitS ?? 0, first.limit?.amberS ?? 0] as const)
        : null;
    },
    [id, nowMs],
  );
  if (!waiting) return <span className="queue-wait quiet">{t('waiting.none')}</span>;
  const [code, who, since, limitS, amberS] = waiting;
  const limit = limitS > 0 ? { limitS, ...(amberS > 0 ? { amberS } : {}) } : null;
  return (
    <>
      <span className="queue-wait clip quiet">{t(`waiting.${code}`, { who })}</span>
      <Since at={since} limit={limit} />
    </>
  );
}

function RowWork({ id }: { id: string }) {
  const [ready, total, unmet, proposed, decisions] = useLive(
    ['incident', 'team-unit', 'suggestion', ...WORK_SUBJECTS],
    (store) => {
      const work = answered(workOf(store, id));
      const unmet = coverageIn(store, id)?.unmet ?? 0;
      return [work.answered, work.total, unmet, isProposed(store, id), toApprove(store, id)] as const;
    },
    [id],
  );
  return (
    <span className="queue-work numeric">
      {decisions > 0 && (
        <b className="to-approve" title={t('queue.to-approve-title')}>
          {t('queue.to-approve', { count: decisions })}
        </b>
      )}
      {total > 0 && <span title={t('queue.answered-title')}>{t('queue.answered', { ready, total })}</span>}
      {total === 0 && proposed && <span title={t('queue.proposed-title')}>{t('queue.proposed')}</span>}
      {unmet > 0 && <span className="unmet">{t('queue.unmet', { count: unmet })}</span>}
    </span>
  );
}
