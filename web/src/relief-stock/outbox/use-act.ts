import { useRef, useState } from 'react';
import { problemOf, ProblemError, request } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { say } from '../../parts/toast.js';
import { type Done, hasWaiting, keep } from './outbox.js';

/** How long a person stands before a form; after that the act is kept here and goes on by itself. */
const PATIENCE_MS = 10_000;

/** What is to be done, and the ordinary request for it while there is network. `version`: what the paper on screen is. */
export type ToDo = Done & { path: string; direct: object };
export type StockActing = {
  busy: boolean;
  problem: ProblemError | null;
  clear: () => void;
  /** The server's answer; `kept` when the act lies on this device and goes later; null when it was refused (see `problem`). */
  act: <T>(todo: ToDo) => Promise<T | 'kept' | null>;
};

/** Whether the act is better kept at once: there is no network, or others wait here that were done before it. */
const mustKeep = (): boolean =>
  !navigator.onLine || ['offline', 'unanswered'].includes(live.link.state) || hasWaiting();

/**
 * A stock act that also works without network. With network it is the ordinary request; one whose answer is not heard is kept and told again
 * under the same key, so that it happens once whether the first try arrived or not.
 */
export function useStockAct(): StockActing {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const attempt = useRef<{ content: string; id: string } | null>(null);
  const keepIt = async ({ path: _p, direct: _d, ...done }: ToDo, id: string): Promise<'kept' | null> => {
    try {
      await keep(done, id);
    } catch {
      setProblem(new ProblemError(0, { code: 'outbox.cannot-keep' }));
      return null;
    }
    attempt.current = null;
    say(t('outbox.said-kept'));
    return 'kept';
  };
  const ask = async <T>(todo: ToDo, id: string): Promise<T | 'kept' | null> => {
    const abort = new AbortController();
    const patience = window.setTimeout(() => abort.abort(), PATIENCE_MS);
    try {
      const answer = await request<T>('POST', todo.path, { body: todo.direct, key: `command:${id}`, signal: abort.signal });
      attempt.current = null;
      return answer;
    } catch (error) {
      const refusal = abort.signal.aborted ? new ProblemError(0, {}) : problemOf(error);
      if (refusal.status === 0) return await keepIt(todo, id);
      if (refusal.status < 500) attempt.current = null;
      setProblem(refusal);
      return null;
    } finally {
      window.clearTimeout(patience);
    }
  }; // prettier-ignore
  const act = async <T>(todo: ToDo): Promise<T | 'kept' | null> => {
    const content = JSON.stringify([todo.path, todo.direct]);
    if (attempt.current?.content !== content) attempt.current = { content, id: newId() };
    const { id } = attempt.current;
    setBusy(true);
    setProblem(null);
    try {
      return mustKeep() ? await keepIt(todo, id) : await ask<T>(todo, id);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, act, clear: () => setProblem(null) };
}
