import { tripsOf } from './lanes.rules.js';
import { unusedUnits } from './rotate.rules.js';
import { roomFor } from './rotation-net.rules.js';
import type { ExpectedDto, RotationDto, RotationLotDto, RotationStep } from './rotation.dto.js';
import type { RotationPlan, RotationProblem, Sending } from './rotation.types.js';
import { tellTrips } from './tell-trips.rules.js';
import { usedBy } from './use.rules.js';

/** The words for what the numbers name. Lots, stores and needs by their places in the problem. */
export interface RotationNames {
  fenPerTonneKm: number;
  handOverDays: number;
  /** The day so many days from today. */
  dayAt: (days: number) => string;
  scenario: (id: string) => string;
  lots: { lotCode: string; expiresDay: number; source: string; unitFen: number | null; boundUnits: number }[];
}

type Told = Pick<RotationDto, 'lots' | 'goals' | 'trips'>;
export interface Telling {
  problem: RotationProblem;
  plan: RotationPlan;
  names: RotationNames;
}
const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const valueOf = (units: number, unitFen: number | null): number | null => (unitFen === null ? null : units * unitFen);

/** Lots that would expire, or go so that others do not: what is proposed for them, and what is left. Those that expire first come first. */
export function tellRotation(problem: RotationProblem, plan: RotationPlan, names: RotationNames): Told {
  const items = plan.items.map(({ item }) => item);
  const byLot = (sendings: readonly Sending[]): Map<number, number> => {
    const units = new Map<number, number>();
    for (const item of items)
      for (const one of unusedUnits(problem, item, sendings)) units.set(one.lot, (units.get(one.lot) ?? 0) + one.units);
    return units;
  };
  const [before, after] = [byLot([]), byLot(plan.sendings)];
  const telling = { problem, plan, names };
  const lots = problem.lots
    .map((_, lot) => lot)
    .filter((lot) => before.get(lot)! > 0 || after.get(lot)! > 0 || plan.sendings.some((one) => one.lot === lot))
    .map((lot) => lotOf(telling, lot, { unused: before.get(lot)!, left: after.get(lot)! }))
    .toSorted((a, b) => (a.expiresOn < b.expiresOn ? -1 : a.expiresOn > b.expiresOn ? 1 : 0));
  return { lots, goals: goalsOf(telling, lots), trips: tellTrips(telling) };
}

function lotOf(telling: Telling, at: number, { unused, left }: { unused: number; left: number }): RotationLotDto {
  const { problem, plan, names } = telling;
  const lot = problem.lots[at]!;
  const { lotCode, expiresDay, unitFen } = names.lots[at]!;
  const own = plan.sendings.filter((one) => one.lot === at);
  const sent = own.reduce((sum, { units }) => sum + units, 0);
  return {
    lotId: lot.id, lotCode, storeId: problem.stores[lot.store]!.id, itemId: problem.items[lot.item]!.id, expiresOn: names.dayAt(expiresDay),
    lastUseOn: names.dayAt(lot.lastDay), arrivesOn: lot.fromDay > 0 ? names.dayAt(lot.fromDay) : null, units: lot.units,
    use: expectedOf(telling, lot, lot.store), unusedUnits: unused, leftUnits: left, leftValueFen: valueOf(left, unitFen),
    savedUnits: unused - left, savedValueFen: valueOf(unused - left, unitFen), brokenUnits: Math.max(0, sent - lot.movable),
    steps: [...own.map((one) => sendingOf(telling, one)), ...restOf(telling, at, left)],
    reason: left > 0 ? whyLeft(telling, at, sent) : null,
  }; // prettier-ignore
}

/** What a store issues of the item until the lot's last day, and how that was reckoned. */
function expectedOf(
  { problem, names }: Telling,
  { item, lastDay }: { item: number; lastDay: number },
  store: number,
): ExpectedDto {
  const use = problem.stores[store]!.uses[item]!;
  const days = Math.max(0, lastDay);
  const scenarios = (use?.scenarios ?? []).map(({ id, ...one }) => ({ name: names.scenario(id), ...one }));
  return {
    ...usedBy(use, days), days, issuedUnits: use?.issuedUnits ?? 0, recordDays: use?.recordDays ?? 0, scenarios,
  }; // prettier-ignore
}

