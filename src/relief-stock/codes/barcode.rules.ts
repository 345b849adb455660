/** The check digit of a GS1 number (GTIN, SSCC): weights 3 and 1 from the right (General Specifications, 7.9). */
export function checkDigit(body: string): string {
  let sum = 0;
  for (let n = 0; n < body.length; n++) sum += Number(body[body.length - 1 - n]) * (n % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

export const hasCheckDigit = (number: string): boolean => checkDigit(number.slice(0, -1)) === number.at(-1);

/** EAN-8, UPC-A, EAN-13 and ITF-14 are one kind of number: fourteen digits with zeros before them. */
export const GTIN_LENGTHS = [8, 12, 13, 14];
export const toGtin14 = (digits: string): string => digits.padStart(14, '0');

/**
 * A day from YYMMDD. The century is the one that brings the year within 50 years of today (General Specifications, 7.12); day 00 is the
 * last day of the month. Null when there is no such day.
 */
export function dayOfGs1(text: string, today: string): string | null {
  const [yy, month, dd] = [0, 2, 4].map((at) => Number(text.slice(at, at + 2))) as [number, number, number];
  const year = fullYear(yy, Number(today.slice(0, 4)));
  if (month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = dd === 0 ? last : dd;
  if (day > last) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function fullYear(yy: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100);
  const apart = yy - (thisYear % 100);
  if (apart >= 51) return century - 100 + yy;
  return apart <= -50 ? century + 100 + yy : century + yy;
}
