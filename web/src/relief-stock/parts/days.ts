import { serverNow } from '../../live/clock.js';

const DAY_MS = 24 * 3_600_000;
const CHINA_MS = 8 * 3_600_000;

/** The day in China, so many days from today. */
export const dayOf = (fromToday: number): string =>
  new Date(serverNow() + CHINA_MS + fromToday * DAY_MS).toISOString().slice(0, 10);

/** The day in China at an instant. */
export const dayAt = (instant: string): string => new Date(Date.parse(instant) + CHINA_MS).toISOString().slice(0, 10);
