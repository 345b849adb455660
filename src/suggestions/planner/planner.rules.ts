import { FLOW, shipmentsOf } from './allocate/allocate.rules.js';
import type { Allocation } from './allocate/allocate.rules.js';
import { keepLocks } from './allocate/desk-locks.rules.js';
import type { Draft, Duty, Shipment } from './draft.rules.js';
import { excludedStock, supplyLines, unmetItems } from './explain-supplies.rules.js';
import { excludedUnits, teamLines, unmetCapabilities } from './explain-teams.rules.js';
import type { SupplyModel } from './formulate.rules.js';
import { GREEDY, greedyDraft } from './greedy.rules.js';
import type { SolveAnswer, SolveRequest } from './linear-model.rules.js';
import type { Plan, PlannerInput, PlanStatus, Reason } from './planner.types.js';
import { plainReason } from './reasons.rules.js';
import {
  compareGoals,
  coreGoalValues,
  draftShareMet,
  goalValues,
  needBlocks,
  reachable,
  shareMet,
} from './score.rules.js';
import { searchSources, searchSupplies, searchTeams, SolverUnavailable } from './search.rules.js';
import type { Found, Search } from './search.rules.js';
import { readSnapshot } from './snapshot.rules.js';
import type { Snapshot } from './snapshot.rules.js';

/** The solver's name in `Plan.solver`. */
export const HIGHS = 'highs-1.15.3';

/**
 * The planner as a pure function that asks questions: it yields models to solve and is sent the answers, and returns the
 * plan. Throw `SolverUnavailable` into it and it returns the best plan it can make without more answers. Whoever drives
 * it (worker thread, test, another engine) decides where and for how long the models are solved.
 */
export type PlanSteps = Generator<SolveRequest[], Plan, SolveAnswer[]>;

/** What the allocation core made of the goods, or why it has no answer. */
export type Goods = Allocation | { missing: Reason };

interface Progress {
  teams: Found<Duty>;
  supplies: Found<Shipment>;
  /** By the core: in place of the solver's search. */
  goods: Goods | null;
  fallback: Reason | null;
}

const nothing = <Part>(): Found<Part> => ({ parts: null, proven: false, bounds: new Map() });

/**
 * Plans one incident. Order of goals: the desk's locks; per priority 1, 2, 3 what is missing, then what is late; then
 * cities left uncovered and units below the reserve; county before city before province; arrival; sources. `goods` is the
 * core's answer for the supplies; without it they are asked of the solver as well.
 * Throws `InvalidPlannerInput` when the snapshot contradicts itself.
 */
export function planSteps(input: PlannerInput, goods: Goods | null = null): PlanSteps {
  return planning(input, goods).steps;
}

/** The same with a look at the plan as it stands between two answers: filled up by the stand-in, or the stand-in's own if better. */
export function planning(input: PlannerInput, goods: Goods | null): { steps: PlanSteps; soFar: () => Plan } {
  const snapshot = readSnapshot(input);
  const stand = standIn(snapshot);
  const progress: Progress = { teams: nothing(), supplies: given(snapshot, goods), goods, fallback: null };
  if (goods && 'missing' in goods) progress.fallback = goods.missing;
  return { steps: stepsOf(snapshot, stand, progress), soFar: () => writePlan(snapshot, stand, progress) };
}

function* stepsOf(snapshot: Snapshot, stand: Draft, progress: Progress): PlanSteps {
  try {
    yield* searchAll(snapshot, stand, progress);
  } catch (refusal) {
    if (!(refusal instanceof SolverUnavailable)) throw refusal;
    progress.fallback ??= plainReason(refusal.code);
  }
  return writePlan(snapshot, stand, progress);
}

/** The plan of the stand-in alone, without any solver. */
export function greedyPlan(input: PlannerInput): Plan {
  const snapshot = readSnapshot(input);
  const progress = { teams: nothing<Duty>(), supplies: nothing<Shipment>(), goods: null, fallback: null };
  return writePlan(snapshot, standIn(snapshot), progress);
}

/** Locked goods first, then the stand-in's choice. */
const standIn = (snapshot: Snapshot): Draft =>
  greedyDraft(snapshot, { duties: [], shipments: keepLocks(snapshot).draws });

function given(snapshot: Snapshot, goods: Goods | null): Found<Shipment> {
  if (!goods || 'missing' in goods) return nothing();
  return {
    parts: shipmentsOf(snapshot, goods),
    proven: goods.proven,
    bounds: new Map(goods.proven ? goods.bounds : []),
  };
}

