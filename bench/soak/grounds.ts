import pg from 'pg';
import { hashPassword } from '../../src/access/index.js';
import { Database, inTransaction } from '../../src/database/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';

/** Databases of one PostgreSQL for a long run: the first is filled once, every play gets a copy of it. */
export class Grounds {
  private readonly admin: pg.Pool;
  private made = 0;

  private constructor(
    private readonly url: string,
    private readonly name: string,
  ) {
    this.admin = new pg.Pool({ connectionString: url, max: 1 });
  }

  static async of(url: string, name: string, fill: (url: string) => Promise<void>): Promise<Grounds> {
    const grounds = new Grounds(url, name);
    // Statements are prepared (bench/support/prepared.ts); no plan of theirs gains by looking at the values again.
    for (const setting of ['plan_cache_mode = force_generic_plan', 'jit = off']) {
      await grounds.admin.query(`alter system set ${setting}`);
    }
    await grounds.admin.query('select pg_reload_conf()');
    await grounds.admin.query(`create database ${name}`);
    await fill(grounds.urlOf(name));
    return grounds;
  }

  private urlOf(name: string): string {
    return Object.assign(new URL(this.url), { pathname: `/${name}` }).toString();
  }

  /** Lets `work` use a fresh copy, which is gone afterwards. */
  async withCopy<T>(work: (url: string) => Promise<T>): Promise<T> {
    const copy = `${this.name}_${++this.made}`;
    await this.admin.query(`create database ${copy} template ${this.name} strategy file_copy`);
    try {
      return await work(this.urlOf(copy));
    } finally {
      await this.admin.query(`drop database ${copy} with (force)`);
    }
  }

  close(): Promise<void> {
    return this.admin.end();
  }
}

/** The demo of a moment in an empty database. */
export async function fillDemo(url: string, now: Date): Promise<void> {
  const db = await Database.connect({ url, poolSize: 2, embedded: false });
  await db.migrate();
  const passwordHash = await hashPassword('soak');
  await inTransaction(db, (tx) => loadDemo(tx, generateDemo({ now }), { passwordHash, now }));
  await db.dataSource.query('analyze'); // a database that is minutes old is planned for as one that has been kept
  await db.close();
}
