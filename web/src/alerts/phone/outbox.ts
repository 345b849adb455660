import { keptAs } from '../../app/world.js';
import { useMemo, useSyncExternalStore } from 'react';
import { problemOf, request } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { dueNow, isUrgent, nextLookMs, stillKept, tried } from './outbox.rules.js';
import type { Sending } from './outbox.rules.js';

const KEY = keptAs('chiyuan.phone.outbox');
const PATIENCE_MS = 15_000;
const listeners = new Set<() => void>();
let sendings: readonly Sending[] = stored();
let timer: number | undefined;
/** Which of the two lines is at work: a call for help never waits for an answer that hangs. */
const atWork = new Set<boolean>();
/** Who is signed in here; nobody's word leaves in the name of another. */
let person: string | null = null;

function stored(): readonly Sending[] {
  try {
    const held = JSON.parse(localStorage.getItem(KEY) ?? '[]') as Sending[];
    return held.filter((one) => stillKept(one, Date.now()));
  } catch {
    return sendings ?? [];
  }
}

/** Reads before it writes: another tab on the same phone may have spoken meanwhile. */
function change(edit: (held: readonly Sending[]) => readonly Sending[]): void {
  sendings = edit(stored());
  try {
    localStorage.setItem(KEY, JSON.stringify(sendings));
  } catch {
    // Storage that is full or forbidden: the answer still leaves from memory while the page is open.
  }
  listeners.forEach((listener) => listener());
}

/** Says something to the server, now or as soon as it can be reached. */
export function send(about: string, path: string, content: Record<string, unknown>, id = newId()): void {
  const writtenAtMs = Date.now();
  const fresh: Sending = {
    id, about, owner: about.startsWith('link/') ? null : person, path, body: content, writtenAtMs, tries: 0, nextTryAtMs: writtenAtMs, state: 'waiting', settledAtMs: null, refusal: null,
  }; // prettier-ignore
  change((held) => [...held, fresh]);
  void pump();
}

/** Somebody is signed in from now on, or nobody: what that person said here and was not heard leaves. */
export function speakFor(userId: string | null): void {
  person = userId;
  if (userId) sendNow();
}

/** Forgets a refused sending after it was read. */
export const dismiss = (id: string): void => change((held) => held.filter((one) => one.id !== id));

/** Tries everything that waits at once: the network is back, or somebody pressed for it. */
export function sendNow(): void {
  change((held) => held.map((one) => (one.state === 'waiting' ? { ...one, nextTryAtMs: 0 } : one)));
  void pump();
}

const pump = (): Promise<void[]> => Promise.all([true, false].map(pumpLine));

async function pumpLine(urgent: boolean): Promise<void> {
  if (atWork.has(urgent)) return;
  atWork.add(urgent);
  const due = () => dueNow(sendings.filter((one) => isUrgent(one) === urgent), Date.now(), person); // prettier-ignore
  try {
    for (let next = due(); next; next = due()) await attempt(next);
  } finally {
    atWork.delete(urgent);
    schedule();
  }
}

async function attempt(one: Sending): Promise<void> {
  const abort = new AbortController();
  const patience = window.setTimeout(() => abort.abort(), PATIENCE_MS);
  let result = { status: 200, code: '', words: '' };
  try {
    // A call for help is heard once the server has it: the next words of it, and the place, wait for no picture.
    const shown = !isUrgent(one);
    await request('POST', one.path, { body: one.body, key: one.id, signal: abort.signal, shown, ...inNameOf(one) });
  } catch (error) {
    const { status, code, words } = problemOf(error);
    result = { status, code, words };
  } finally {
    window.clearTimeout(patience);
  }
  const after = tried(one, { ...result, nowMs: Date.now(), chance: Math.random() });
  change((held) => held.map((each) => (each.id === one.id ? after : each)));
}

const inNameOf = ({ owner }: Sending) => (owner === null ? {} : { headers: { 'As-Person': owner } });

function schedule(): void {
  window.clearTimeout(timer);
  const at = nextLookMs(sendings, person);
  if (at !== null) timer = window.setTimeout(() => void pump(), Math.max(0, at - Date.now()));
}

/** Takes up what a reload or a dead battery left behind. Called once by the page. */
export function startOutbox(): void {
  window.addEventListener('online', sendNow);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sendNow());
  window.addEventListener('storage', (event) => {
    if (event.key !== KEY) return;
    sendings = stored();
    listeners.forEach((listener) => listener());
  });
  sendNow();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Everything said about one thing, oldest first. */
export function useSendings(about: string): Sending[] {
  const all = useSyncExternalStore(subscribe, () => sendings);
  return useMemo(() => all.filter((one) => one.about === about), [all, about]);
}
/** Grows with every delivery, so that pages read the server again. */
export const useSettledCount = (): number =>
  useSyncExternalStore(subscribe, () => sendings.filter((one) => one.state !== 'waiting').length);
