import type pg from 'pg';
import type { Database } from '../../src/database/index.js';
import { type Statement, statementsOf } from '../support/record.js';
import { median, percentile } from '../support/stats.js';

export interface Compared {
  p50: number;
  p95: number;
  bareP50: number;
  bareP95: number;
}

/**
 * The same reads by the service and, as the driver alone sends their statements, bare: one by one, taking turns in who is first. A first
 * round over all of them fills the caches and is not counted.
 */
export async function compareReads(
  { db, pool, rounds }: { db: Database; pool: pg.Pool; rounds: number },
  reads: (() => Promise<unknown>)[],
): Promise<Compared> {
  const ours: number[] = [];
  const bare: number[] = [];
  const sent: Statement[][] = [];
  for (const read of reads) sent.push(await statementsOf(db, read));
  for (let round = 0; round <= rounds; round++) {
    for (const [n, read] of reads.entries()) {
      const alone = () => replayRead(pool, sent[n]!);
      const turns = (n + round) % 2 === 0 ? [read, alone] : [alone, read];
      for (const turn of turns) {
        const began = performance.now();
        await turn();
        if (round > 0) (turn === read ? ours : bare).push(performance.now() - began);
      }
    }
  }
  return {
    p50: median(ours), p95: percentile(ours, 0.95), bareP50: median(bare), bareP95: percentile(bare, 0.95),
  }; // prettier-ignore
}

async function replayRead(pool: pg.Pool, statements: Statement[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { sql, params } of statements) await client.query(sql, params as unknown[]);
  } finally {
    client.release();
  }
}
