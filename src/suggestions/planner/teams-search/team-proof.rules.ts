import { toLpText } from '../linear-model.rules.js';
import type { SolveAnswer, SolveRequest } from '../linear-model.rules.js';
import { seeded } from '../flow/random.rules.js';
import { TeamCase, TeamModel, teamFloors } from './team-model.rules.js';
import { HEAD, HOLE, TeamPacker } from './team-packing.rules.js';
import type { TeamGuide } from './team-packing.rules.js';
import { TeamState } from './team-state.rules.js';
import type { TeamInstance, TeamPlan } from './teams.types.js';

const RELAXED = { solver: 'simplex', random_seed: 0 };
/** Rounds of packing by the relaxed model. */
const PACKINGS = 24_000;
/** Limits are in nodes, not seconds, so that the same input gives the same plan. */
const OPTIONS = { mip_rel_gap: 0, mip_abs_gap: 0.99, mip_max_nodes: 100_000, random_seed: 0 };

/** What is proven of the first two goals: no plan misses fewer weighed heads, and none of those that miss as few has fewer holes. */
export interface TeamBound {
  unmet: number;
  /** 0 as long as the heads missing are not proven least. */
  holes: number;
}

export interface ProvenTeams {
  plan: TeamPlan;
  bound: TeamBound;
  /** The plan has the least of the first two goals. */
  proven: boolean;
}

/** What is known, and whether there is time to go on. */
export interface Known extends ProvenTeams {
  shouldStop: () => boolean;
}

interface Asking {
  of: TeamCase;
  model: TeamModel;
  goal: keyof TeamBound;
}

/** Yields models to be solved and is sent the answers; what is known is in `known` at every moment, also when it is cut short. */
export type TeamProof = Generator<SolveRequest[], void, SolveAnswer[]>;

/**
 * Betters and proves the first two goals of a plan: first the heads missing, by tables of each capability where these suffice, then the covers
 * among the plans that miss as few. A plan that is taken over has the minutes that it happens to have.
 */
export function* proveTeams(n: TeamInstance, known: Known): TeamProof {
  const of = new TeamCase(n);
  const floors = teamFloors(of, known.plan.assigned);
  known.bound.unmet = floors.floors.reduce((sum, floor) => sum + floor, 0);
  if (known.bound.unmet < known.plan.unmet) {
    const model = new TeamModel(of, floors, known.plan.unmet);
    yield* bettered(n, known, { model, of, goal: 'unmet' });
  }
  if (known.bound.unmet < known.plan.unmet) return;
  const model = new TeamModel(of, teamFloors(of, known.plan.assigned), known.plan.unmet);
  yield* bettered(n, known, { model, of, goal: 'holes' });
  known.proven = known.bound.holes === known.plan.holes;
}

/**
 * Asks for less of a goal and raises the whole number below which it cannot be. The relaxed model comes first: often it proves as much already,
 * and packing by its prices and choices reaches it where the search did not.
 */
function* bettered(n: TeamInstance, known: Known, { model, of, goal }: Asking): TeamProof {
  const costs = model[goal];
  const raise = (bound: number): void => void (known.bound[goal] = Math.max(known.bound[goal], wholeBound(bound)));
  const packBy = (guide: TeamGuide): void => {
    const packer = new TeamPacker(n, seeded(1), of.able, known.plan.assigned, guide);
    packer.pack(PACKINGS, known.shouldStop);
    keepBetter(known, planOf(n, packer.best));
  };
  const [relaxed] = yield [{ lp: toLpText(model.relaxed(), costs), options: RELAXED }];
  if (relaxed?.status === 'optimal') {
    raise(relaxed.objective);
    if (known.plan[goal] > known.bound[goal]) packBy(model.guide(relaxed, goal === 'unmet' ? HEAD : HOLE));
  }
  if (known.plan[goal] <= known.bound[goal] || known.shouldStop()) return;
  const start = model.startFrom(known.plan.assigned);
  const [answer] = yield [{ lp: toLpText(model.model, costs), options: OPTIONS, start }];
  if (answer === undefined || answer.columns.length === 0) return;
  keepBetter(known, planOf(n, model.read(answer.columns)));
  raise(answer.bound);
}

/** A goal of thousands is a sum of whole numbers: the last digits of a float are forgiven. */
const wholeBound = (bound: number): number => Math.max(0, Math.ceil(bound - 1e-6));

function keepBetter(known: ProvenTeams, plan: TeamPlan): void {
  const { unmet, holes } = known.plan;
  if (plan.unmet < unmet || (plan.unmet === unmet && plan.holes < holes)) known.plan = plan;
}

/** A plan with the value of every goal, counted anew from who serves what. */
export function planOf(n: TeamInstance, assigned: Int32Array): TeamPlan {
  const state = new TeamState(n);
  state.become(assigned);
  const { unmet, holes, minutes } = state;
  return { assigned: assigned.slice(), unmet, holes, minutes, rounds: 0 };
}
