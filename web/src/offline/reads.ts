import { createState } from '../app/state.js';
import { kept } from './kept.js';

const KEPT_MS = 7 * 24 * 3600_000;
/** As many answers as are kept; the oldest go first. */
const MOST = 400;

/** Answers that stand on screen although the server could not be asked, and since when they are known. */
const state = createState<{ shown: ReadonlyMap<string, number> }>({ shown: new Map() });

/** Keeps the last answer to each address that the pages of one person read, for when the server cannot be asked. */
export function keptReads(userId: string) {
  const keyOf = (path: string) => `${userId} ${path}`;
  return {
    async note(path: string, data: unknown): Promise<void> {
      const db = await kept();
      await db.put('reads', { key: keyOf(path), userId, data, atMs: Date.now() });
      const over = (await db.count('reads')) - MOST;
      if (over <= 0) return;
      const keys = await db.getAllKeysFromIndex('reads', 'atMs', null, over);
      await Promise.all(keys.map((key) => db.delete('reads', key)));
    },
    async recall(path: string): Promise<{ data: unknown; atMs: number } | null> {
      const read = await (await kept()).get('reads', keyOf(path));
      return read && Date.now() - read.atMs < KEPT_MS ? read : null;
    },
    show(path: string, atMs: number | null): void {
      const shown = new Map(state.get().shown);
      if (atMs === null) shown.delete(path);
      else shown.set(path, atMs);
      state.set({ shown });
    },
  };
}

/** Since when the oldest answer on screen is known; null when all are of now. */
export const useOldestRead = (): number | null =>
  state.use(({ shown }) => (shown.size === 0 ? null : Math.min(...shown.values())));
