import { sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { SolverWorker } from '../../src/suggestions/planner/solver-worker.js';
import { sampleTeams } from '../../src/suggestions/planner/teams-search/team-instances.samples.js';
import { planTeams } from '../../src/suggestions/planner/teams-search/team-planner.js';
import { nearestTeams } from '../../src/suggestions/planner/teams-search/team-search.rules.js';
import { median } from '../support/stats.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const LIMIT_MS = 2_000;
const PATIENCE_MS = 60_000;

/**
 * 152 teams of twenty seeded provinces, planned together and proven in the first two goals. Seconds by the wall until the proof, the search
 * counted. `provenInTime` counts the provinces that were proven when told to answer within 2 s, `equalInTime` those whose plan was then that of
 * the proof (with up to a minute for it), `proven` those that this proved.
 */
export async function timeTeams() {
  const solver = new SolverWorker();
  await solver.warmUp();
  const seconds: number[] = [];
  const figures = { proven: 0, provenInTime: 0, equalInTime: 0, provinces: SEEDS.length };
  for (const seed of SEEDS) {
    const n = sampleTeams(sampleInstance('M', seed), seed);
    const nearest = nearestTeams(n);
    const inTime = await planTeams(n, solver, { seed, timeoutMs: LIMIT_MS });
    const began = performance.now();
    const { plan, bound, proven } = await planTeams(n, solver, { seed, timeoutMs: PATIENCE_MS });
    seconds.push((performance.now() - began) / 1000);
    const isEqual = plan.unmet === inTime.plan.unmet && plan.holes === inTime.plan.holes;
    if (proven) figures.proven++;
    if (inTime.proven) figures.provenInTime++;
    if (proven && isEqual) figures.equalInTime++;
    console.log(`teams ${n.name}: missing/holes within 2 s ${inTime.plan.unmet}/${inTime.plan.holes}${inTime.proven ? ', proven' : `, at least ${inTime.bound.unmet}/${inTime.bound.holes}`}; after ${seconds.at(-1)!.toFixed(2)} s ${plan.unmet}/${plan.holes}${proven ? ', proven' : `, at least ${bound.unmet}/${bound.holes}`}; nearest first ${nearest.unmet}/${nearest.holes}`); // prettier-ignore
  }
  await solver.close();
  return { ...figures, medianS: median(seconds), slowestS: Math.max(...seconds) };
}
