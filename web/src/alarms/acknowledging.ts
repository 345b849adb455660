import { problemOf, request } from '../api/http.js';
import { newId } from '../api/ids.js';
import { createState } from '../app/state.js';
import { say } from '../parts/toast.js';
import { isSilenceable, noteOf } from './alarm-state.rules.js';
import type { ShownAlarm } from './alarm-state.rules.js';

/** The answer of the server comes before the change that tells it to every console. */
const UNTIL_TOLD_MS = 3000;
/** Alarms whose acknowledgement was pressed here and is not told yet: they stop calling under the finger. */
const state = createState<{ pressed: ReadonlySet<string> }>({ pressed: new Set() });
const release = (ids: readonly string[]) =>
  state.set({ pressed: new Set([...state.get().pressed].filter((id) => !ids.includes(id))) });

/** Acknowledges alarms at every console of their desks. When that is refused, or the line is cut, they go on calling, and it is said. */
export async function acknowledge(alarms: readonly ShownAlarm[]): Promise<void> {
  const open = alarms.filter(
    (alarm) => isSilenceable(alarm) && alarm.state !== 'acknowledged' && alarm.deskId !== null,
  );
  const notes = open.flatMap((alarm) => noteOf(alarm) ?? []);
  if (notes.length === 0) return;
  const ids = open.map(({ id }) => id);
  state.set({ pressed: new Set([...state.get().pressed, ...ids]) });
  try {
    await request('POST', '/alarms/acknowledge', { body: { alarms: notes }, key: newId() });
    window.setTimeout(() => release(ids), UNTIL_TOLD_MS);
  } catch (error) {
    release(ids);
    say(problemOf(error).words);
  }
}
export const usePressed = (): ReadonlySet<string> => state.use((held) => held.pressed);
export const pressedNow = (): ReadonlySet<string> => state.get().pressed;
