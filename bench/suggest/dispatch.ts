import { PlannerPool } from '../../src/suggestions/planner/planner.js';
import { randomInput } from '../../src/suggestions/planner/planner.samples.js';
import { median } from '../support/stats.js';

const UNITS = 152;
const SIZE = { capabilities: 6, itemNeeds: 0, items: 0, units: UNITS, warehouses: 0, amount: 30 };
const INCIDENTS = 12;

/**
 * Teams for one incident as the product plans them: six capabilities asked of 152 units of all tiers, some resting, busy or not ready; every
 * goal proven by HiGHS, the plan verified. Milliseconds by the wall, warm, of 12 seeded incidents; `proven` counts those whose every goal is
 * proven. `priced` is the same where the desk left some units out (5 % of them): what each of these costs is a plan of its own, a dozen more.
 */
export async function timeProposals() {
  const pool = new PlannerPool();
  await pool.start();
  const propose = (seed: number, excluded: { excludedUnitIds?: string[] }) =>
    pool.plan({ ...randomInput(seed, SIZE), objective: 'arrival', lockedUnitIds: [], ...excluded }, { timeoutMs: 30_000 }); // prettier-ignore
  const time = async (excluded: { excludedUnitIds?: string[] }) => {
    const times: number[] = [];
    let proven = 0;
    for (let seed = 1; seed <= INCIDENTS; seed++) {
      const began = performance.now();
      const { status } = await propose(seed, excluded);
      times.push(performance.now() - began);
      if (status === 'optimal') proven++;
    }
    return { medianMs: median(times), slowestMs: Math.max(...times), proven, asked: INCIDENTS };
  };
  await time({ excludedUnitIds: [] });
  const plain = await time({ excludedUnitIds: [] });
  const priced = await time({});
  await pool.close();
  return { ...plain, priced };
}
