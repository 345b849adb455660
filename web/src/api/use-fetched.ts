import { useCallback, useEffect, useState } from 'react';
import { get, problemOf } from './http.js';
import type { ProblemError } from './http.js';

export type Fetched<T> = { data: T | null; problem: ProblemError | null; loading: boolean; reload: () => void };

/** Reads one address and reads it again when `revision` changes; the former answer stays visible meanwhile. */
export function useFetched<T>(path: string | null, revision: unknown = 0): Fetched<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; problem: ProblemError | null }>({
    path: null,
    data: null,
    problem: null,
  });
  const [loading, setLoading] = useState(path !== null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    setLoading(true);
    get<T>(path, abort.signal)
      .then((data) => setState({ path, data, problem: null }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted)
          setState((held) => ({ path, data: held.path === path ? held.data : null, problem: problemOf(error) }));
      })
      .finally(() => !abort.signal.aborted && setLoading(false));
    return () => abort.abort();
  }, [path, revision, turn]);
  const reload = useCallback(() => setTurn((held) => held + 1), []);
  const current = state.path === path;
  return { data: current ? state.data : null, problem: current ? state.problem : null, loading, reload };
}
