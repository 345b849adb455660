import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, inTransaction, read } from '../../src/database/index.js';
import { demoLoadedOnce } from '../../src/demo/load.store.js';

/** Longer than any command may wait for a lock. */
const LONG_MS = 6000;

describe('the first start on a server', () => {
  const adminUrl = process.env.TEST_DATABASE_URL!;
  const name = `chiyuan_first_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();
  let other: pg.Client;
  let db: Database;
  beforeAll(async () => {
    await administer(`create database ${name}`);
    other = new pg.Client({ connectionString: url });
    await other.connect();
    db = await Database.connect({ url, poolSize: 2, embedded: false });
  }, 60_000);
  afterAll(async () => {
    await db?.close();
    await other?.end();
    await administer(`drop database if exists ${name} with (force)`);
  });

  async function administer(sql: string): Promise<void> {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  }

  it('gives a migration the time that large tables take, and waits for a table no longer than a command does', async () => {
    await other.query(`create table seen_limits (statement text, lock text)`);
    await other.query(`create function note_limits() returns event_trigger language plpgsql as
      $$ begin insert into public.seen_limits values (current_setting('statement_timeout'), current_setting('lock_timeout')); end $$`);
    await other.query(`create event trigger note_limits on ddl_command_end execute function note_limits()`);
    await db.migrate();
    await other.query(`drop event trigger note_limits`);
    const { rows } = await other.query(`select distinct statement, lock from seen_limits where statement is not null`);
    expect(rows).toEqual([{ statement: '0', lock: '5s' }]);
    const [after] = await read(db, (tx) => tx.query(`select current_setting('statement_timeout') as limit`));
    expect(after).toEqual({ limit: '20s' });
  }, 60_000);

  it('lets a second process wait until the first has loaded the demo, however long that takes', async () => {
    await other.query(`select pg_advisory_lock(20260723)`);
    const waits = inTransaction(db, (tx) => demoLoadedOnce(tx)).then(() => 'waited', (error: unknown) => error); // prettier-ignore
    await new Promise((wake) => setTimeout(wake, LONG_MS));
    await other.query(`select pg_advisory_unlock(20260723)`);
    expect(await waits).toBe('waited');
  }, 30_000);
});
