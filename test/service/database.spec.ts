import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, inTransaction, read, type Tx } from '../../src/database/index.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { Line } from '../support/processes.js';

describe('a database that goes away in the middle', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await testDatabase()), 120_000);
  afterAll(() => database?.drop());

  it('is a refusal that may be tried again, whatever was asked of it', async () => {
    const line = await Line.to(database.url);
    const db = await Database.connect({ url: line.url, poolSize: 2, embedded: !process.env.TEST_DATABASE_URL });
    const ask = (tx: Tx) => tx.query('select 1');
    await read(db, ask);
    line.fallSilent();
    const asked = [inTransaction(db, ask), read(db, ask)].map((answer) => answer.then(() => 'answered', (error: unknown) => error)); // prettier-ignore
    await sleep(200); // both are on their way, and nothing comes back
    line.close();
    for (const refused of await Promise.all(asked))
      expect(refused).toMatchObject({ code: 'busy', status: 503, retryAfterS: 2 });
    await db.close();
  }, 30_000);
});
