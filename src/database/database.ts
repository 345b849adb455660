import { EventEmitter } from 'node:events';
import pg from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { Problem } from '../shared/problem.js';
import { keepClock } from './drill-schema.js';
import { MIGRATIONS } from './migrations/index.js';

// bigint columns hold units and sequence numbers, all far below 2^53; days stay text.
pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1082, (day) => day);

/** A running transaction (or one read). A function that takes it as first parameter joins; it never commits. */
export interface Tx {
  query<T>(sql: string, params?: unknown[]): Promise<T[]>;
  /** Runs after the commit, in this process only: a hint to look, never the message itself. */
  afterCommit(hint: string): void;
}

/** The one moment of a snapshot, for reading. */
export interface SnapshotTx extends Tx {
  /** Gives each row as it arrives and keeps none: of a long list only what is made of it stays in memory. */
  each<T>(sql: string, params: unknown[], take: (row: T) => void): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  poolSize: number;
  /** The embedded server is one session: its search path is set there, and waiting longer for a lock than for the queue is useless. */
  embedded: boolean;
  /** The schema of a drill; the real one when it is left out. */
  drill?: string | undefined;
}

const SCHEMA = 'chiyuan';

/** The pool and the one way to begin a transaction. SQL never names a schema: the search path chooses it. */
export class Database {
  readonly hints = new EventEmitter();
  private constructor(
    readonly dataSource: DataSource,
    readonly options: DatabaseOptions,
  ) {}

  /** The schema that this handle looks into. */
  get schema(): string {
    return this.options.drill ?? SCHEMA;
  }

