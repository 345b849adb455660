import type { Draft, Duty, Shipment } from './draft.rules.js';
import { eligibleUnits, freeUnits } from './fefo.rules.js';
import { itemBlock, teamBlock } from './formulate.rules.js';
import type { Priority } from './planner.types.js';
import { PRIORITY_WEIGHT } from './reasons.rules.js';
import { cityCovers, isLate, pairings, PRIORITIES, TIER_RANK } from './snapshot.rules.js';
import type { OpenCapability, OpenItem, Snapshot } from './snapshot.rules.js';

export interface GoalValue {
  name: string;
  value: number;
}

/** Needs of one priority that are covered together: all capabilities, or all needs of one item. */
export interface NeedBlock {
  key: string;
  priority: Priority;
  itemId: string | null;
  needs: (OpenCapability | OpenItem)[];
  missing: number;
}

/** Names in `Plan.stages`, apart from their order: a plan carries those that apply. They need words. */
export const STAGE_NAMES = [
  'need-met',
  'locks-left-out',
  ...PRIORITIES.flatMap((priority) => [
    `unmet-people-p${priority}`,
    `late-people-p${priority}`,
    `unmet-supplies-p${priority}`,
    `late-supplies-p${priority}`,
  ]),
  'cities-uncovered',
  'reserve-breach-units',
  'supply-tier',
  'team-arrival',
  ...PRIORITIES.map((priority) => `supply-latest-p${priority}` as const),
  'supply-arrival',
  'team-sources',
  'supply-sources',
] as const;

const COMPARE_TOLERANCE = 1e-9;

function total<Value>(values: readonly Value[], measure: (value: Value) => number): number {
  return values.reduce((sum, value) => sum + measure(value), 0);
}

/** The blocks that still lack something, by priority, teams before items. */
export function needBlocks(snapshot: Snapshot): NeedBlock[] {
  const itemIds = [...new Set(snapshot.items.map(({ itemId }) => itemId))].toSorted();
  return PRIORITIES.flatMap((priority) => {
    const ofLevel = <Need extends OpenCapability | OpenItem>(needs: Need[]): Need[] =>
      needs.filter((need) => need.priority === priority && need.missing > 0);
    const items = itemIds.map((itemId) => ({
      key: itemBlock(itemId, priority),
      itemId,
      needs: ofLevel(snapshot.items).filter((need) => need.itemId === itemId),
    }));
    return [{ key: teamBlock(priority), itemId: null, needs: ofLevel(snapshot.capabilities) }, ...items]
      .filter(({ needs }) => needs.length > 0)
      .map((block) => ({
        ...block,
        priority,
        missing: total<{ missing: number }>(block.needs, ({ missing }) => missing),
      }));
  });
}

function inBlock(draft: Draft, block: NeedBlock): { units: number; late: number } {
  const parts = [
    ...draft.duties.map((duty) => ({ need: duty.need, units: duty.headcount, etaMin: duty.unit.etaMin })),
    ...draft.shipments.map(({ need, units, cell }) => ({ need, units, etaMin: cell.etaMin })),
  ].filter(({ need }) => block.needs.some(({ id }) => id === need.id));
  const late = parts.filter(({ need, etaMin }) => isLate(etaMin, need));
  return { units: total(parts, ({ units }) => units), late: total(late, ({ units }) => units) };
}

/**
 * Share of open need met, 0 to 1: each block counts its number of needs times the weight of its priority (4, 2, 1).
 * `metUnits` may be a draft's or a bound's. Nothing open counts as all met.
 */
export function shareMet(blocks: readonly NeedBlock[], metUnits: (block: NeedBlock) => number): number {
  const weight = (block: NeedBlock): number => PRIORITY_WEIGHT[block.priority] * block.needs.length;
  const all = total(blocks, weight);
  return all === 0 ? 1 : total(blocks, (block) => (weight(block) * metUnits(block)) / block.missing) / all;
}

export function draftShareMet(snapshot: Snapshot, draft: Draft): number {
  return shareMet(needBlocks(snapshot), (block) => inBlock(draft, block).units);
}

/** Units or people that a block could get if nothing else were asked for: a bound that needs no solver. */
export function reachable(snapshot: Snapshot, block: NeedBlock): number {
  if (block.itemId === null) {
    const pairs = pairings(snapshot).filter(({ need }) => block.needs.some(({ id }) => id === need.id));
    const people = new Map(pairs.map(({ unit }) => [unit.unitId, unit.headcount]));
    const perNeed = total(block.needs, (need) =>
      Math.min(
        need.missing,
        total(
          pairs.filter((pair) => pair.need.id === need.id),
          ({ unit }) => unit.headcount,
        ),
      ),
    );
    return Math.min(
      perNeed,
      total([...people.values()], (headcount) => headcount),
    );
  }
  const cells = snapshot.stock.filter(({ itemId }) => itemId === block.itemId);
  const stockFor = (days: number): number => total(cells, (cell) => eligibleUnits(cell, days));
  const useDays = (block.needs as OpenItem[]).map(({ minimumUseDays }) => minimumUseDays);
  const perNeed = total(block.needs as OpenItem[], (need) => Math.min(need.missing, stockFor(need.minimumUseDays)));
  return Math.min(perNeed, stockFor(Math.min(...useDays)));
}

