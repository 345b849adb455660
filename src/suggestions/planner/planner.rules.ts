import type { Draft, Duty, Shipment } from './draft.rules.js';
import { excludedStock, supplyLines, unmetItems } from './explain-supplies.rules.js';
import { excludedUnits, teamLines, unmetCapabilities } from './explain-teams.rules.js';
import type { SupplyModel } from './formulate.rules.js';
import { GREEDY, greedyDraft } from './greedy.rules.js';
import type { SolveAnswer, SolveRequest } from './linear-model.rules.js';
import type { Plan, PlannerInput, PlanStatus, Reason } from './planner.types.js';
import { plainReason } from './reasons.rules.js';
import { compareGoals, draftShareMet, goalValues, needBlocks, reachable, shareMet } from './score.rules.js';
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

interface Progress {
  teams: Found<Duty>;
  supplies: Found<Shipment>;
  fallback: Reason | null;
}

const nothing = <Part>(): Found<Part> => ({ parts: null, proven: false, bounds: new Map() });

/**
 * Plans one incident. Order of goals: the desk's locks; per priority 1, 2, 3 what is missing, then what is late; then
 * cities left uncovered and units below the reserve; county before city before province; arrival; sources.
 * Throws `InvalidPlannerInput` when the snapshot contradicts itself.
 */
export function* planSteps(input: PlannerInput): PlanSteps {
  const snapshot = readSnapshot(input);
  const stand = greedyDraft(snapshot);
  const progress: Progress = { teams: nothing(), supplies: nothing(), fallback: null };
  try {
    yield* searchAll(snapshot, stand, progress);
  } catch (refusal) {
    if (!(refusal instanceof SolverUnavailable)) throw refusal;
    progress.fallback = plainReason(refusal.code);
  }
  return writePlan(snapshot, stand, progress);
}

/** The plan of the stand-in alone, without any solver. */
export function greedyPlan(input: PlannerInput): Plan {
  const snapshot = readSnapshot(input);
  return writePlan(snapshot, greedyDraft(snapshot), { teams: nothing(), supplies: nothing(), fallback: null });
}

function* searchAll(snapshot: Snapshot, stand: Draft, { teams, supplies }: Progress): Search {
  const faces: SupplyModel[] = [];
  yield* searchSupplies(snapshot, supplies, faces);
  yield* searchTeams(snapshot, stand.duties, teams);
  yield* searchSources(snapshot, supplies, faces);
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

function writePlan(snapshot: Snapshot, stand: Draft, { teams, supplies, fallback }: Progress): Plan {
  const standGoals = goalValues(snapshot, stand);
  const isBetter = (draft: Draft): boolean => compareGoals(goalValues(snapshot, draft), standGoals) <= 0;
  const filled = greedyDraft(snapshot, { duties: teams.parts ?? [], shipments: supplies.parts ?? [] });
  const duties = choose(teams, filled.duties, stand.duties, (parts) =>
    isBetter({ duties: parts, shipments: stand.shipments }),
  );
  const shipments = choose(supplies, filled.shipments, stand.shipments, (parts) =>
    isBetter({ duties: stand.duties, shipments: parts }),
  );
  const draft: Draft = { duties: duties.parts, shipments: shipments.parts };
  const status = statusOf([duties.engine, shipments.engine]);
  const met = draftShareMet(snapshot, draft);
  const bound = Math.max(met, boundShare(snapshot, new Map([...teams.bounds, ...supplies.bounds])));
  const unfinished = [teams, supplies].some(({ parts, proven }) => parts !== null && !proven);
  const cause = fallback ?? (unfinished ? plainReason('solver-unproven') : null);
  return {
    lines: [...teamLines(snapshot, draft), ...supplyLines(snapshot, draft)],
    unmet: [...unmetCapabilities(snapshot, draft), ...unmetItems(snapshot, draft)],
    excluded: [...excludedUnits(snapshot, draft), ...excludedStock(snapshot, draft)],
    stages: [{ name: 'need-met', value: met }, ...goalValues(snapshot, draft)],
    bound,
    gap: bound === 0 ? 0 : (bound - met) / bound,
    solver: solverName([duties.engine, shipments.engine]),
    status,
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

function solverName(engines: readonly Engine[]): string {
  const names = engines.map((engine) => (engine === 'stand-in' ? GREEDY : HIGHS));
  return [...new Set(names)].toSorted().reverse().join('+');
}
