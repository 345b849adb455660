import { useCallback, useState } from 'react';
import { keptAs } from './world.js';
import { useSession } from '../access/session.js';

const prefix = keptAs('chiyuan.draft');

export function readDraft<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** Puts back what was typed, for when it is done differently: the form shows it when it is opened next. */
export const writeDraft = (account: string, name: string, values: object): void =>
  localStorage.setItem(draftKey(account, name), JSON.stringify(values));
const draftKey = (account: string, name: string): string => `${prefix}.${account}.${name}`;

/** Form values that survive reload, sign-out and power loss (C-25). Kept by account, because a desk is shared. */
export function useDraft<T extends object>(
  name: string,
  empty: T,
): {
  values: T;
  restored: boolean;
  change: (part: Partial<T>) => void;
  /** Empties the form; of what was `sent`, only if nobody has written on since: that belongs to the next act. */
  discard: (sent?: T) => void;
} {
  const { actor } = useSession();
  const key = draftKey(actor?.account ?? 'nobody', name);
  const [state, setState] = useState(() => {
    const held = readDraft<T>(key);
    return { key, values: { ...empty, ...held }, restored: held !== null };
  });
  const change = useCallback(
    (part: Partial<T>) =>
      setState((before) => {
        const values = { ...before.values, ...part };
        localStorage.setItem(key, JSON.stringify(values));
        return { ...before, values };
      }),
    [key],
  );
  const discard = useCallback(
    (sent?: T) => {
      const held = sent && readDraft<T>(key);
      if (held && JSON.stringify({ ...empty, ...held }) !== JSON.stringify(sent)) return;
      localStorage.removeItem(key);
      setState({ key, values: empty, restored: false });
    },
    [key, empty],
  );
  return { values: state.values, restored: state.restored, change, discard };
}
