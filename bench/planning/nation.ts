import { parentPort } from 'node:worker_threads';
import { giveWay, workBehindOthers } from '../../src/shared/give-way.js';
import { sampleInstance } from '../../src/suggestions/planner/flow/instances.samples.js';
import { DEFAULT_POLICY, planSupplies } from '../../src/suggestions/planner/flow/plan-supplies.rules.js';
import { verifySupplies } from '../../src/suggestions/planner/verify-plan/verify-supplies.rules.js';

workBehindOthers();
const standAside = giveWay();
const shouldStop = () => {
  standAside();
  return false;
};
const instance = sampleInstance('L', 1);
parentPort!.postMessage('ready');
/** As the planner's own thread does (`supply.worker.mjs`): plans the nation and checks the plan, again and again, until the thread is ended; tells each plan. */
for (;;) {
  verifySupplies(instance, DEFAULT_POLICY, planSupplies(instance, DEFAULT_POLICY, { shouldStop }), shouldStop);
  parentPort!.postMessage('planned');
}
