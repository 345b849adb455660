import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, inTransaction, read, type Tx } from '../../src/database/index.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

describe('two transactions that wait for each other', () => {
  let database: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await testDatabase();
    db = await Database.connect({ url: database.url, poolSize: 4, embedded: false });
    await read(db, (tx) => tx.query(`create table pair (id integer primary key, units integer not null)`));
    await read(db, (tx) => tx.query(`insert into pair values (1, 0), (2, 0)`));
  }, 120_000);
  afterAll(async () => {
    await db?.close();
    await database?.drop();
  });

  it('both have their effect once: the one that the database ends runs again from a fresh begin', async () => {
    const bodies = { count: 0 };
    let arrived = 0;
    let bothHold!: () => void;
    const meeting = new Promise<void>((resolve) => (bothHold = resolve));
    const add = (tx: Tx, id: number) => tx.query(`update pair set units = units + 1 where id = $1`, [id]);
    const cross = (first: number, second: number) =>
      inTransaction(db, async (tx) => {
        bodies.count++;
        await add(tx, first);
        if (++arrived === 2) bothHold();
        await meeting;
        await add(tx, second);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(bodies.count).toBe(3);
    expect(await read(db, (tx) => tx.query(`select id, units from pair order by id`))).toEqual([
      { id: 1, units: 2 },
      { id: 2, units: 2 },
    ]);
  }, 30_000);
});