function sendingOf(telling: Telling, { lot: at, kind, to, units }: Sending): RotationStep {
  const { problem, names } = telling;
  const lot = problem.lots[at]!;
  const need = problem.needs[to]!;
  const roadKm = kind === 'need' ? need.roadKm[lot.store]! : problem.roadKm[lot.store]![to]!;
  const tonneKm = ((problem.items[lot.item]!.weightG * units) / 1e6) * roadKm;
  const costFen = Math.round(tonneKm * names.fenPerTonneKm);
  const value = valueOf(units, names.lots[at]!.unitFen);
  const road = { units, roadKm: round(roadKm, 1), tonneKm: round(tonneKm, 2), costFen, dearer: value !== null && costFen > value }; // prettier-ignore
  if (kind === 'need') return { kind, needId: need.id, ...road };
  return { kind: 'move', toId: problem.stores[to]!.id, ...road, use: expectedOf(telling, lot, to) };
}

/** What is left goes back to its supplier, or to a partner, while there is time for it; otherwise it is written off when it expires. */
function restOf({ names }: Telling, at: number, left: number): RotationStep[] {
  const { expiresDay, source, unitFen } = names.lots[at]!;
  if (left === 0) return [];
  const by = expiresDay - names.handOverDays;
  if (by > 0) return [{ kind: source === 'purchase' ? 'return' : 'hand-over', units: left, by: names.dayAt(by) }];
  return [{ kind: 'write-off', units: left, on: names.dayAt(expiresDay), valueFen: valueOf(left, unitFen) }];
}

/** Why units of a lot are not saved by a move: the first of these that holds. */
function whyLeft(telling: Telling, at: number, sent: number): RotationLotDto['reason'] {
  const { problem, names } = telling;
  const { item, store, lastDay, fromDay, movable, breaking, units } = problem.lots[at]!;
  const { withinKm: km, arrivalDay } = problem;
  const others = problem.stores.map((_, to) => to).filter((to) => to !== store);
  const near = others.filter((to) => problem.roadKm[store]![to]! <= km);
  const taking = near.filter((to) => problem.stores[to]!.takes[item]!);
  const using = taking.filter((to) => {
    const use = problem.stores[to]!.uses[item]!;
    return usedBy(use, lastDay).units > usedBy(use, arrivalDay).units;
  });
  const { boundUnits } = names.lots[at]!;
  const kept = units - boundUnits - movable - breaking;
  const causes: [holds: boolean, code: string, params?: Record<string, number>][] = [
    [lastDay <= 0, 'past-use'],
    [fromDay > 0, 'on-its-way'],
    [others.length === 0, 'one-store'],
    [lastDay <= arrivalDay, 'too-late', { days: arrivalDay }],
    [near.length === 0, 'out-of-reach', { km }],
    [using.length === 0, 'no-use', { km, stores: near.length }],
    [sent >= movable + breaking && boundUnits > 0, 'purpose', { units: boundUnits }],
    [sent >= movable + breaking && kept > 0, 'minimum', { units: kept }],
    [using.every((to) => roomFor(problem, to, item) === 0), 'no-room', { km }],
    [couldBeSent(telling, at, sent), 'not-worth'],
  ];
  const [, code, params = {}] = causes.find(([holds]) => holds) ?? [true, 'used-up', { km }];
  return { code, params };
}

/** With as many trips as it takes, more of the lot would go: those were not worth driving. */
const couldBeSent = ({ plan }: Telling, at: number, sent: number): boolean =>
  plan.best.sendings.reduce((sum, { lot, units }) => sum + (lot === at ? units : 0), 0) > sent;

function goalsOf({ plan, problem, names }: Telling, lots: readonly RotationLotDto[]): RotationDto['goals'] {
  const { items, sendings } = plan.best;
  const sum = (of: (one: (typeof items)[number]) => number): number => items.reduce((total, one) => total + of(one), 0);
  const steps = lots.flatMap(({ steps: own }) => own.flatMap((one) => ('tonneKm' in one ? [one] : [])));
  const tonneKm = steps.reduce((total, one) => total + one.tonneKm, 0);
  const [before, best, bound] = [sum((one) => one.before), sum(({ goals }) => goals[0]), sum((one) => one.bound)];
  const expiring = plan.items.reduce((total, { goals }) => total + goals[0], 0);
  return {
    expiringBefore: before, expiring, bound, gap: best === 0 ? 0 : round((best - bound) / best, 4), possibleUnits: before - best,
    savedUnits: before - expiring, brokenUnits: plan.items.reduce((total, { goals }) => total + goals[1], 0), tonneKm: round(tonneKm, 2),
    costFen: Math.round(tonneKm * names.fenPerTonneKm), moves: plan.sendings.length, trips: tripsOf(problem, plan.sendings).length,
    tripsBound: plan.tripsBound, bestTrips: tripsOf(problem, sendings).length, proven: items.every(({ proven }) => proven),
    savedValueFen: lots.reduce((total, one) => total + (one.savedValueFen ?? 0), 0),
    unpricedLots: lots.filter(({ leftValueFen }) => leftValueFen === null).length,
  }; // prettier-ignore
}
