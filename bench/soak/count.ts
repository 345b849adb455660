import pg from 'pg';
import { numberOf } from '../support/stats.js';
import { countWhileMoving } from './count-run.js';
import { fillStore } from './count-store.js';

interface Servers {
  startPostgres(): Promise<{ url: string; stop(): Promise<void> } | null>;
}

/**
 * 923 lines are counted while 200 issues and 50 receipts go on, once a seed, on PostgreSQL with eight connections: no difference may be
 * found but the units that were put astray on purpose, every bin must end as it really is, and every invariant must hold.
 */
export async function main({ args, servers }: { args: string[]; servers: Servers }) {
  const seeds = numberOf(args, '--seeds', 20);
  const from = numberOf(args, '--from', 1);
  const hands = numberOf(args, '--at-once', 2);
  const postgres = await servers.startPostgres();
  if (!postgres) throw new Error('PostgreSQL with PostGIS is not installed');
  const admin = new pg.Pool({ connectionString: postgres.url, max: 1 });
  const urlOf = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).toString();
  await admin.query('create database count_store');
  await fillStore(urlOf('count_store'));
  let [passed, failed, next] = [0, 0, from];
  const start = performance.now();
  const hand = async () => {
    for (let seed = next++; seed < from + seeds; seed = next++) {
      await admin.query(`create database count_${seed} template count_store`);
      const faults = await countWhileMoving(urlOf(`count_${seed}`), seed).catch((error: Error) => [error.stack ?? String(error)]);
      await admin.query(`drop database count_${seed} with (force)`);
      if (faults.length === 0) passed++;
      else failed++;
      if (faults.length > 0) console.log(`seed ${seed}: FAILS\n  ${faults.slice(0, 10).join('\n  ')}`);
      else if (passed % 20 === 0) console.log(`${passed} seeds hold, ${((performance.now() - start) / 1000 / passed).toFixed(1)} s each`);
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  await admin.end();
  await postgres.stop();
  return { passed, failed };
} // prettier-ignore
