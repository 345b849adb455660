import pg from 'pg';
import type { Database } from '../../src/database/index.js';

export interface Statement {
  sql: string;
  params: unknown[] | undefined;
}
/** The statements of one committed transaction, from its beginning to its commit. */
export type Recorded = Statement[];

/** Collects every statement of each transaction that commits from now on, as the pool's own runners send them. */
export function record(db: Database): Recorded[] {
  const transactions: Recorded[] = [];
  listen(db, () => {
    let open: Recorded | undefined;
    return {
      before: (statement) => {
        if (/^start transaction/i.test(statement.sql)) open = [];
        open?.push(statement);
      },
      after: ({ sql }) => {
        if (/^commit/i.test(sql) && open) transactions.push(open);
      },
    };
  });
  return transactions;
}

/** Every statement that a piece of work sends, in order; the sealer's own, which come between, are left out. */
export async function statementsOf(db: Database, work: () => Promise<unknown>): Promise<Statement[]> {
  const runners: Statement[][] = [];
  const stop = listen(db, () => {
    const sent: Statement[] = [];
    runners.push(sent);
    return { before: (statement) => void sent.push(statement), after: () => undefined };
  });
  await work();
  stop();
  return runners.filter((sent) => !sent.some(({ sql }) => /seal_journal|from journal/.test(sql))).flat();
}

interface Ear {
  before(statement: Statement): void;
  after(statement: Statement): void;
}

/** Puts an ear to each new runner of the pool; answers how to stop. */
function listen(db: Database, earOf: () => Ear): () => void {
  const { dataSource } = db;
  const create = dataSource.createQueryRunner;
  dataSource.createQueryRunner = (mode) => {
    const runner = create.call(dataSource, mode);
    const query = runner.query.bind(runner);
    const ear = earOf();
    runner.query = (async (sql: string, params?: unknown[], structured?: boolean) => {
      ear.before({ sql, params });
      const result: unknown = await query(sql, params, structured as true);
      ear.after({ sql, params });
      return result;
    }) as typeof runner.query;
    return runner;
  };
  return () => void (dataSource.createQueryRunner = create);
}

/** A pool of the driver alone, with the search path that the service has. */
export const barePool = (url: string, hands: number): pg.Pool =>
  new pg.Pool({ connectionString: url, max: hands, options: '-c search_path=chiyuan,public' });

/** Sends a recorded transaction again, statement by statement, on a connection of its own. */
export async function replay(pool: pg.Pool, transaction: Recorded): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { sql, params } of transaction) await client.query(sql, params as unknown[]);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
