import { dutiesOf } from './draft.rules.js';
import type { Duty, Shipment } from './draft.rules.js';
import { formulateItem, formulateTeams } from './formulate.rules.js';
import type { Goal, SupplyModel, TeamModel } from './formulate.rules.js';
import { formulateSources, onlyFrom } from './formulate-sources.rules.js';
import { costOf, holdGoal, onOptimalFace, toLpText, wholeNumber } from './linear-model.rules.js';
import type { Costs, LinearModel, SolveAnswer, SolveRequest } from './linear-model.rules.js';
import { compareIds } from './snapshot.rules.js';
import type { Snapshot } from './snapshot.rules.js';

/** The engine gave no answer in time, or no usable one. The caller throws it into the search; the stand-in takes over. */
export class SolverUnavailable extends Error {
  constructor(readonly code: 'solver-late' | 'solver-failed') {
    super(code);
  }
}

/** A search yields models and is sent the answers in the same order. */
export type Search = Generator<SolveRequest[], void, SolveAnswer[]>;

/** What is known so far about one half of the plan. A search that is cut short leaves its last whole answer here. */
export interface Found<Part> {
  parts: Part[] | null;
  /** Every goal asked so far was proven, and none is left. */
  proven: boolean;
  /** Proven upper bound of people or units by need block. */
  bounds: Map<string, number>;
}

/** Limits are in nodes, not seconds, so that the same input gives the same plan. Exact gaps. */
const MIP_OPTIONS = { mip_rel_gap: 0, mip_abs_gap: 1e-6, mip_max_nodes: 20_000, random_seed: 0 };
const LP_OPTIONS = { solver: 'simplex', random_seed: 0 };

const lpRequest = (model: LinearModel, goal: Costs): SolveRequest => ({
  lp: toLpText(model, goal),
  options: LP_OPTIONS,
});

/** LP answers are exact or nothing. */
function demandOptimal(answers: readonly SolveAnswer[]): void {
  for (const { status } of answers) {
    if (status === 'optimal') continue;
    throw new SolverUnavailable(status === 'failed' ? 'solver-failed' : 'solver-late');
  }
}

function demandPoint(answer: SolveAnswer | undefined): SolveAnswer {
  if (answer && answer.columns.length > 0) return answer;
  throw new SolverUnavailable(answer?.status === 'failed' ? 'solver-failed' : 'solver-late');
}

/** A solve that ran into the clock ends the search; what was found so far stays. */
function stopWhenLate(answer: SolveAnswer): void {
  if (answer.status === 'late') throw new SolverUnavailable('solver-late');
}

/** Rounded down, forgiving the last digits of a float that should be whole. */
const wholeBound = (bound: number): number => Math.floor(bound + 1e-6);

/**
 * Teams, goal by goal. Each goal starts from the last one's answer and holds all earlier values, so that a stopped
 * search still has a plan that is right for the goals behind it.
 */
export function* searchTeams(snapshot: Snapshot, stand: readonly Duty[], found: Found<Duty>): Search {
  const formulation = formulateTeams(snapshot);
  let { model } = formulation;
  let start = startOf(formulation, stand);
  let proven = true;
  for (const goal of formulation.goals) {
    const request = { lp: toLpText(model, goal.costs), options: MIP_OPTIONS, start };
    const answer = demandPoint((yield [request])[0]);
    const duties = readDuties(snapshot, formulation, answer);
    start = startOf(formulation, duties);
    if (goal.met && proven) noteBound(found, goal.met, -answer.bound);
    proven &&= answer.status === 'optimal';
    found.parts = duties;
    stopWhenLate(answer);
    model = holdGoal(model, goal.costs, costOf(goal.costs, start));
  }
  found.parts ??= [];
  found.proven = proven;
}

function noteBound(found: { bounds: Map<string, number> }, block: string, bound: number): void {
  found.bounds.set(block, wholeBound(bound));
}

function readDuties(snapshot: Snapshot, { pairs }: TeamModel, answer: SolveAnswer): Duty[] {
  const going = pairs.filter(({ goes }) => wholeNumber(answer.columns[goes]) === 1);
  return dutiesOf(snapshot, new Map(going.map(({ unit, need }) => [unit.unitId, need.id])));
}

