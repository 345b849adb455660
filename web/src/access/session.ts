import { useSyncExternalStore } from 'react';
import type { ActorDto, SessionDto } from '../../../src/access/access.dto.js';
import { get, problemOf, request, whenSignedOut } from '../api/http.js';
import type { ProblemError } from '../api/http.js';
import { keptAs } from '../app/world.js';
import { chooseLocale, locale, storedLocale } from '../i18n/i18n.js';

const PERSON = keptAs('chiyuan.person');
/** A sign-out that the server has not heard of yet. */
const OWED = keptAs('chiyuan.sign-out-owed');

export type Session = {
  state: 'asking' | 'out' | 'in' | 'failed';
  actor: ActorDto | null;
  problem: ProblemError | null;
  expired: boolean;
};

let session: Session = { state: 'asking', actor: null, problem: null, expired: false };
const listeners = new Set<() => void>();
function set(next: Partial<Session>): void {
  session = { ...session, ...next };
  listeners.forEach((listener) => listener());
}

/** Who was signed in on this device last, and did not sign out: while the server cannot be asked, the page goes on in that name. */
function remembered(): ActorDto | null {
  try {
    return JSON.parse(localStorage.getItem(PERSON) ?? 'null') as ActorDto | null;
  } catch {
    return null;
  }
}
const leavings: ((userId: string) => void)[] = [];
/** Called when a person signs out by a press: what was kept for him on this device goes. A session that ran out keeps it. */
export const whenLeaving = (listener: (userId: string) => void): void => void leavings.push(listener);

async function enter(actor: ActorDto): Promise<void> {
  localStorage.setItem(PERSON, JSON.stringify(actor));
  await chooseLocale(storedLocale() ?? actor.locale, false);
  set({ state: 'in', actor, problem: null, expired: false });
}

/** Asks the server who we are; the answer decides between the desk and the sign-in page. */
export async function resumeSession(): Promise<void> {
  whenSignedOut(() => session.state === 'in' && set({ state: 'out', actor: null, expired: true }));
  try {
    if (localStorage.getItem(OWED)) await leave();
    await enter(await get<ActorDto>('/me'));
  } catch (error) {
    const problem = problemOf(error);
    // Whoever signs in here next reads the language that was chosen here last.
    await chooseLocale(storedLocale() ?? locale(), false);
    if (problem.status === 401) return set({ state: 'out' });
    const person = problem.status === 0 ? remembered() : null;
    if (!person) return set({ state: 'failed', problem });
    window.addEventListener('online', () => void resumeSession(), { once: true });
    await enter(person);
  }
}

async function leave(): Promise<void> {
  localStorage.setItem(OWED, '1');
  await request('DELETE', '/sessions/current').catch((error: unknown) => {
    if (problemOf(error).status !== 401) throw error;
  });
  localStorage.removeItem(OWED);
}

/** The server keeps the session in a cookie that scripts cannot read. */
export async function signIn(account: string, password: string): Promise<void> {
  localStorage.removeItem(OWED);
  const { actor } = await request<SessionDto>('POST', '/sessions', { body: { account, password } });
  await enter(actor);
}

export async function signOut(): Promise<void> {
  if (session.actor) leavings.forEach((listener) => listener(session.actor!.userId));
  localStorage.removeItem(PERSON);
  await leave().catch(() => undefined);
  set({ state: 'out', actor: null, problem: null, expired: false });
}

export const useSession = (): Session =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
