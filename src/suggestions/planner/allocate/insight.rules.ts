import { eligibleUnits, freeUnits } from '../fefo.rules.js';
import { SearchStopped } from '../flow/item-flow.rules.js';
import { planSupplies } from '../flow/plan-supplies.rules.js';
import type { SupplyPlan } from '../flow/supplies.types.js';
import type { GoalOrder, Insight, PlannerInput, Reason } from '../planner.types.js';
import { reason } from '../reasons.rules.js';
import { readSnapshot } from '../snapshot.rules.js';
import type { Shelf, Snapshot } from '../snapshot.rules.js';
import { keepLocks } from './desk-locks.rules.js';
import type { KeptLocks } from './desk-locks.rules.js';
import { equityOf } from './equity.rules.js';
import { jointInstance, policyOf } from './joint-instance.rules.js';
import type { JointInstance } from './joint-instance.rules.js';

/** A plan with all that it was made from. */
export interface Solved {
  snapshot: Snapshot;
  joint: JointInstance;
  plan: SupplyPlan;
  locks: KeptLocks;
}

/** Questions of one kind that are asked at most: each is a plan of its own. */
const MOST_QUESTIONS = 12;
/** More units of an item that a limit is asked with: about a small lorry of packs. */
const ADDED_UNITS = 100;

/** What plans are compared by: units met, units below reserves, and minutes of all units together, over all incidents. */
export interface Figures {
  units: number;
  breachUnits: number;
  unitMinutes: number;
}

/** Solves a changed input without looking at its insight. */
export function solveAgain(input: PlannerInput, shouldStop: () => boolean): Solved {
  const snapshot = readSnapshot(input);
  const locks = keepLocks(snapshot);
  const joint = jointInstance(snapshot, locks.draws);
  return { snapshot, joint, locks, plan: planSupplies(joint.instance, policyOf(snapshot), { shouldStop }) };
}

/** Null when time was up before all questions were answered. */
export function insightOf(input: PlannerInput, solved: Solved, shouldStop: () => boolean): Insight | null {
  const again: Again = (changed, of = input) => {
    if (shouldStop()) throw new SearchStopped();
    return solveAgain({ ...of, ...changed }, shouldStop);
  };
  try {
    const insight: Insight = {
      equity: equities(solved),
      limits: limitsOf(input, solved, again),
      bindings: [...solved.locks.refused, ...bindingCosts(input, solved, again)],
      order: orderCosts(solved, again),
    };
    return shouldStop() ? null : insight;
  } catch (stopped) {
    if (!(stopped instanceof SearchStopped)) throw stopped;
    return null;
  }
}

type Again = (changed: Partial<PlannerInput>, of?: PlannerInput) => Solved;

/** One item of the question alone: fills and reserves of items do not depend on each other, so the answer is as good and far quicker. */
function onlyItem(input: PlannerInput, itemId: string): PlannerInput {
  const ofItem = <Part extends { itemId: string }>(parts: readonly Part[] = []): Part[] =>
    parts.filter((part) => part.itemId === itemId);
  const rivals = (input.rivals ?? []).map((rival) => ({ ...rival, items: ofItem(rival.items) }));
  return {
    ...input,
    items: ofItem(input.items),
    stock: ofItem(input.stock),
    lockedSupplies: ofItem(input.lockedSupplies),
    rivals,
  };
}

/** Reserves as they are kept, whatever the order says about them; locked units count as all others. */
export function figuresOf(
  { snapshot, joint, plan, locks }: Solved,
  minimums: readonly Shelf[] = snapshot.stock,
): Figures {
  const gone = new Map<string, number>();
  let units = 0;
  let unitMinutes = 0;
  const note = (warehouseId: string, itemId: string, sent: number, minutes: number): void => {
    const key = JSON.stringify([warehouseId, itemId]);
    gone.set(key, (gone.get(key) ?? 0) + sent);
    units += sent;
    unitMinutes += sent * minutes;
  };
  for (const { cell, units: sent } of locks.draws) note(cell.warehouseId, cell.itemId, sent, cell.etaMin);
  for (const { warehouse, incident, item, units: sent } of plan.shipments)
    note(joint.warehouseIds[warehouse]!, joint.itemIds[item]!, sent, joint.instance.travelMin[warehouse * joint.instance.incidents + incident]!); // prettier-ignore
  const breachUnits = minimums.reduce(
    (sum, cell) =>
      sum + Math.max(0, (gone.get(JSON.stringify([cell.warehouseId, cell.itemId])) ?? 0) - freeUnits(cell)),
    0,
  );
  return { units, breachUnits, unitMinutes };
}

/** What the changed plan does better (positive) or worse (negative). */
function gain(now: Figures, then: Figures): Figures {
  return {
    units: then.units - now.units,
    breachUnits: now.breachUnits - then.breachUnits,
    unitMinutes: now.unitMinutes - then.unitMinutes,
  };
}

