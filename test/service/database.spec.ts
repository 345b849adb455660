import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, inSnapshot, inTransaction, read, type Tx } from '../../src/database/index.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { Line } from '../support/processes.js';

describe('a database that goes away in the middle', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await testDatabase()), 120_000);
  afterAll(() => database?.drop());

  it('is a refusal that may be tried again, whatever was asked of it', async () => {
    const line = await Line.to(database.url);
    const db = await Database.connect({ url: line.url, poolSize: 3, embedded: !process.env.TEST_DATABASE_URL });
    const ask = (tx: Tx) => tx.query('select 1');
    await read(db, ask);
    line.fallSilent();
    const rows = inSnapshot(db, (tx) => tx.each('select 1', [], () => undefined));
    const asked = [inTransaction(db, ask), read(db, ask), rows].map((answer) => answer.then(() => 'answered', (error: unknown) => error)); // prettier-ignore
    await sleep(200); // all are on their way, and nothing comes back
    line.close();
    for (const refused of await Promise.all(asked))
      expect(refused).toMatchObject({ code: 'busy', status: 503, retryAfterS: 2 });
    await db.close();
  }, 30_000);

  it('gives rows as they come, and what goes wrong with one of them to whoever asked', async () => {
    const db = await Database.connect({ url: database.url, poolSize: 1, embedded: !process.env.TEST_DATABASE_URL });
    const numbers = (take: (row: { n: number }) => void) =>
      inSnapshot(db, (tx) => tx.each('select generate_series(1, $1::int) as n', [3], take));
    const seen: number[] = [];
    await numbers(({ n }) => void seen.push(n));
    expect(seen).toEqual([1, 2, 3]);
    const fail = ({ n }: { n: number }) => {
      throw new Error(`row ${n}`);
    };
    await expect(numbers(fail)).rejects.toThrow('row 1');
    await expect(read(db, (tx) => tx.query('select 1 as n'))).resolves.toEqual([{ n: 1 }]); // the connection is whole
    await db.close();
  }, 30_000);
});
