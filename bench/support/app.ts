import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { Database } from '../../src/database/index.js';

export interface OpenApp {
  app: NestExpressApplication;
  db: Database;
  url: string;
}

/** Settings of a web process under load: no limit of requests, and a connection for each hand. */
export const loadEnv = (databaseUrl: string, hands: number): Record<string, string> => ({
  NODE_ENV: 'production', ROLE: 'web', DATABASE_URL: databaseUrl, DATABASE_POOL: String(hands + 4), SEED_DEMO: '0', LOG_LEVEL: 'error',
  SIGN_IN_PER_MINUTE: '100000', REQUESTS_PER_MINUTE: '10000000',
}); // prettier-ignore

/** The whole application in this process, listening on a port of its own. */
export async function openApp(databaseUrl: string, hands: number): Promise<OpenApp> {
  const app = await createApp(readConfig(loadEnv(databaseUrl, hands)));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return { app, db: app.get(Database), url: `http://127.0.0.1:${port}` };
}
