import { Problem } from './problem.js';

/** A page of rows fetched with limit + 1: the extra row only says that there is a next page. */
export function toPage<T>(rows: T[], limit: number, cursorOf: (last: T) => (string | number)[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null };
}

export function encodeCursor(parts: (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The sort values after which a page starts, or null for the first page. 400 `request.invalid` for a cursor that is not ours. */
export function decodeCursor(cursor: string | undefined, kinds: ('string' | 'number')[]): (string | number)[] | null {
  if (!cursor) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === kinds.length && parts.every((part, n) => typeof part === kinds[n])) {
      return parts as (string | number)[];
    }
  } catch {
    // falls through to the refusal
  }
  throw new Problem('request.invalid', {}, { errors: [{ pointer: '/cursor', code: 'cursor' }] });
}
