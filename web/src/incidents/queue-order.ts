import type { LiveStore } from '../live/store.js';
import { queueOf } from './queue.rules.js';
import { workByIncident } from './work.js';

/** The neighbour of the selected incident in the queue; the first one when none is selected. */
export function nextInQueue(
  store: LiveStore,
  from: { selectedId: string | null; exercise: boolean },
  step: number,
): string | null {
  const { lane, others } = queueOf(store.rows('incident'), workByIncident(store), from.exercise);
  const order = [...lane, ...others];
  const at = from.selectedId ? order.indexOf(from.selectedId) : -1;
  if (at < 0) return order[step > 0 ? 0 : order.length - 1] ?? null;
  return order[Math.max(0, Math.min(order.length - 1, at + step))] ?? null;
}
