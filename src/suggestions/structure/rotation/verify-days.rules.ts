import type { ExpectedUse, Goals, RotationProblem, Sending } from './rotation.types.js';

/** Units issued until the end of a day, reckoned anew. */
function issued(use: ExpectedUse | null, day: number): number {
  if (!use || day <= 0) return 0;
  let byScenarios = 0;
  for (const { perYear, units } of use.scenarios) byScenarios += (perYear * units * day) / 365;
  return Math.max(Math.floor(byScenarios + 1e-9), Math.floor((use.issuedUnits * day) / use.recordDays));
}

interface Piece {
  lot: number;
  units: number;
  fromDay: number;
  lastDay: number;
}
/** Days in a row between which nothing of the item begins or ends: after `since`, to the end of `day`. */
export type Day = { store: number; since: number; day: number; units: number };

/** What each day of a store takes of each lot; kept only where something is taken. */
export interface Taken {
  lot: number;
  day: Day;
  units: number;
}

/** What every store issues of the item, day by day, put together where nothing begins or ends, to the last day of any lot. */
export function daysOfUse({ stores, lots, arrivalDay }: RotationProblem, item: number): Day[][] {
  const own = lots.filter((lot) => lot.item === item);
  const last = Math.max(0, ...own.map(({ lastDay }) => lastDay));
  const cuts = new Set([arrivalDay, ...own.flatMap(({ lastDay, fromDay }) => [lastDay, fromDay])]);
  return stores.map(({ uses }, store) => {
    const days: Day[] = [];
    let [since, units] = [0, 0];
    for (let day = 1; day <= last; day++) {
      units += issued(uses[item]!, day) - issued(uses[item]!, day - 1);
      if (!cuts.has(day)) continue;
      if (units > 0) days.push({ store, since, day, units });
      [since, units] = [day, 0];
    }
    return days;
  });
}

function piecesOf({ stores, lots, arrivalDay }: RotationProblem, item: number, own: readonly Sending[]): Piece[][] {
  const gone = new Map<number, number>();
  for (const { lot, units } of own) gone.set(lot, (gone.get(lot) ?? 0) + units);
  return stores.map((_, store) => [
    ...lots.flatMap((lot, at): Piece[] => {
      return lot.item === item && lot.store === store ? [{ ...lot, lot: at, units: lot.units - (gone.get(at) ?? 0) }] : [];
    }),
    ...own.flatMap(({ lot, kind, to, units }): Piece[] =>
      kind === 'store' && to === store ? [{ lot, units, fromDay: arrivalDay, lastDay: lots[lot]!.lastDay }] : [],
    ),
  ]);
} // prettier-ignore

/** Every store issues day by day, what expires first first. */
function run(pieces: Piece[][], days: Day[][]): { taken: Taken[]; left: Map<number, number> } {
  const taken: Taken[] = [];
  const lost = new Map<number, number>();
  pieces.forEach((own, store) => {
    const left = own.map((piece) => ({ ...piece })).sort((a, b) => a.lastDay - b.lastDay || a.lot - b.lot);
    for (const day of days[store]!) {
      let wanted = day.units;
      for (const piece of left) {
        if (wanted === 0) break;
        if (piece.units === 0 || piece.fromDay > day.since || piece.lastDay < day.day) continue;
        const units = Math.min(wanted, piece.units);
        piece.units -= units;
        wanted -= units;
        taken.push({ lot: piece.lot, day, units });
      }
    }
    for (const { lot, units } of left) lost.set(lot, (lost.get(lot) ?? 0) + units);
  });
  return { taken, left: lost };
}

export const roadOf = (
  { lots, needs, roadKm }: RotationProblem,
  lot: number,
  { kind, to }: { kind: string; to: number },
): number =>
  Math.max(
    1,
    Math.round(10 * (kind === 'need' ? needs[to]!.roadKm[lots[lot]!.store]! : roadKm[lots[lot]!.store]![to]!)),
  );

/** What sendings of an item come to: its goals, what each day takes, and what is left of each lot. */
export function reckon(
  problem: RotationProblem,
  item: number,
  sendings: readonly Sending[],
  days = daysOfUse(problem, item),
) {
  const own = sendings.filter(({ lot }) => problem.lots[lot]!.item === item);
  const { taken, left } = run(piecesOf(problem, item, own), days);
  const sent = new Map<number, number>();
  let km10 = 0;
  for (const { lot, kind, to, units } of own) {
    sent.set(lot, (sent.get(lot) ?? 0) + units);
    km10 += units * roadOf(problem, lot, { kind, to });
  }
  const broken = [...sent].reduce((sum, [lot, units]) => sum + Math.max(0, units - problem.lots[lot]!.movable), 0);
  const expired = [...left.values()].reduce((sum, units) => sum + units, 0);
  return { goals: [expired, broken, km10] as Goals, days, taken, left };
}