function startOf({ model, pairs, covers }: TeamModel, duties: readonly Duty[]): number[] {
  const columns = model.columns.map(() => 0);
  for (const { unit, need, headcount } of duties) {
    const pair = pairs.find((entry) => entry.unit.unitId === unit.unitId && entry.need.id === need.id);
    if (!pair) continue;
    columns[pair.goes] = 1;
    columns[pair.people] = headcount;
  }
  const sent = new Set(duties.map(({ unit }) => unit.unitId));
  for (const { gap, unitIds, readyUnits } of covers)
    columns[gap] = unitIds.filter((unitId) => sent.has(unitId)).length >= readyUnits ? 1 : 0;
  return columns;
}

/**
 * Supplies, goal by goal, all items side by side: each item is a problem of its own until sources are counted. Leaves
 * the items on their last optimal face in `faces`.
 */
export function* searchSupplies(snapshot: Snapshot, found: Found<Shipment>, faces: SupplyModel[]): Search {
  const itemIds = [...new Set(snapshot.items.map(({ itemId }) => itemId))].toSorted(compareIds);
  const items = itemIds.map((itemId) => formulateItem(snapshot, itemId)).filter(({ cells }) => cells.length > 0);
  const goalsOf = (item: SupplyModel): Goal[] =>
    snapshot.objective === 'arrival' ? [...item.goals, { name: 'arrival', costs: item.arrival }] : item.goals;
  const answers = new Map<string, SolveAnswer>();
  for (let stage = 0; items.some((item) => stage < goalsOf(item).length); stage += 1) {
    const batch = items.flatMap((item, index) => {
      const goal = goalsOf(item)[stage];
      return goal ? [{ item, index, goal }] : [];
    });
    const solved = yield batch.map(({ item, goal }) => lpRequest(item.model, goal.costs));
    demandOptimal(solved);
    for (const [place, { item, index, goal }] of batch.entries()) {
      const answer = demandPoint(solved[place]);
      if (goal.met) noteBound(found, goal.met, -answer.bound);
      answers.set(item.itemId, answer);
      items[index] = { ...item, model: onOptimalFace(item.model, answer) };
    }
    found.parts = items.flatMap((item) => readShipments(item, answers.get(item.itemId)));
  }
  found.parts ??= [];
  faces.push(...items);
}

function readShipments(item: SupplyModel, answer: SolveAnswer | undefined): Shipment[] {
  return item.cells.flatMap(({ column, cell, need }) => {
    const units = wholeNumber(answer?.columns[column]);
    return units > 0 ? [{ cell, need, units }] : [];
  });
}

/**
 * The goals in which the items meet: fewest warehouses, after or before the arrival minutes. The last step is again one
 * network problem per item, so that quantities are whole.
 */
export function* searchSources(snapshot: Snapshot, found: Found<Shipment>, faces: readonly SupplyModel[]): Search {
  const joined = formulateSources(faces);
  if (!joined) {
    if (snapshot.objective === 'few-sources') yield* sendFrom(faces, found);
    found.proven = true;
    return;
  }
  let proven = true;
  let { model } = joined;
  let chosen = new Set<string>();
  const goals = snapshot.objective === 'arrival' ? [joined.sources] : [joined.sources, joined.arrival];
  for (const [index, goal] of goals.entries()) {
    const answer = demandPoint((yield [{ lp: toLpText(model, goal), options: MIP_OPTIONS }])[0]);
    stopWhenLate(answer);
    proven &&= answer.status === 'optimal';
    const sending = [...joined.sends].filter(([, column]) => wholeNumber(answer.columns[column]) === 1);
    chosen = new Set(sending.map(([warehouseId]) => warehouseId));
    if (index === 0) model = holdGoal(model, goal, sending.length);
  }
  yield* sendFrom(
    faces.map((item) => onlyFrom(item, chosen)),
    found,
  );
  found.proven = proven;
}

function* sendFrom(items: readonly SupplyModel[], found: Found<Shipment>): Search {
  const answers = yield items.map((item) => lpRequest(item.model, item.arrival));
  demandOptimal(answers);
  found.parts = items.flatMap((item, index) => readShipments(item, answers[index]));
}
