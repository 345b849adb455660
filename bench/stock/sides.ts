import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { AccessService, type Actor } from '../../src/access/index.js';
import { read } from '../../src/database/index.js';
import { auditLedger } from '../../src/relief-stock/index.js';
import { BinMoveService } from '../../src/relief-stock/moving/bin-move.service.js';
import { loadEnv, openApp } from '../support/app.js';
import { Poster } from '../support/poster.js';
import { startServer } from '../support/process.js';
import { barePool, record, replay, type Recorded } from '../support/record.js';
import { type Measured, timed } from '../support/stats.js';
import { type Move, PASSWORD } from './world.js';

export interface Side {
  run(moves: Move[], hands: number): Promise<Measured>;
  close(): Promise<void>;
}
/** The service in this process, and what it sent to the database since it was last asked. */
export interface ServiceSide extends Side {
  taken(): Recorded[];
  faults(): Promise<number>;
}

/** Bin moves through the service that the controller calls, each under an idempotency key; every statement is kept. */
export async function serviceSide(url: string, most: number, warehouses: string[]): Promise<ServiceSide> {
  const { app, db } = await openApp(url, most);
  const keepers = new Map<string, Actor>();
  for (const code of warehouses) keepers.set(code, await app.get(AccessService).actorNamed(`keeper.${code}`));
  const service = app.get(BinMoveService);
  const transactions = record(db);
  return {
    run: (moves, hands) =>
      timed(moves.length, (n) => {
        const { warehouseCode, body } = moves[n]!;
        return service.moveBins({ ...keepers.get(warehouseCode)!, command: commandOf(body) }, body);
      }, { hands }), // prettier-ignore
    taken: () => transactions.splice(0).filter((one) => one.some(({ sql }) => sql.includes('insert into stock_movement'))),
    faults: async () => {
      const faults = await read(db, auditLedger);
      for (const fault of faults) console.error(JSON.stringify(fault));
      return faults.length;
    },
    close: () => app.close(),
  }; // prettier-ignore
}

const commandOf = (body: object): Actor['command'] => ({
  key: randomUUID(),
  fingerprint: createHash('sha256').update(JSON.stringify(body)).digest(),
});

/** The same commands over HTTP to a server process of its own, by signed-in keepers. */
export async function httpSide(url: string, most: number, warehouses: string[]): Promise<Side> {
  const server = await startServer(loadEnv(url, most));
  const poster = new Poster(server.url, most);
  const tokens = new Map<string, string>();
  for (const code of warehouses) {
    const session = await poster.post('/sessions', { body: { account: `keeper.${code}`, password: PASSWORD } });
    tokens.set(code, (JSON.parse(session) as { token: string }).token);
  }
  return {
    run: (moves, hands) =>
      timed(moves.length, (n) => {
        const { warehouseCode, body } = moves[n]!;
        return poster.post('/stock/bin-moves', { token: tokens.get(warehouseCode)!, body });
      }, { hands }), // prettier-ignore
    close: async () => {
      poster.close();
      await server.stop();
    },
  };
}

/** What the service has sent, sent again by the driver alone on an equal database: the same rows, locks and commits, no code in between. */
export function bareSide(
  url: string,
  most: number,
): { run(sent: Recorded[], hands: number): Promise<Measured>; close(): Promise<void> } {
  const pool: pg.Pool = barePool(url, most);
  return {
    run: (sent, hands) => timed(sent.length, (n) => replay(pool, sent[n]!), { hands }),
    close: () => pool.end(),
  };
}
