import type { LiveStore } from '../live/store.js';

/** Whether a society is the other one or lies below it in the tree. */
export function isBelow(store: LiveStore, societyId: string, ancestorId: string): boolean {
  for (let id: string | null = societyId; id; id = store.row('society', id)?.parentId ?? null)
    if (id === ancestorId) return true;
  return false;
}
