import { ownDesks, stepsUp } from '../access/societies.js';
import { inDrill } from '../app/world.js';
import { workByIncident, WORK_SUBJECTS, waitingsIn } from '../incidents/work.js';
import { queueOf } from '../incidents/queue.rules.js';
import { pressedNow, usePressed } from '../alarms/acknowledging.js';
import { shownAlarms } from '../alarms/alarm-state.rules.js';
import type { Seat, ShownAlarm } from '../alarms/alarm-state.rules.js';
import { faultsToAlarm } from '../alerts/chain-alarms.rules.js';
import { callsToAlarm } from '../dispatch/help-calls/help-calls.rules.js';
import { dutyRings, noticesToAlarm } from '../duty/duty-alarms.rules.js';
import { repliesToAlarm } from '../alerts/reply-alarms.rules.js';
import { myTasksIn } from '../incidents/response/my-tasks.js';
import { serverNow, useCoarseNow } from '../live/clock.js';
import { useLive } from '../live/hooks.js';
import { live } from '../live/live.js';
import type { LiveStore } from '../live/store.js';
import { alarmsOf, byUrgency, taskAlarm } from './alarms.rules.js';
import type { Alarm } from './alarms.rules.js';

const SUBJECTS = ['incident', 'team-unit', 'task', 'reply', 'chain-fault', 'help-call', 'duty-notice', 'alarm', ...WORK_SUBJECTS] as const; // prettier-ignore
let held: { of: string; alarms: readonly Alarm[] } | null = null;

/** Worked out once per change of the picture and second, whoever asks: the strip and the counts above it do. */
function alarmsIn(store: LiveStore, exercise: boolean, nowMs: number): readonly Alarm[] {
  const of = `${store.revision([...SUBJECTS, 'loaded'])} ${exercise} ${nowMs}`;
  if (held?.of !== of) held = { of, alarms: findAlarms(store, exercise, nowMs) };
  return held.alarms;
}

function findAlarms(store: LiveStore, exercise: boolean, nowMs: number): Alarm[] {
  const mine = myTasksIn(store, store.actor, exercise);
  const clocks = store
    .rows('incident')
    .filter((incident) => incident.exercise === exercise)
    .flatMap((incident) => [
      ...alarmsOf(incident, waitingsIn(store, incident.id, nowMs), nowMs),
      ...taskAlarm(incident, mine, nowMs),
    ]);
  const replies = repliesToAlarm(store.rows('reply'), (id) => store.row('incident', id), { exercise, nowMs });
  const faults = faultsToAlarm(store.rows('chain-fault'), (id) => store.row('incident', id), exercise);
  const calls = callsToAlarm(store.rows('help-call'), (id) => store.row('incident', id), exercise);
  const nameOf = (id: string) => store.row('society', id)?.shortName ?? '';
  const duties = !dutyRings({ exercise, inDrill })
    ? []
    : noticesToAlarm(store.rows('duty-notice'), store.actor?.userId, nameOf);
  return [...calls, ...faults, ...clocks, ...replies, ...duties].sort(byUrgency);
}

export const seatOf = (store: LiveStore): Seat => ({
  own: ownDesks(store),
  stepsUp: (deskId, above) => stepsUp(store, deskId, above),
});

/** Alarms with what every console knows of them; those whose acknowledgement was just pressed here call no more. */
export function shownIn(
  store: LiveStore,
  alarms: readonly Alarm[],
  { nowMs, pressed }: { nowMs: number; pressed: ReadonlySet<string> },
): ShownAlarm[] {
  return shownAlarms(alarms, store.rows('alarm'), seatOf(store), nowMs).map((alarm) =>
    alarm.state === 'calling' && pressed.has(alarm.id) ? { ...alarm, state: 'acknowledged' } : alarm,
  );
}

const nowIn = (store: LiveStore, exercise: boolean, nowMs: number, pressed: ReadonlySet<string>): ShownAlarm[] =>
  shownIn(store, alarmsIn(store, exercise, nowMs), { nowMs, pressed });
export const currentAlarms = (exercise: boolean): ShownAlarm[] => nowIn(live.store, exercise, serverNow(), pressedNow()); // prettier-ignore
export const isCalling = ({ heard, state }: ShownAlarm): boolean => heard && state === 'calling';

/** Every clock that has run out, gravest first. Looked at each second, because time alone raises them. */
export function useAlarms(exercise: boolean): ShownAlarm[] {
  const nowMs = useCoarseNow(1);
  const pressed = usePressed();
  return useLive(SUBJECTS, (store) => nowIn(store, exercise, nowMs, pressed), [nowMs, exercise, pressed]);
}

/** The lane in numbers: how many incidents nobody has, since when the oldest waits, and which stands first. */
export function useLane(exercise: boolean): { count: number; oldestAt: string | null; firstId: string | null } {
  return useLive(
    ['incident', ...WORK_SUBJECTS],
    (store) => {
      const { lane } = queueOf(store.rows('incident'), workByIncident(store), exercise);
      const times = lane.flatMap((id) => store.row('incident', id)?.reportedAt ?? []).sort();
      return { count: lane.length, oldestAt: times[0] ?? null, firstId: lane[0] ?? null };
    },
    [exercise],
  );
}
