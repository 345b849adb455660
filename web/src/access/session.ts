import { useSyncExternalStore } from 'react';
import type { ActorDto, SessionDto } from '../../../src/access/access.dto.js';
import { get, problemOf, request, whenSignedOut } from '../api/http.js';
import type { ProblemError } from '../api/http.js';
import { chooseLocale, storedLocale } from '../i18n/i18n.js';

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

async function enter(actor: ActorDto): Promise<void> {
  await chooseLocale(storedLocale() ?? actor.locale, false);
  set({ state: 'in', actor, problem: null, expired: false });
}

/** Asks the server who we are; the answer decides between the desk and the sign-in page. */
export async function resumeSession(): Promise<void> {
  whenSignedOut(() => session.state === 'in' && set({ state: 'out', actor: null, expired: true }));
  try {
    await enter(await get<ActorDto>('/me'));
  } catch (error) {
    const problem = problemOf(error);
    set(problem.status === 401 ? { state: 'out' } : { state: 'failed', problem });
  }
}

/** The server keeps the session in a cookie that scripts cannot read. */
export async function signIn(account: string, password: string): Promise<void> {
  const { actor } = await request<SessionDto>('POST', '/sessions', { body: { account, password } });
  await enter(actor);
}

export async function signOut(): Promise<void> {
  await request('DELETE', '/sessions/current').catch(() => undefined);
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
