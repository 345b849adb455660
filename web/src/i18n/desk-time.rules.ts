const OFFSET_MS = 8 * 3600_000;

/** A moment as the value of a datetime-local field, on the desk's clock; with seconds where they count. */
export const deskTime = (ms: number, seconds = false): string =>
  new Date(ms + OFFSET_MS).toISOString().slice(0, seconds ? 19 : 16);

/** The moment that such a value names, or null where it names none. */
export function deskInstant(value: string): string | null {
  const ms = Date.parse(`${value.length === 16 ? `${value}:00` : value}Z`);
  return Number.isNaN(ms) ? null : new Date(ms - OFFSET_MS).toISOString();
}
