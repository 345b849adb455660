import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Type } from '@nestjs/common';
import { configureApp } from '../../src/app.js';
import { AppModule } from '../../src/app.module.js';
import { readConfig, type Config } from '../../src/config.js';
import { AccessService, type Actor } from '../../src/access/index.js';
import { Database, DatabaseClock, read, type Tx } from '../../src/database/index.js';
import { ChainWatchService } from '../../src/dispatch/index.js';
import { JournalFeed } from '../../src/journal/index.js';
import { Clock } from '../../src/shared/clock.js';
import { DEMO_PASSWORD, testDatabase, WORLD_NOW } from './database.js';

/** A clock that stands until it is told to go on. */
export class TestClock extends Clock {
  private at = new Date(WORLD_NOW);
  override now(): Date {
    return new Date(this.at);
  }
  forward(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

export interface TestApp {
  nest: NestExpressApplication;
  url: string;
  db: Database;
  clock: TestClock;
  get<T>(type: Type<T>): T;
  /** The actor of a demo account, by a real session. */
  as(account: string): Promise<Actor & { token: string }>;
  /** One read, for what a colleague would look up. */
  read<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  query<T>(sql: string, params?: unknown[]): Promise<T[]>;
  /** Waits until everything committed so far has been told. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The whole application on a database of its own and a free port. Jobs run only when asked for (`ROLE: 'all'`). */
export async function startApp(settings: Partial<Record<keyof Config, string>> = {}): Promise<TestApp> {
  const database = await testDatabase();
  const config = readConfig({
    NODE_ENV: 'test', ROLE: 'web', DATABASE_URL: database.url, LOG_LEVEL: 'error', SEED_DEMO: '0', SIGN_IN_PER_MINUTE: '100000',
    REQUESTS_PER_MINUTE: '1000000', ...settings,
  }); // prettier-ignore
  const clock = new TestClock();
  const module = await Test.createTestingModule({ imports: [AppModule.with(config)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(DatabaseClock)
    .useValue({ now: async () => clock.now() })
    .overrideProvider(ChainWatchService) // looks when a test says so
    .useValue({})
    .compile();
  const nest = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: ['error'] });
  await configureApp(nest, config);
  await nest.listen(0, '127.0.0.1');
  const db = nest.get(Database);
  const feed = nest.get(JournalFeed);
  const query = <T>(sql: string, params?: unknown[]) => read(db, (tx) => tx.query<T>(sql, params));
  return {
    nest,
    url: `http://127.0.0.1:${(nest.getHttpServer().address() as { port: number }).port}`,
    db,
    clock,
    get: (type) => nest.get(type),
    as: async (account) => {
      const access = nest.get(AccessService);
      const { token } = await access.signIn(
        { account, password: DEMO_PASSWORD },
        { ip: '127.0.0.1', userAgent: 'test' },
      );
      return { ...(await access.actorOf(token))!, token };
    },
    read: (body) => read(db, body),
    query,
    settled: async () => {
      const [{ waiting, head }] = (await query<{ waiting: number; head: number }>(
        `select (select count(*) from journal where seq is null) as waiting, (select seq from journal_head) as head`,
      )) as [{ waiting: number; head: number }];
      const target = head + waiting;
      while (feed.seq < target) {
        feed.wake();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: async () => {
      await nest.close();
      await database.drop();
    },
  };
}
