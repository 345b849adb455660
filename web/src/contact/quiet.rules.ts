/** As the server asks it (`contact.dto.ts`). */
const MOST_QUIET_MIN = 12 * 60;
const DAY_MIN = 1440;
export const WAITS_S = [0, 10, 20, 30, 60];
/** A browser's own field for a time shows it by the machine's habit, with AM and PM. */
export const HALF_HOURS = Array.from(
  { length: 48 },
  (_, n) => `${String(n >> 1).padStart(2, '0')}:${n % 2 === 0 ? '00' : '30'}`,
);

/** Every order in which the ways can be tried. */
export const ordersOf = <T>(ways: readonly T[]): T[][] =>
  ways.length < 2
    ? [[...ways]]
    : ways.flatMap((way) => ordersOf(ways.filter((other) => other !== way)).map((rest) => [way, ...rest]));

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether the server takes these quiet hours. */
export function isQuietSpan(from: string, to: string): boolean {
  const spanMin = (minuteOf(to) - minuteOf(from) + DAY_MIN) % DAY_MIN;
  return spanMin > 0 && spanMin <= MOST_QUIET_MIN;
}
