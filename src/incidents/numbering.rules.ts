const SHANGHAI_OFFSET_MS = 8 * 3_600_000; // no daylight saving since 1991

/** The day in Asia/Shanghai, as YYYY-MM-DD. */
export const shanghaiDay = (at: Date): string => new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);

/** The series that an incident's number is taken from: one a year and society. */
export const numberSeries = (adcode: string, now: Date): string => `${shanghaiDay(now).slice(0, 4)}-${adcode}`;

/** '2026-331082-0007'. */
export const incidentNumber = (series: string, n: number): string => `${series}-${String(n).padStart(4, '0')}`;
