const CHINA_OFFSET_MS = 8 * 3_600_000;
const GRAMS = 1000;
const CM3 = 1_000_000;

/** `2026-07-21 03:00` in China. */
export const minuteOf = (instant: Date | string | null): string =>
  instant ? new Date(new Date(instant).getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ') : '';

/** Whole numbers with their thousands apart. */
export const grouped = (units: number): string => String(units).replace(/\B(?=(\d{3})+$)/g, ',');

const rounded = (value: number, places: number): string => {
  const [whole, part] = value.toFixed(places).split('.') as [string, string?];
  const rest = part?.replace(/0+$/, '');
  return grouped(Number(whole)) + (rest ? `.${rest}` : '');
};
export const kilograms = (grams: number): string => rounded(grams / GRAMS, 1);
export const cubicMetres = (cm3: number): string => rounded(cm3 / CM3, 3);
/** `1,234.50`: fen as yuan, two places. */
export const yuan = (fen: number): string => {
  const [whole, part] = (Math.abs(fen) / 100).toFixed(2).split('.') as [string, string];
  return `${fen < 0 ? '−' : ''}${grouped(Number(whole))}.${part}`;
};
