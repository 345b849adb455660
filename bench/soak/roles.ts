import { Database } from '../../src/database/index.js';
import { type ServerProcess, startServer } from '../support/process.js';

export interface Servers {
  startPostgres(options?: { durable?: boolean }): Promise<{ url: string; stop(): Promise<void> } | null>;
  startRedis(): Promise<{ url: string; stop(): Promise<void> } | null>;
  freePort(): Promise<number>;
}

/** The processes of a society's server room, as `docker-compose.yml` starts them: two for the web and a worker, on PostgreSQL and Redis. */
export interface Roles {
  /** Of the two web processes. */
  urls: string[];
  names: string[];
  /** Kills one process without warning and starts it again at the same port. */
  strike(n: number): Promise<void>;
  /** Stops the processes politely and opens the database for an auditor. */
  end(): Promise<{ db: Database; close(): Promise<void> }>;
}

/** Throws when PostgreSQL with PostGIS or Redis is not installed. */
export async function startRoles(servers: Servers, settings: Record<string, string>): Promise<Roles> {
  const postgres = await servers.startPostgres({ durable: true });
  const redis = await servers.startRedis();
  if (!postgres || !redis) throw new Error('PostgreSQL with PostGIS and Redis are not installed');
  const shared = { ...settings, DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const [portA, portB] = [await servers.freePort(), await servers.freePort()];
  const roles = [
    { name: 'web-1', env: { ...shared, ROLE: 'web', PORT: String(portA) } },
    { name: 'web-2', env: { ...shared, ROLE: 'web', PORT: String(portB) } },
    { name: 'worker', env: { ...shared, ROLE: 'worker', PORT: '0' } },
  ];
  const running: ServerProcess[] = [];
  for (const role of roles) running.push(await startServer(role.env));
  return {
    urls: [running[0]!.url, running[1]!.url],
    names: roles.map(({ name }) => name),
    strike: async (n) => {
      await running[n]!.stop('SIGKILL');
      running[n] = await startServer(roles[n]!.env);
    },
    end: async () => {
      for (const one of running) await one.stop();
      const db = await Database.connect({ url: postgres.url, poolSize: 2, embedded: false });
      return { db, close: () => db.close().then(redis.stop).then(postgres.stop) };
    },
  };
}