function* searchAll(snapshot: Snapshot, stand: Draft, { teams, supplies, goods }: Progress): Search {
  const faces: SupplyModel[] = [];
  if (!goods) yield* searchSupplies(snapshot, supplies, faces);
  yield* searchTeams(snapshot, stand.duties, teams);
  if (!goods) yield* searchSources(snapshot, supplies, faces);
}

type Engine = 'solver' | 'unfinished' | 'stand-in';

/**
 * The solver's half when it is proven. Else its best so far, what is open filled up by the stand-in (an interrupted
 * search has not yet asked for the lower goals), or the stand-in's own: the better of the two, goal by goal.
 */
function choose<Part>(
  found: Found<Part>,
  filled: Part[],
  stand: Part[],
  isBetter: (parts: Part[]) => boolean,
): { parts: Part[]; engine: Engine } {
  if (found.parts && found.proven) return { parts: found.parts, engine: 'solver' };
  if (found.parts && isBetter(filled)) return { parts: filled, engine: 'unfinished' };
  return { parts: stand, engine: 'stand-in' };
}

function writePlan(snapshot: Snapshot, stand: Draft, { teams, supplies, goods, fallback }: Progress): Plan {
  const standGoals = goalValues(snapshot, stand);
  const isBetter = (draft: Draft): boolean => compareGoals(goalValues(snapshot, draft), standGoals) <= 0;
  const filled = greedyDraft(snapshot, { duties: teams.parts ?? [], shipments: supplies.parts ?? [] });
  const duties = choose(teams, filled.duties, stand.duties, (parts) =>
    isBetter({ duties: parts, shipments: stand.shipments }),
  );
  const shipments = choose(supplies, filled.shipments, stand.shipments, (parts) =>
    isBetter({ duties: stand.duties, shipments: parts }),
  );
  const core = goods && !('missing' in goods) && shipments.engine !== 'stand-in' ? goods : null;
  const draft: Draft = { duties: duties.parts, shipments: shipments.parts, reserved: core?.reserved ?? [] };
  const status = statusOf([duties.engine, shipments.engine]);
  const met = draftShareMet(snapshot, draft);
  const bound = Math.max(met, boundShare(snapshot, new Map([...teams.bounds, ...supplies.bounds])));
  const unfinished = [teams, supplies].some(({ parts, proven }) => parts !== null && !proven);
  const cause = fallback ?? (unfinished ? plainReason('solver-unproven') : null);
  return {
    lines: [...teamLines(snapshot, draft), ...supplyLines(snapshot, draft)],
    unmet: [...unmetCapabilities(snapshot, draft), ...unmetItems(snapshot, draft)],
    excluded: [...excludedUnits(snapshot, draft), ...excludedStock(snapshot, draft)],
    stages: [{ name: 'need-met', value: met }, ...(core ? coreGoalValues : goalValues)(snapshot, draft)],
    bound,
    gap: bound === 0 ? 0 : (bound - met) / bound,
    solver: solverName(snapshot, { teams: duties.engine, supplies: shipments.engine, isCore: core !== null }),
    status,
    reserved: draft.reserved ?? [],
    insight: core?.insight ?? null,
    ...(cause ? { fallback: cause } : {}),
  };
}

/** Proven bounds where the solver gave them, else what could be reached if nothing else were asked for. */
function boundShare(snapshot: Snapshot, bounds: ReadonlyMap<string, number>): number {
  return shareMet(needBlocks(snapshot), (block) =>
    Math.min(bounds.get(block.key) ?? block.missing, reachable(snapshot, block)),
  );
}

function statusOf(engines: readonly Engine[]): PlanStatus {
  if (engines.includes('stand-in')) return 'greedy';
  return engines.includes('unfinished') ? 'time-limit' : 'optimal';
}

/** Named are the engines of the halves that had anything to plan. */
function solverName(
  { capabilities, items }: Snapshot,
  { teams, supplies, isCore }: { teams: Engine; supplies: Engine; isCore: boolean },
): string {
  const isOpen = ({ missing }: { missing: number }): boolean => missing > 0;
  const names = [
    ...(capabilities.some(isOpen) || !items.some(isOpen) ? [teams === 'stand-in' ? GREEDY : HIGHS] : []),
    ...(items.some(isOpen) ? [supplies === 'stand-in' ? GREEDY : isCore ? FLOW : HIGHS] : []),
  ];
  return [...new Set(names)].toSorted().reverse().join('+');
}
