import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { get, problemOf } from './http.js';
import type { ProblemError } from './http.js';

export type Fetched<T> = { data: T | null; problem: ProblemError | null; loading: boolean; reload: () => void };

/** Where the last answers lie on this device, for when the server cannot be asked; null: nowhere. */
type Reads = {
  note: (path: string, data: unknown) => Promise<void>;
  recall: (path: string) => Promise<{ data: unknown; atMs: number } | null>;
  show: (path: string, atMs: number | null) => void;
};
let reads: Reads | null = null;
export const keepReads = (keeper: Reads | null): void => void (reads = keeper);

let cameBack = 0;
const waitingForIt = new Set<() => void>();
/** The network is back: everything on screen that was read by address is read again. */
export function readAgain(): void {
  cameBack += 1;
  waitingForIt.forEach((listener) => listener());
}
const useCameBack = (): number =>
  useSyncExternalStore(
    (listener) => {
      waitingForIt.add(listener);
      return () => waitingForIt.delete(listener);
    },
    () => cameBack,
  );

/** The last answer that was kept, where the server could not be asked. */
const recalled = (path: string, problem: ProblemError) =>
  problem.status === 0 && reads ? reads.recall(path).catch(() => null) : Promise.resolve(null);

/** Reads one address and reads it again when `revision` changes; the former answer stays visible meanwhile. */
export function useFetched<T>(path: string | null, revision: unknown = 0): Fetched<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; problem: ProblemError | null }>({
    path: null,
    data: null,
    problem: null,
  });
  const [loading, setLoading] = useState(path !== null);
  const [turn, setTurn] = useState(0);
  const back = useCameBack();
  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    setLoading(true);
    get<T>(path, abort.signal)
      .then((data) => {
        setState({ path, data, problem: null });
        reads?.show(path, null);
        void reads?.note(path, data).catch(() => undefined); // a full or forbidden storage: nothing is lost by it now
      })
      .catch(async (error: unknown) => {
        if (abort.signal.aborted) return;
        const problem = problemOf(error);
        const known = await recalled(path, problem);
        if (abort.signal.aborted) return;
        if (known) reads?.show(path, known.atMs);
        setState((held) => {
          const data = held.path === path && held.data !== null ? held.data : ((known?.data ?? null) as T | null);
          return { path, data, problem: known ? null : problem };
        });
      })
      .finally(() => !abort.signal.aborted && setLoading(false));
    return () => {
      abort.abort();
      reads?.show(path, null);
    };
  }, [path, revision, turn, back]);
  const reload = useCallback(() => setTurn((held) => held + 1), []);
  const current = state.path === path;
  return { data: current ? state.data : null, problem: current ? state.problem : null, loading, reload };
}
