import type { SolverWorker } from '../solver-worker.js';
import { SolverUnavailable } from '../search.rules.js';
import { proveTeams } from './team-proof.rules.js';
import type { Known, ProvenTeams } from './team-proof.rules.js';
import { betterMinutes, searchTeamPlan } from './team-search.rules.js';
import type { TeamInstance, TeamLimits } from './teams.types.js';

/** Rounds of the search when a proof follows: what is left to better is found there. */
const ROUNDS = 8_000;

/**
 * The teams of all incidents together: a plan is searched for on the calling thread (about half a second for 152 teams), then bettered and
 * proven by HiGHS in its own thread until the time is over; a solver that is late or down leaves the plan and the bound known by then.
 * @param timeoutMs for everything together
 */
export async function planTeams(
  n: TeamInstance,
  solver: SolverWorker,
  { timeoutMs, ...wished }: Partial<TeamLimits> & { timeoutMs: number },
): Promise<ProvenTeams> {
  const limits = { rounds: ROUNDS, ...wished };
  const deadlineMs = performance.now() + timeoutMs;
  const plan = searchTeamPlan(n, limits);
  const shouldStop = () => performance.now() > deadlineMs || (wished.shouldStop?.() ?? false);
  const known: Known = { plan, bound: { unmet: 0, holes: 0 }, proven: false, shouldStop };
  try {
    const proof = proveTeams(n, known);
    for (let step = proof.next(); !step.done;) step = proof.next(await solver.solve(step.value, deadlineMs));
  } catch (error) {
    if (!(error instanceof SolverUnavailable)) throw error;
  }
  if (known.plan !== plan) known.plan = betterMinutes(n, known.plan, limits);
  return { plan: known.plan, bound: known.bound, proven: known.proven };
}
