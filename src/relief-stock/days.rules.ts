/** Days as people in China write them: `YYYY-MM-DD` in Asia/Shanghai, which has had no summer time since 1991. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

const textOf = (utc: Date): string => utc.toISOString().slice(0, 10);

/** The day in China at an instant. */
export const dayOf = (instant: Date): string => textOf(new Date(instant.getTime() + CHINA_OFFSET_MS));

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return textOf(date);
}

/** The same day of a later month; the last day of that month where it is shorter. */
export function addMonths(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return textOf(date);
}

/** The first moment of the day in China. */
export const dayStart = (at: Date): Date => new Date(`${dayOf(at)}T00:00:00+08:00`);
