import { useSyncExternalStore } from 'react';
import type { ActorDto } from '../../../../src/access/access.dto.js';
import type { CommandAnswer } from '../../../../src/relief-stock/offline/command.dto.js';
import { problemOf, type ProblemError, request } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { keptAs } from '../../app/world.js';
import { clockSkewMs } from '../../live/clock.js';
import { live } from '../../live/live.js';
import { kept } from '../../offline/kept.js';
import { again, answered, commandOf, inOrder, momentAfter, settled, type StockAct, stillKept, toSend, undoable, UNDO_MS, unreadable } from './act.rules.js'; // prettier-ignore

const RETRY_MS = 5000;
const PATIENCE_MS = 60_000;
const OTHER_PERSON = 'auth.other-person';
type Person = Pick<ActorDto, 'userId' | 'name'>;
/** What a form says of an act; the rest is known here. */
export type Done = Pick<StockAct, 'kind' | 'body' | 'label' | 'page' | 'draft' | 'lotId'>;

let acts: readonly StockAct[] = [];
let person: Person | null = null;
let sending = false;
let timer: number | undefined;
const listeners = new Set<() => void>();
const otherTabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(keptAs('chiyuan.outbox')) : null;

function show(next: readonly StockAct[]): void {
  acts = inOrder(next);
  listeners.forEach((listener) => listener());
}

async function load(): Promise<void> {
  show(await (await kept()).getAll('acts'));
}

/** Changes one act where it is kept; what another tab has done to it meanwhile is what is changed. */
async function change(id: string, edit: (act: StockAct) => StockAct): Promise<void> {
  const tx = (await kept()).transaction('acts', 'readwrite', { durability: 'strict' });
  const held = await tx.store.get(id);
  const next = held && edit(held);
  if (next && next !== held) await tx.store.put(next);
  await tx.done;
  if (next) show([...acts.filter((act) => act.id !== id), next]);
  otherTabs?.postMessage('changed');
}

async function forget(id: string): Promise<void> {
  await (await kept()).delete('acts', id);
  show(acts.filter((act) => act.id !== id));
  otherTabs?.postMessage('changed');
}

/**
 * Keeps an act on this device, where it survives reload and power loss, and sends it as soon as the server can be reached. Fails when the
 * device keeps nothing: then it has not been taken, and the form must say so.
 */
export async function keep(done: Done, id = newId()): Promise<void> {
  if (!person) throw new Error('nobody is signed in');
  const { userId, name: userName } = person;
  const act: StockAct = {
    ...done, id, userId, userName, atMs: momentAfter(acts, Date.now()), clockOffsetMs: null, state: 'waiting', settledAtMs: null, refusal: null,
    proposal: null, reason: null,
  }; // prettier-ignore
  const tx = (await kept()).transaction('acts', 'readwrite', { durability: 'strict' });
  await tx.store.put(act);
  await tx.done;
  show([...acts, act]);
  otherTabs?.postMessage('changed');
  void navigator.storage?.persist?.().catch(() => false);
  void pump();
}

/** Takes the last count back, as long as that can be. */
export async function takeBack(): Promise<StockAct | null> {
  const last = person && undoable(acts, person.userId, Date.now());
  if (last) await forget(last.id);
  return last;
}

export const sendNow = (): void => void pump();

/** Sends a refused act once more, as it was. */
export async function sendAgain(id: string): Promise<void> {
  await change(id, again);
  sendNow();
}

/** Settles a refused act at the server: as proposed, or given up with a reason. Fails as the server refuses; then it stays. */
export async function resolve(act: StockAct, how: 'corrected' | 'dropped', reason = ''): Promise<void> {
  const proposal = how === 'corrected' ? act.proposal : {};
  await request('POST', `/stock/commands/${act.id}/resolve`, {
    body: { how, note: reason, ...proposal },
    headers: { 'As-Person': act.userId },
  }).catch((error: unknown) => {
    // What the server never kept (it could not read it), or what somebody settled there before, needs nothing from us.
    if (!['stock-command.not-found', 'stock-command.step-not-allowed'].includes(problemOf(error).code)) throw error;
  });
  await change(act.id, (held) => settled(held, how, reason, Date.now()));
}

