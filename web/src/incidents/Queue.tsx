import { useEffect, useRef, useState } from 'react';
import { desk } from '../desk/desk-state.js';
import { useLane } from '../desk/use-alarms.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { Empty } from '../parts/Empty.js';
import { Since } from '../parts/Since.js';
import { StaleMark } from '../parts/StaleMark.js';
import { useWindow } from '../parts/use-window.js';
import { queueOf, settleOrder } from './queue.rules.js';
import { QueueRow } from './QueueRow.js';
import { workByIncident, WORK_SUBJECTS } from './work.js';

const HOLD_MS = 10_000;

/** True while the pointer is at work inside, or the keyboard is: rows must keep their places then (C-04). */
function useHold() {
  const [held, setHeld] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  const release = () => {
    window.clearTimeout(timer.current);
    setHeld(false);
  };
  const hold = () => {
    setHeld(true);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setHeld(false), HOLD_MS);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { held, release, on: { onPointerMove: hold, onFocus: hold, onPointerLeave: release, onBlur: release } };
}

export function Queue() {
  const exercise = desk.use((state) => state.exercise);
  const ids = useLive(
    ['incident', ...WORK_SUBJECTS],
    (store) => {
      const { lane, others } = queueOf(store.rows('incident'), workByIncident(store), exercise);
      return [...lane, '|', ...others];
    },
    [exercise],
  );
  const { held, release, on } = useHold();
  const shown = useRef(ids);
  const { order, waiting } = settleOrder(shown.current, ids, held);
  useEffect(() => {
    shown.current = order;
  });
  const border = order.indexOf('|');
  return (
    <section className="queue" aria-label={t('queue.title')} {...on}>
      <LaneHead />
      <StaleMark />
      {waiting > 0 && (
        <button type="button" className="queue-news" onClick={release}>
          {t('queue.news', { count: waiting })}
        </button>
      )}
      <div className="queue-scroll live-figures" data-scroll tabIndex={0} role="group" aria-label={t('queue.title')}>
        <div data-tour="lane-rows">
          <Rows ids={order.slice(0, border)} className="queue-lane" />
        </div>
        {border === 0 && <p className="queue-none">{t('queue.lane-empty')}</p>}
        <h2 className="queue-head">{t('queue.in-hand', { count: order.length - border - 1 })}</h2>
        <Rows ids={order.slice(border + 1)} />
        {order.length === 1 && (
          <Empty words={t('queue.empty')} next={[{ href: '#/incidents/new', words: t('top.new') }]} />
        )}
      </div>
    </section>
  );
}

const ROW_PX = 56;

function Rows({ ids, className }: { ids: string[]; className?: string }) {
  const keep = desk.use((state) => state.selectedId);
  const { ref, shown, beforePx, afterPx } = useWindow<HTMLUListElement>(ids, { rowPx: ROW_PX, keep });
  return (
    <ul ref={ref} className={className} style={{ paddingTop: beforePx, paddingBottom: afterPx }}>
      {shown.map((id) => (
        <QueueRow key={id} id={id} />
      ))}
    </ul>
  );
}

function LaneHead() {
  const exercise = desk.use((state) => state.exercise);
  const { count, oldestAt } = useLane(exercise);
  return (
    <h2 className={`queue-head lane-head${count > 0 ? ' filled' : ''}`} data-tour="lane">
      <span>{t('queue.lane', { count })}</span>
      {oldestAt && (
        <span className="quiet">
          {t('queue.oldest')} <Since at={oldestAt} />
        </span>
      )}
    </h2>
  );
}
