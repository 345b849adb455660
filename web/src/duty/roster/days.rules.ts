const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The day of a moment on the desk's clock, YYYY-MM-DD. */
export const deskDay = (at: string | number): string => new Date(new Date(at).getTime() + OFFSET_MS).toISOString().slice(0, 10); // prettier-ignore

/** Midnight on the desk's clock of the day on which a moment lies. */
export const startOfDay = (ms: number): number => Math.floor((ms + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;

/** What a field for a moment on the desk's clock holds, and what it says. */
export const toField = (at: string | number): string => new Date(new Date(at).getTime() + OFFSET_MS).toISOString().slice(0, 16); // prettier-ignore
export const fromField = (text: string): string | null => {
  const ms = Date.parse(`${text}:00Z`) - OFFSET_MS;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

/** Rows by the day on which they begin, in order. */
export function byDay<Row extends { startsAt: string }>(rows: readonly Row[]): { day: string; rows: Row[] }[] {
  const days = new Map<string, Row[]>();
  for (const row of rows) days.set(deskDay(row.startsAt), [...(days.get(deskDay(row.startsAt)) ?? []), row]);
  return [...days].map(([day, list]) => ({ day, rows: list }));
}
