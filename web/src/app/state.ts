import { useSyncExternalStore } from 'react';

export type State<T extends object> = {
  get: () => T;
  set: (part: Partial<T>) => void;
  use: <V>(select: (state: T) => V) => V;
};

/** A little state outside React, so that keys, map and pages share it. Selectors must answer held values, not new objects. */
export function createState<T extends object>(initial: T): State<T> {
  let state = initial;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get: () => state,
    set: (part) => {
      state = { ...state, ...part };
      listeners.forEach((listener) => listener());
    },
    use: (select) => useSyncExternalStore(subscribe, () => select(state)),
  };
}
