/** What a unit of an item is enough for, in people. A family pack serves 3 to 5 for about a week (published by the Red Cross Society of China). */
export const PEOPLE_SERVED: Readonly<Record<string, { least: number; most: number }>> = {
  FK01: { least: 3, most: 5 },
};

/** Share of people that so many units are enough for, in per cent to one decimal; null where it is not known. */
export function coverOf(itemCode: string, units: number, people: number): { low: number; high: number } | null {
  const served = PEOPLE_SERVED[itemCode];
  if (!served || people <= 0) return null;
  const percent = (each: number): number => Math.round((1000 * Math.min(people, units * each)) / people) / 10;
  return { low: percent(served.least), high: percent(served.most) };
}
