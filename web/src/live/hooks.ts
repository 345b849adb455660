import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Subject } from '../../../src/live/live.dto.js';
import { live } from './live.js';
import type { LiveStore, RowOf } from './store.js';

/** One row; the component renders again only when this row changes. */
export function useRow<S extends Subject>(subject: S, id: string | null | undefined): RowOf[S] | undefined {
  const subscribe = useCallback(
    (listener: () => void) => (id ? live.store.subscribe([`${subject}/${id}`, 'loaded'], listener) : () => {}),
    [subject, id],
  );
  return useSyncExternalStore(subscribe, () => live.store.row(subject, id));
}

const sameList = (a: unknown, b: unknown): boolean =>
  a === b ||
  (Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((value, index) => Object.is(value, b[index])));

/**
 * Something worked out of the picture; computed again only when one of `subjects` changed or `inputs` did, and kept when
 * it is the same list of the same things, so lists of ids do not render for a change inside a row.
 */
export function useLive<T>(
  subjects: readonly (Subject | 'log' | 'loaded')[],
  select: (store: LiveStore) => T,
  inputs: readonly unknown[] = [],
): T {
  const keys = subjects.join(' ');
  const held = useRef<{ revision: string; inputs: readonly unknown[]; value: T } | null>(null);
  const list = useMemo(() => (keys === '' ? ['loaded'] : [...keys.split(' '), 'loaded']), [keys]);
  const subscribe = useCallback((listener: () => void) => live.store.subscribe(list, listener), [list]);
  return useSyncExternalStore(subscribe, () => {
    const revision = `${keys}:${live.store.revision(list)}`;
    const before = held.current;
    if (before && before.revision === revision && sameList(before.inputs, inputs)) return before.value;
    const next = select(live.store);
    const value = before && sameList(before.value, next) ? before.value : next;
    held.current = { revision, inputs, value };
    return value;
  });
}

export const useRows = <S extends Subject>(subject: S): RowOf[S][] =>
  useLive([subject], (store) => store.rows(subject));
export const useLoaded = (): boolean => useLive(['loaded'], (store) => store.loaded);
