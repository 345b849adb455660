import { useEffect, useRef } from 'react';
import { request } from '../api/http.js';
import { currentAlarms, seatOf } from '../desk/use-alarms.js';
import { serverNow, useCoarseNow } from '../live/clock.js';
import { live } from '../live/live.js';
import { useLink } from '../live/use-link.js';
import { NOTHING, notesOf } from './alarm-state.rules.js';
import type { Memory } from './alarm-state.rules.js';

/** After a refusal nothing is said for so long: what is shown here does not depend on it. */
const PAUSE_MS = 10_000;

/** Says to the server what this console shows, each second at most, so that all consoles know of one alarm. Nobody has to press anything. */
export function useNoting(): void {
  const nowMs = useCoarseNow(1);
  const { state } = useLink();
  const memory = useRef<Memory>(NOTHING);
  const busy = useRef(false);
  const pausedUntil = useRef(0);
  useEffect(() => {
    const { store } = live;
    const { own } = seatOf(store);
    if (state !== 'live' || !store.loaded || own.length === 0 || busy.current || Date.now() < pausedUntil.current)
      return;
    const before = memory.current;
    const { memory: after, body } = notesOf(before, {
      alarms: [...currentAlarms(false), ...currentAlarms(true)],
      openIds: new Set(store.rows('alarm').map(({ id }) => id)),
      own,
      actor: store.actor,
      nowMs: serverNow(),
    });
    memory.current = after;
    if (!body) return;
    busy.current = true;
    void request('POST', '/alarms/note', { body })
      .catch(() => {
        memory.current = before;
        pausedUntil.current = Date.now() + PAUSE_MS;
      })
      .finally(() => (busy.current = false));
  }, [nowMs, state]);
}