  static async connect(options: DatabaseOptions): Promise<Database> {
    const schema = options.drill ?? SCHEMA;
    // A drill has clocks of its own (drill-schema.ts), which the path finds before those of the server.
    const path = options.drill ? `${schema},pg_catalog,public` : `${schema},public`;
    const limits = '-c lock_timeout=5s -c statement_timeout=20s -c idle_in_transaction_session_timeout=30s';
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      schema,
      synchronize: false,
      migrations: MIGRATIONS,
      extra: {
        max: options.poolSize,
        connectionTimeoutMillis: 10_000,
        options: `-c search_path=${path} -c default_transaction_isolation=read\\ committed ${limits}`,
        application_name: 'chiyuan',
      },
      installExtensions: false,
      poolErrorHandler: () => undefined,
    });
    await dataSource.initialize();
    return new Database(dataSource, options);
  }

  /**
   * Applies what is missing, one process at a time. A migration takes as long as the tables are large; one that waits for a table is refused
   * as soon as any command would be, because whoever asks for that table next waits behind it.
   */
  async migrate(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query(`set statement_timeout = 0`);
      await runner.query(`set lock_timeout = 0`);
      await runner.query(`select pg_advisory_lock(20260721)`);
      await runner.query(`reset lock_timeout`);
      await runner.query(`create extension if not exists postgis with schema public`);
      await runner.query(`create schema if not exists ${this.schema}`);
      const missing = new MigrationExecutor(this.dataSource, runner);
      missing.transaction = 'each';
      await missing.executePendingMigrations();
    } finally {
      await runner.query(`select pg_advisory_unlock(20260721)`).catch(() => undefined);
      await runner.query(`reset statement_timeout; reset lock_timeout`).catch(() => undefined);
      await runner.release();
    }
  }

  /** Makes the schema of a drill anew, with its own clock, which stands, and by the same migrations. What an attempt that died has left goes first. */
  async makeDrill(startsAt: Date): Promise<void> {
    const { drill } = this.options;
    if (!drill) throw new Error('only a drill is made anew');
    await this.dropDrill();
    await this.dataSource.query(`create schema ${drill}`);
    await inTransaction(this, (tx) => keepClock(tx, drill, startsAt));
    await this.migrate();
  }

  /** Drops the schema of a drill, table by table nothing but its own. */
  async dropDrill(): Promise<void> {
    const { drill } = this.options;
    if (!drill) throw new Error('only a drill is dropped');
    await this.dataSource.query(`drop schema if exists ${drill} cascade`);
  }

  async close(): Promise<void> {
    this.hints.removeAllListeners();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

const RETRY = new Set(['40001', '40P01']);
const BUSY = new Set([
  '55P03', '57014', '53300', '57P01', '57P02', '57P03', '08006', '08003', '08001', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT',
  'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
]); // prettier-ignore
/** What the driver says of a server that went away in the middle, or a pool that has none left: it has no code for it. */
const GONE =
  /Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect/;

/**
 * The only way to begin. The body awaits only `tx` work, so that it can run again, from a fresh begin, on a deadlock or a
 * serialisation failure (three times, with jitter). A lock or statement timeout, or a database that is away, answers 503 `busy`: whether
 * a commit got through is then unknown, and the same command under its key finds out.
 */
export async function inTransaction<T>(db: Database, body: (tx: Tx) => Promise<T>): Promise<T> {
  return begin(db, 'ORDINARY', body);
}

/** One consistent moment over several queries; writes are refused. */
export async function inSnapshot<T>(db: Database, body: (tx: SnapshotTx) => Promise<T>): Promise<T> {
  return begin(db, 'SNAPSHOT', body);
}

/** A single read outside any transaction. */
export async function read<T>(db: Database, body: (tx: Tx) => Promise<T>): Promise<T> {
  const runner = db.dataSource.createQueryRunner();
  try {
    return await body(joinable(runner, new Set()));
  } catch (error) {
    throw asBusy(error);
  } finally {
    await runner.release();
  }
}

type Isolation = 'ORDINARY' | 'SNAPSHOT';
async function begin<T>(db: Database, isolation: Isolation, body: (tx: SnapshotTx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const runner = db.dataSource.createQueryRunner();
    const hints = new Set<string>();
    try {
      await runner.startTransaction(); // READ COMMITTED: asking for it would be one more round trip for every command
      if (isolation === 'SNAPSHOT') await runner.query('set transaction isolation level repeatable read, read only');
      const result = await body(joinable(runner, hints));
      await runner.commitTransaction();
      for (const hint of hints) db.hints.emit(hint);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      if (attempt > 3 || !RETRY.has(sqlState(error) ?? '')) throw asBusy(error);
    } finally {
      await runner.release();
    }
    await new Promise((wake) => setTimeout(wake, attempt * 5 + Math.random() * 20));
  }
}

function joinable(runner: QueryRunner, hints: Set<string>): SnapshotTx {
  return {
    each: (sql, params, take) => eachRow(runner, { text: sql, values: params }, take),
    query: async <T>(sql: string, params?: unknown[]) => ((await runner.query(sql, params, true)).records ?? []) as T[],
    afterCommit: (hint) => void hints.add(hint),
  };
}

/** The driver throws what a listener throws at nobody: the first fault of `take` ends the taking and is told when the rows are through. */
async function eachRow<T>(runner: QueryRunner, asked: pg.QueryConfig, take: (row: T) => void): Promise<void> {
  const client = (await runner.connect()) as pg.PoolClient;
  await new Promise<void>((done, failed) => {
    let fault: unknown;
    const query = client.query(new pg.Query(asked));
    query.on('row', (row: T) => {
      if (fault !== undefined) return;
      try {
        take(row);
      } catch (error) {
        fault = error;
      }
    });
    query.once('error', failed);
    query.once('end', () => (fault === undefined ? done() : failed(fault)));
  });
}

/** The SQLSTATE or socket code of a failed query, if the error is one. */
export function sqlState(error: unknown): string | undefined {
  const driver = (error as { driverError?: { code?: string } }).driverError;
  return driver?.code ?? (error as { code?: string }).code;
}

/** The constraint that refused a row, for stores that turn it into a problem. */
export function violatedConstraint(error: unknown): string | undefined {
  return (error as { driverError?: { constraint?: string } }).driverError?.constraint;
}

function asBusy(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const state = sqlState(error);
  const isGone = error instanceof Error && GONE.test(error.message);
  if (isGone || (state && (BUSY.has(state) || RETRY.has(state)))) return new Problem('busy', {}, { retryAfterS: 2 });
  return error;
}
