import { keptAs } from '../app/world.js';
import { createState } from '../app/state.js';

const KEY = keptAs('chiyuan.acknowledged');
const DAY_MS = 24 * 3600_000;

function stored(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}

/** Alarms that someone at this desk has seen. They stay listed until their cause is gone; they only stop calling. */
const state = createState<{ at: Record<string, number> }>({ at: stored() });

export function acknowledge(alarmIds: string[]): void {
  const nowMs = Date.now();
  const kept = Object.entries(state.get().at).filter(([, at]) => nowMs - at < DAY_MS);
  const at = Object.fromEntries([...kept, ...alarmIds.map((id) => [id, nowMs] as const)]);
  localStorage.setItem(KEY, JSON.stringify(at));
  state.set({ at });
}
export const useAcknowledged = (): Record<string, number> => state.use((held) => held.at);
export const acknowledgedNow = (): Record<string, number> => state.get().at;
