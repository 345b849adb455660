// Worker entry: one advice, then the thread ends. Plain JavaScript, so that Node starts the same file from dist/ in production and
// from src/ in tests; there the rules are still TypeScript, and the tests' loader reads them.
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';

const rules = new URL('./advise.rules.js', import.meta.url);
if (!existsSync(rules)) await import('../../../test/support/typescript-loader.mjs');
const { adviseStructure } = await import(rules.href);
const { solverOf } = await import(new URL('./lp-solver.js', import.meta.url).href);

const { giveWay, workBehindOthers } = await import(new URL('../../shared/give-way.js', import.meta.url).href);
workBehindOthers();

const { problem, timeLimitMs } = workerData;
const standAside = giveWay();
const solve = solverOf(await loadHighs());
const until = performance.now() + timeLimitMs;
const shouldStop = () => {
  standAside();
  return performance.now() > until;
};
parentPort.postMessage(adviseStructure(problem, { solve, shouldStop }));
