// Worker entry: HiGHS (WASM) behind a message port. Plain JavaScript, so that Node starts the same file from src/ in tests
// and from dist/ in production. It knows nothing of plans: CPLEX LP text in, primal and dual values out.
import { existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import loadHighs from 'highs';

const priority = new URL('../../shared/give-way.js', import.meta.url);
if (!existsSync(priority)) await import('../../../test/support/typescript-loader.mjs');
const { workBehindOthers } = await import(priority.href);
workBehindOthers();

const highs = await loadHighs();
const { modelStatus } = highs.constants;
const LIMITS = new Set([modelStatus.iterationLimit, modelStatus.solutionLimit, modelStatus.objectiveBound]);
const FEASIBLE = 2;

function statusOf(code) {
  if (code === modelStatus.optimal || code === modelStatus.empty) return 'optimal';
  if (code === modelStatus.timeLimit) return 'late';
  return LIMITS.has(code) ? 'limit' : 'failed';
}

function solve({ lp, options, start }, timeLimitS) {
  return highs.withModel({ format: 'lp', data: lp }, (model) => {
    model.options.set({ output_flag: false, time_limit: timeLimitS, ...options });
    if (start) model.setSolution({ colValue: Float64Array.from(start) });
    const { modelStatus: code } = model.run();
    const feasible = model.info.get('primal_solution_status') === FEASIBLE;
    const { colValue, colDual, rowDual } = model.getSolution();
    const objective = feasible ? model.getObjectiveValue() : Number.NaN;
    const isMip = model.info.get('mip_node_count') >= 0n;
    return {
      status: statusOf(code),
      objective,
      bound: isMip ? model.info.get('mip_dual_bound') : objective,
      columns: feasible ? [...colValue] : [],
      columnDuals: isMip ? [] : [...colDual],
      rowDuals: isMip ? [] : [...rowDual],
    };
  });
}

function solveAll({ id, requests, timeLimitMs }) {
  const deadline = performance.now() + timeLimitMs;
  const answers = requests.map((request) => solve(request, Math.max(0, deadline - performance.now()) / 1000));
  parentPort.postMessage({ id, answers });
}

// The first solves of a fresh WASM module are slow; pay for them before the first plan.
for (const integers of ['', 'General\n c0\n'])
  solve(
    { lp: `Minimize\n goal: 1 c0\nSubject To\n r0: 2 c0 >= 3\nBounds\n 0 <= c0 <= 9\n${integers}End\n`, options: {} },
    10,
  );

parentPort.on('message', solveAll);
parentPort.postMessage({ ready: true, version: highs.version.string });
