import { useCallback, useRef, useState } from 'react';
import { problemOf, request } from './http.js';
import type { ProblemError } from './http.js';
import { newId } from './ids.js';

export type Command = {
  busy: boolean;
  problem: ProblemError | null;
  /** Sends one command; null when it was refused (see `problem`). */
  send: <T>(path: string, body: unknown, method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE') => Promise<T | null>;
  clear: () => void;
};

/**
 * One desk act. The Idempotency-Key stays the same while the same act is retried, so a press that was lost on the way
 * back cannot act twice; another content or a success takes a new key.
 */
export function useCommand(): Command {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const attempt = useRef<{ content: string; key: string } | null>(null);
  const clear = useCallback(() => setProblem(null), []);
  const send = useCallback(async <T>(path: string, body: unknown, method = 'POST'): Promise<T | null> => {
    const content = `${method} ${path} ${JSON.stringify(body)}`;
    if (attempt.current?.content !== content) attempt.current = { content, key: newId() };
    setBusy(true);
    setProblem(null);
    try {
      const result = await request<T>(method, path, { body, key: attempt.current.key });
      attempt.current = null;
      return result ?? ({} as T);
    } catch (error) {
      const refusal = problemOf(error);
      // A key is only worth keeping while we do not know whether the act arrived.
      if (refusal.status !== 0 && refusal.status < 500) attempt.current = null;
      setProblem(refusal);
      return null;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, problem, send, clear };
}