async function pump(): Promise<void> {
  if (sending || !person) return;
  sending = true;
  window.clearTimeout(timer);
  let retryMs = UNDO_MS;
  try {
    for (let due = toSend(acts, person.userId, Date.now()); due.length > 0; due = toSend(acts, person.userId, Date.now())) {
      await attempt(due, person);
      // The server keeps one waiting: asked again later, not at once.
      if (due.every(({ id }) => acts.find((act) => act.id === id)?.state === 'waiting')) break;
    }
  } catch (error) {
    // No network, a server that cannot just now, or another person signed in: the same ids go again.
    retryMs = RETRY_MS;
    if (problemOf(error).code === OTHER_PERSON) void live.fetchPicture(); // who sits here now is not whom the page shows
  } finally {
    sending = false;
  }
  if (acts.some(({ state, userId }) => state === 'waiting' && userId === person?.userId)) timer = window.setTimeout(sendNow, retryMs);
} // prettier-ignore

async function attempt(due: readonly StockAct[], { userId }: Person): Promise<void> {
  const offset = Math.round(clockSkewMs());
  for (const act of due) if (act.clockOffsetMs === null) await change(act.id, (held) => ({ ...held, clockOffsetMs: held.clockOffsetMs ?? offset })); // prettier-ignore
  const told = due.flatMap(({ id }) => acts.find((act) => act.id === id) ?? []);
  const abort = new AbortController();
  const patience = window.setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const { commands } = await request<{ commands: CommandAnswer[] }>('POST', '/stock/commands', {
      body: { commands: told.map(commandOf) }, headers: { 'As-Person': userId }, signal: abort.signal,
    }); // prettier-ignore
    for (const answer of commands) await change(answer.clientId, (act) => answered(act, answer, Date.now()));
  } catch (error) {
    const problem = problemOf(error);
    if (!isForGood(problem)) throw error;
    if (told.length === 1) return change(told[0]!.id, (act) => unreadable(act, problem, Date.now()));
    for (const act of told) await attempt([act], { userId, name: '' });
  } finally {
    window.clearTimeout(patience);
  }
}

/** Whether asking again cannot help. A session that has ended, and another person at the device, are waited for. */
const isForGood = ({ status, code }: ProblemError): boolean =>
  status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status) && code !== OTHER_PERSON;

/** Works for this person from now on: takes up what a reload left behind. Answers how to end it. */
export function openOutbox(whose: Person): () => void {
  person = whose;
  const wake = () => document.visibilityState === 'visible' && sendNow();
  let was = live.link.state;
  const unfollow = live.subscribe(() => {
    if (live.link.state === 'live' && was !== 'live') sendNow();
    was = live.link.state;
  });
  const reload = () => void load().catch(() => undefined);
  window.addEventListener('online', sendNow);
  document.addEventListener('visibilitychange', wake);
  otherTabs?.addEventListener('message', reload);
  void load().then(sweep).then(sendNow).catch(() => undefined); // prettier-ignore
  return () => {
    person = null;
    unfollow();
    window.clearTimeout(timer);
    window.removeEventListener('online', sendNow);
    document.removeEventListener('visibilitychange', wake);
    otherTabs?.removeEventListener('message', reload);
  };
}

async function sweep(): Promise<void> {
  for (const act of acts.filter((each) => !stillKept(each, Date.now()))) await forget(act.id);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
/** Everything that lies on this device, whosever it is, as it was done. */
export const useActs = (): readonly StockAct[] => useSyncExternalStore(subscribe, () => acts);
/** Grows as acts arrive, so that pages read the server again. */
export const useSettled = (): number =>
  useSyncExternalStore(subscribe, () => acts.filter(({ state }) => state !== 'waiting').length);
export const hasWaiting = (): boolean => acts.some((act) => act.state === 'waiting' && act.userId === person?.userId);
