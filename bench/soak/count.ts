import { numberOf } from '../support/stats.js';
import { countWhileMoving } from './count-run.js';
import { HONEST, type SimOptions } from './count-sim.js';
import { fillStore } from './count-store.js';
import { Grounds } from './grounds.js';

interface Servers {
  startPostgres(): Promise<{ socketUrl: string; stop(): Promise<void> } | null>;
}
const PROGRESS_EVERY_MS = 60_000;
/** Stamps of movements off by far more than the window in which a cell is counted again: differences that are none must appear. */
const CARELESS: SimOptions = { ...HONEST, stampErrorMs: 20 * 60_000 };
const CARELESS_SEEDS = 5;

/**
 * 923 lines are counted while 200 issues and 50 receipts go on, once a seed, on PostgreSQL with eight connections: no difference may be
 * found but the units that were put astray on purpose, every bin must end as it really is, and every invariant must hold. At the end
 * seeds are played with careless stamps until false differences show, as they must: the check can fail.
 */
export async function main({ args, servers }: { args: string[]; servers: Servers }) {
  const seeds = numberOf(args, '--seeds', 20);
  const from = numberOf(args, '--from', 1);
  const hands = numberOf(args, '--at-once', 3);
  const postgres = await servers.startPostgres();
  if (!postgres) throw new Error('PostgreSQL with PostGIS is not installed');
  const stores = await Grounds.of(postgres.socketUrl, 'count_store', fillStore);
  const begun = performance.now();
  const rate = () => `${((performance.now() - begun) / 1000 / Math.max(1, passed + failed)).toFixed(2)} s each`;
  let [passed, failed, next] = [0, 0, from];
  const progress = setInterval(() => console.log(`… ${passed} seeds hold, ${failed} fail, ${rate()}`), PROGRESS_EVERY_MS);
  const hand = async () => {
    for (let seed = next++; seed < from + seeds; seed = next++) {
      const faults = await play(stores, seed, HONEST);
      if (faults.length === 0) passed++;
      else failed++;
      if (faults.length > 0) console.log(`seed ${seed}: FAILS\n  ${faults.slice(0, 10).join('\n  ')}`);
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  clearInterval(progress);
  console.log(`${passed + failed} seeds, ${rate()}`);
  const seen = await seesCareless(stores, from);
  console.log(`false differences with careless stamps: ${seen ? 'seen' : 'NOT SEEN'}`);
  await stores.close();
  await postgres.stop();
  return { passed, failed: failed + (seen ? 0 : 1) };
} // prettier-ignore

const play = (grounds: Grounds, seed: number, options: SimOptions): Promise<string[]> =>
  grounds.withCopy((url) =>
    countWhileMoving(url, seed, options).catch((error: Error) => [error.stack ?? String(error)]),
  );

/** Whether a play with careless stamps shows a false difference; by luck a single one may show none. */
async function seesCareless(grounds: Grounds, from: number): Promise<boolean> {
  for (let seed = from; seed < from + CARELESS_SEEDS; seed++) {
    const faults = await play(grounds, seed, CARELESS);
    if (faults.some((fault) => fault.startsWith('variance'))) return true;
  }
  return false;
}