function equities({ snapshot, joint, plan, locks }: Solved): Insight['equity'] {
  const asked = [
    ...snapshot.items.map((need) => ({ need, incidentId: snapshot.incidentId })),
    ...snapshot.rivals.flatMap(({ items, incidentId }) => items.map((need) => ({ need, incidentId }))),
  ].filter(({ need }) => need.units > 0 && joint.itemIds.includes(need.itemId));
  const given = new Map<string, number>();
  for (const { need, units } of locks.draws) given.set(need.id, (given.get(need.id) ?? 0) + units);
  for (const { incident, item, units } of plan.shipments) {
    const { id } = joint.places[incident]!.needs.get(joint.itemIds[item]!)!;
    given.set(id, (given.get(id) ?? 0) + units);
  }
  const share = (units: number, of: number): number => Math.min(1, units / of);
  return {
    before: equityOf(asked.map(({ need }) => share(need.alreadyUnits, need.units))),
    after: equityOf(asked.map(({ need }) => share(need.alreadyUnits + (given.get(need.id) ?? 0), need.units))),
  };
}

/** For each item the shelf whose units are dearest by the proof's prices (the nearest one where goods run out), and what more there would bring. */
function limitsOf(input: PlannerInput, solved: Solved, again: Again): Reason[] {
  const limits: Reason[] = [];
  for (const itemId of solved.joint.itemIds.slice(0, MOST_QUESTIONS)) {
    const shelf = dearestShelf(solved, itemId);
    if (!shelf) continue;
    const { warehouseId } = shelf;
    const alone = onlyItem(input, itemId);
    const stock = alone.stock.map((cell) => (cell.warehouseId === warehouseId ? withMore(cell, ADDED_UNITS) : cell));
    const better = gain(figuresOf(again({}, alone)), figuresOf(again({ stock }, alone)));
    const wanted = wantedUnits(solved, itemId);
    const addPct = Math.round((1000 * Math.max(0, better.units)) / Math.max(1, wanted)) / 10;
    if (
      better.units > 0 ||
      better.breachUnits > 0 ||
      (better.units === 0 && better.breachUnits === 0 && better.unitMinutes > 0)
    )
      limits.push(reason('more-stock-would', { warehouseId, itemId, addUnits: ADDED_UNITS, addPct, ...better }));
  }
  return limits;
}

const withMore = (cell: PlannerInput['stock'][number], units: number): PlannerInput['stock'][number] => ({
  ...cell,
  lots: [...cell.lots, { lotId: 'what-if', expiresInDays: null, receivedOrder: Number.MAX_SAFE_INTEGER, availableUnits: units, held: false }], // prettier-ignore
});

const wantedUnits = ({ joint: { places } }: Solved, itemId: string): number =>
  places.reduce((sum, { needs }) => sum + (needs.get(itemId)?.missing ?? 0), 0);

function dearestShelf({ snapshot, joint, plan }: Solved, itemId: string): Shelf | undefined {
  const item = joint.itemIds.indexOf(itemId);
  const served = plan.shipments.reduce((sum, part) => sum + (part.item === item ? part.units : 0), 0);
  const open = snapshot.stock.filter((cell) => cell.itemId === itemId && !cell.closed);
  const nearestFirst = open.toSorted((left, right) => left.etaMin - right.etaMin);
  if (served < wantedUnits({ snapshot, joint, plan } as Solved, itemId)) return nearestFirst[0];
  const prices = plan.certificate?.items.find((proof) => proof.item === item)?.all;
  if (!prices) return undefined;
  const priceOf = (cell: Shelf): number[] => prices.warehouse.map((list) => list[joint.warehouseIds.indexOf(cell.warehouseId)]!); // prettier-ignore
  return nearestFirst
    .filter((cell) => eligibleUnits(cell, 0) > 0 && priceOf(cell).some((price) => price > 0))
    .toSorted((left, right) => comparePrices(priceOf(right), priceOf(left)))[0];
}

function comparePrices(left: readonly number[], right: readonly number[]): number {
  for (const [goal, price] of left.entries()) if (price !== right[goal]) return price - (right[goal] ?? 0);
  return 0;
}

function bindingCosts(input: PlannerInput, solved: Solved, again: Again): Reason[] {
  const now = figuresOf(solved);
  const locks = (input.lockedSupplies ?? []).slice(0, MOST_QUESTIONS).map((lock) => {
    const { warehouseId, itemId, units: askedUnits } = lock;
    const alone = onlyItem(input, itemId);
    const without = again({ lockedSupplies: alone.lockedSupplies!.filter((other) => other !== lock) }, alone);
    return reason('lock-costs', {
      warehouseId,
      itemId,
      askedUnits,
      ...gain(figuresOf(again({}, alone)), figuresOf(without)),
    });
  });
  const stores = (input.excludedStores ?? []).slice(0, MOST_QUESTIONS).map((store) => {
    const without = again({ excludedStores: input.excludedStores!.filter((other) => other !== store) });
    return reason('exclusion-costs', { warehouseId: store.warehouseId, ...gain(now, figuresOf(without)) });
  });
  return [...locks, ...stores];
}

/** What keeping reserves, and local before distant, costs: the plan without the one, without the other. */
function orderCosts(solved: Solved, again: Again): Reason[] {
  const { order } = solved.snapshot;
  const now = figuresOf(solved);
  const costs: Reason[] = [];
  const ask = (code: 'reserve-costs' | 'tier-costs', changed: GoalOrder): void => {
    const price = gain(now, figuresOf(again({ order: changed }), solved.snapshot.stock));
    if (price.units !== 0 || price.breachUnits !== 0 || price.unitMinutes !== 0) costs.push(reason(code, price));
  };
  if (order.reserve !== 'off') ask('reserve-costs', { ...order, reserve: 'off' });
  if (order.tier === 'before-arrival') ask('tier-costs', { ...order, tier: 'after-arrival' });
  return costs;
}
