// Worker entry: one rotation with its check, then the thread ends. Plain JavaScript, so that Node starts the same file from dist/ in
// production and from src/ in tests; there the rules are still TypeScript, and the tests' loader reads them.
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';

const rules = new URL('./plan-rotation.rules.js', import.meta.url);
if (!existsSync(rules)) await import('../../../../test/support/typescript-loader.mjs');
const { planRotation } = await import(rules.href);
const { verifyRotation } = await import(new URL('./verify-rotation.rules.js', import.meta.url).href);
const { solverOf } = await import(new URL('../lp-solver.js', import.meta.url).href);
const { workBehindOthers } = await import(new URL('../../../shared/give-way.js', import.meta.url).href);
workBehindOthers();

const { problem } = workerData;
const plan = planRotation(problem, { solve: solverOf(await loadHighs()) });
parentPort.postMessage({ plan, faults: verifyRotation(problem, plan) });
