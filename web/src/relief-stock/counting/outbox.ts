import { keptAs } from '../../app/world.js';
import { useEffect, useSyncExternalStore } from 'react';
import type { CommandAnswer } from '../../../../src/relief-stock/offline/command.dto.js';
import { request } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { clockSkewMs } from '../../live/clock.js';
import { answered, commandOf, type Jotted, stillKept, toSend, UNDO_MS, undoable } from './outbox.rules.js';

const KEY = keptAs('chiyuan.counting.outbox');
const RETRY_MS = 5000;
const listeners = new Set<() => void>();
let account = '';
let jotted: readonly Jotted[] = [];
let sending = false;
let timer: number | undefined;

const key = () => `${KEY}.${account}`;
function stored(): readonly Jotted[] {
  try {
    return (JSON.parse(localStorage.getItem(key()) ?? '[]') as Jotted[]).filter((one) => stillKept(one, Date.now()));
  } catch {
    return jotted;
  }
}

/** Reads before it writes: another tab on the same tablet may have counted meanwhile. */
function change(edit: (held: readonly Jotted[]) => readonly Jotted[]): void {
  jotted = edit(stored());
  try {
    localStorage.setItem(key(), JSON.stringify(jotted));
  } catch {
    // Storage that is full or forbidden: the count still leaves from memory while the page is open.
  }
  listeners.forEach((listener) => listener());
}

/** Writes a count down on this device; it leaves when it can, and cannot get lost by a reload. */
export function jot(count: Pick<Jotted, 'countId' | 'lineId' | 'units' | 'label'>): void {
  change((held) => [...held, { ...count, id: newId(), atMs: Date.now(), state: 'waiting', settledAtMs: null, refusal: null }]); // prettier-ignore
  void pump();
}
export function takeBack(): Jotted | null {
  const last = undoable(jotted, Date.now());
  if (last) change((held) => held.filter(({ id }) => id !== last.id));
  return last;
}
export const forget = (id: string): void => change((held) => held.filter((one) => one.id !== id));
export function sendNow(): void {
  void pump();
}

async function pump(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let due = toSend(jotted, Date.now()); due.length > 0; due = toSend(jotted, Date.now())) await attempt(due);
  } catch {
    // No network, or a server that cannot just now: the same ids go again.
    window.clearTimeout(timer);
    timer = window.setTimeout(sendNow, RETRY_MS);
    return;
  } finally {
    sending = false;
  }
  window.clearTimeout(timer);
  if (jotted.some(({ state }) => state === 'waiting')) timer = window.setTimeout(sendNow, UNDO_MS);
}

async function attempt(due: readonly Jotted[]): Promise<void> {
  const body = { commands: due.map((one) => commandOf(one, Math.round(clockSkewMs()))) };
  const { commands } = await request<{ commands: CommandAnswer[] }>('POST', '/stock/commands', { body });
  change((held) => answered(held, commands, Date.now()));
}

/** Everything this person has counted on this tablet; takes up what a reload left behind. */
export function useOutbox(whose: string): readonly Jotted[] {
  useEffect(() => {
    account = whose;
    change((held) => held);
    sendNow();
    window.addEventListener('online', sendNow);
    return () => window.removeEventListener('online', sendNow);
  }, [whose]);
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => jotted,
  );
}