/** Units drawn below the reserve, per cell of the draft. */
export function breachUnits(shipments: readonly Shipment[]): number {
  const drawn = new Map<Shipment['cell'], number>();
  for (const { cell, units } of shipments) drawn.set(cell, (drawn.get(cell) ?? 0) + units);
  return total([...drawn], ([cell, units]) => Math.max(0, units - freeUnits(cell)));
}

function uncoveredCities(snapshot: Snapshot, duties: readonly Duty[]): number {
  const sent = new Set(duties.map(({ unit }) => unit.unitId));
  return cityCovers(snapshot).filter(
    ({ elsewhere, unitIds, readyUnits }) => elsewhere && unitIds.filter((id) => sent.has(id)).length >= readyUnits,
  ).length;
}

function supplySum(snapshot: Snapshot, draft: Draft, cost: (shipment: Shipment) => number): number {
  const missing = new Map<string, number>();
  for (const need of snapshot.items) missing.set(need.itemId, (missing.get(need.itemId) ?? 0) + need.missing);
  return total(
    draft.shipments,
    (shipment) => (cost(shipment) * shipment.units) / (missing.get(shipment.need.itemId) ?? 1),
  );
}

/**
 * Every goal of a draft, to be minimised, in the order in which they count. People and units are counted as such;
 * supplies of a level as the sum of the missing (or late) share of each item.
 */
export function goalValues(snapshot: Snapshot, draft: Draft): GoalValue[] {
  const blocks = needBlocks(snapshot);
  const served = PRIORITIES.flatMap((priority): GoalValue[] => {
    const ofLevel = blocks
      .filter((block) => block.priority === priority)
      .map((block) => ({ block, got: inBlock(draft, block) }));
    const teams = ofLevel.filter(({ block }) => block.itemId === null);
    const items = ofLevel.filter(({ block }) => block.itemId !== null);
    return [
      { name: `unmet-people-p${priority}`, value: total(teams, ({ block, got }) => block.missing - got.units) },
      { name: `late-people-p${priority}`, value: total(teams, ({ got }) => got.late) },
      { name: `unmet-supplies-p${priority}`, value: total(items, ({ block, got }) => 1 - got.units / block.missing) },
      { name: `late-supplies-p${priority}`, value: total(items, ({ block, got }) => got.late / block.missing) },
    ];
  });
  const locked = [...snapshot.lockedUnitIds].filter((id) => !draft.duties.some(({ unit }) => unit.unitId === id));
  const weightOf = ({ need }: { need: { priority: Priority } }): number => PRIORITY_WEIGHT[need.priority];
  const arrival: GoalValue[] = [
    { name: 'team-arrival', value: total(draft.duties, (duty) => weightOf(duty) * duty.headcount * duty.unit.etaMin) },
    {
      name: 'supply-arrival',
      value: supplySum(snapshot, draft, (shipment) => weightOf(shipment) * shipment.cell.etaMin),
    },
  ];
  const sources: GoalValue[] = [
    { name: 'team-sources', value: draft.duties.length },
    { name: 'supply-sources', value: new Set(draft.shipments.map(({ cell }) => cell.warehouseId)).size },
  ];
  return [
    ...(snapshot.lockedUnitIds.size > 0 ? [{ name: 'locks-left-out', value: locked.length }] : []),
    ...served,
    { name: 'cities-uncovered', value: uncoveredCities(snapshot, draft.duties) },
    { name: 'reserve-breach-units', value: breachUnits(draft.shipments) },
    { name: 'supply-tier', value: supplySum(snapshot, draft, ({ cell }) => TIER_RANK[cell.tier]) },
    ...(snapshot.objective === 'arrival' ? [...arrival, ...sources] : [...sources, ...arrival]),
  ];
}

/** The same in the order of the allocation core: latest arrivals before the minutes, the tier where the desk wants it. */
export function coreGoalValues(snapshot: Snapshot, draft: Draft): GoalValue[] {
  const goals = goalValues(snapshot, draft);
  const latest = PRIORITIES.filter((priority) => snapshot.items.some((need) => need.priority === priority)).map(
    (priority): GoalValue => ({
      name: `supply-latest-p${priority}`,
      value: Math.max(
        0,
        ...draft.shipments.flatMap(({ need, cell }) => (need.priority === priority ? [cell.etaMin] : [])),
      ),
    }),
  );
  const tier = goals.filter(({ name }) => name === 'supply-tier');
  const { tier: order } = snapshot.order;
  return goals.flatMap((goal) => {
    if (goal.name === 'supply-tier') return [];
    if (goal.name === 'team-arrival') return [...(order === 'before-arrival' ? tier : []), goal];
    if (goal.name !== 'supply-arrival') return [goal];
    return [...latest, goal, ...(order === 'after-arrival' ? tier : [])];
  });
}

/** Negative when the left draft is better: the first goal that differs decides. */
export function compareGoals(left: readonly GoalValue[], right: readonly GoalValue[]): number {
  for (const [index, { value }] of left.entries()) {
    const other = right[index]?.value ?? 0;
    if (Math.abs(value - other) > COMPARE_TOLERANCE * Math.max(1, Math.abs(value))) return value - other;
  }
  return 0;
}
