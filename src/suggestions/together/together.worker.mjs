// Worker entry: one plan, then the thread ends. Plain JavaScript, so that Node starts the same file from dist/ in production and
// from src/ in tests; there the rules are still TypeScript, and the tests' loader reads them.
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const planner = new URL('../planner/teams-search/team-planner.js', import.meta.url);
if (!existsSync(planner)) await import('../../../test/support/typescript-loader.mjs');
const { planTeams } = await import(planner.href);
const { nearestTeams } = await import(new URL('../planner/teams-search/team-search.rules.js', import.meta.url).href);
const { SolverWorker } = await import(new URL('../planner/solver-worker.js', import.meta.url).href);
const { giveWay, workBehindOthers } = await import(new URL('../../shared/give-way.js', import.meta.url).href);
workBehindOthers();

const { instance, timeoutMs } = workerData;
const standAside = giveWay();
const until = performance.now() + timeoutMs;
const shouldStop = () => {
  standAside();
  return performance.now() > until;
};
const solver = new SolverWorker();
try {
  const known = await planTeams(instance, solver, { timeoutMs, shouldStop });
  parentPort.postMessage({ ...known, alone: nearestTeams(instance) });
} finally {
  await solver.close();
}
