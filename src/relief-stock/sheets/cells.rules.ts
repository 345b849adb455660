const FIRST_LETTER = 64;
const LETTERS = 26;
/** Formats that Excel knows by number and that show a date; 27-36 and 50-58 are those of Chinese, Japanese and Korean. */
const DATE_FORMATS: readonly [number, number][] = [[14, 22], [27, 36], [45, 47], [50, 58]]; // prettier-ignore
const DAY_MS = 86_400_000;
/** Day 0 of the two calendars of Excel. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Excel believes in 29 February 1900. */
const FIRST_RIGHT_SERIAL = 61;
const LAST_SERIAL = 2_958_465;

/** `AB12` → 28; 0 when it is no cell. */
export function columnOf(ref: string): number {
  const letters = /^([A-Z]{1,3})\d*$/.exec(ref)?.[1];
  if (!letters) return 0;
  return [...letters].reduce((sum, letter) => sum * LETTERS + letter.charCodeAt(0) - FIRST_LETTER, 0);
}

export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
    name = String.fromCharCode(FIRST_LETTER + 1 + ((rest - 1) % LETTERS)) + name;
  }
  return name;
}

/** Whether a number format shows a date: by its number, or by letters of dates outside quotes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return DATE_FORMATS.some(([from, to]) => id >= from && id <= to);
  // What is opened and never closed goes to the end: looked for again at each opening, it would take the square of the length.
  const bare = code.replace(/"[^"]*(?:"|$)|\\.|\[[^\]]*(?:\]|$)/g, '');
  return /[ydh]/i.test(bare);
}

/** The day of a serial number; null when Excel has no such day. */
export function dayOfSerial(serial: number, since1904: boolean): string | null {
  const whole = Math.floor(serial);
  if (whole < 1 || whole > LAST_SERIAL) return null;
  const shift = since1904 || whole >= FIRST_RIGHT_SERIAL ? 0 : 1;
  return new Date((since1904 ? EPOCH_1904 : EPOCH_1900) + (whole + shift) * DAY_MS).toISOString().slice(0, 10);
}

/** The serial number of a day or of a moment in China. */
export const serialOfDay = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - EPOCH_1900) / DAY_MS;
const CHINA_OFFSET_MS = 8 * 3_600_000;
export const serialOfInstant = (instant: string): number =>
  Math.round(((Date.parse(instant) + CHINA_OFFSET_MS - EPOCH_1900) / DAY_MS) * 86_400) / 86_400;
