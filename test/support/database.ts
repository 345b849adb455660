import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { hashPassword } from '../../src/access/index.js';
import { Database, inTransaction } from '../../src/database/index.js';
import { startEmbedded } from '../../src/database/embedded.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';

/** The moment at which the tests' world was loaded: a July night of the flood season. */
export const WORLD_NOW = new Date('2026-07-21T03:00:00+08:00');
export const DEMO_PASSWORD = 'chiyuan-demo';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own with the migrations and the demo, cloned from a template that is built once per version of what it is made
 * of. On the server named by TEST_DATABASE_URL when there is one, otherwise embedded.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? serverDatabase(server) : embeddedDatabase();
}

/** Changes when the schema or the demo do, so that an old template is not taken for a new one. */
function templateVersion(): string {
  const hash = createHash('sha256');
  for (const folder of ['src/database/migrations', 'src/database/seeds/demo', 'src/demo']) {
    for (const file of readdirSync(folder).sort())
      if (!file.endsWith('.spec.ts')) hash.update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function fill(url: string, embedded: boolean): Promise<void> {
  const db = await Database.connect({ url, poolSize: 2, embedded });
  try {
    await db.migrate();
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await inTransaction(db, (tx) => loadDemo(tx, generateDemo({ now: WORLD_NOW }), { passwordHash, now: WORLD_NOW }));
  } finally {
    await db.close();
  }
}

async function embeddedDatabase(): Promise<TestDatabase> {
  const cache = 'node_modules/.cache/chiyuan';
  const template = join(cache, `test-${templateVersion()}`);
  if (!existsSync(template)) {
    mkdirSync(cache, { recursive: true });
    const building = mkdtempSync(join(cache, 'building-'));
    const server = await startEmbedded(building);
    await fill(server.url, true);
    await server.close();
    if (existsSync(template)) rmSync(building, { recursive: true });
    else renameSync(building, template);
  }
  const directory = mkdtempSync(join(tmpdir(), 'chiyuan-test-'));
  cpSync(template, directory, { recursive: true });
  const server = await startEmbedded(directory);
  return {
    url: server.url,
    drop: () => server.close().finally(() => rmSync(directory, { recursive: true, force: true })),
  };
}

async function serverDatabase(adminUrl: string): Promise<TestDatabase> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const template = `chiyuan_template_${templateVersion()}`;
  const name = `chiyuan_test_${randomBytes(6).toString('hex')}`;
  const urlOf = (database: string) => Object.assign(new URL(adminUrl), { pathname: `/${database}` }).toString();
  try {
    await admin.query('select pg_advisory_lock(20260722)');
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (!rowCount) {
      await admin.query(`create database ${template}_building`);
      await fill(urlOf(`${template}_building`), false);
      await admin.query(`alter database ${template}_building rename to ${template}`);
    }
    await admin.query(`create database ${name} template ${template}`);
    await admin.query('select pg_advisory_unlock(20260722)');
  } catch (error) {
    await admin.query(`drop database if exists ${template}_building`);
    throw error;
  } finally {
    await admin.end();
  }
  return { url: urlOf(name), drop: () => dropDatabase(adminUrl, name) };
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`).finally(() => admin.end());
}
