import pg from 'pg';
import { AccessService, type Actor, hashPassword } from '../../src/access/index.js';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { Database, inTransaction, read, type Tx } from '../../src/database/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { loadDemo } from '../../src/demo/load.store.js';
import { auditLedger, ReceiptService } from '../../src/relief-stock/index.js';
import type { ReceiveGoods } from '../../src/relief-stock/receiving/receipt.dto.js';
import { type Measured, median, round, timed } from '../support/stats.js';
import { postBare, type Shelf, shelves } from './floor.js';

const RUNS = 3;
const PIECES = 600;
const PASSWORD = 'chiyuan-bench';

/**
 * Goods receipts of one line a second (authority, number, lot, two accounts, level, journal), through the service and over HTTP, spread
 * over all warehouses and all on one hot item of one warehouse; beside hand-written SQL that leaves the same facts and checks nothing.
 */
export async function main({ databaseUrl }: { databaseUrl: string; args: string[] }) {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const urlOf = (name: string) => Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).toString();
  await admin.query('create database stock_template');
  await fill(urlOf('stock_template'));
  const ours: Awaited<ReturnType<typeof measureOurs>>[] = [];
  const bare: Awaited<ReturnType<typeof measureBare>>[] = [];
  for (let run = 0; run < RUNS; run++) {
    for (const name of ['ours', 'bare'])
      await admin.query(`create database stock_${name}_${run} template stock_template`);
    ours.push(await measureOurs(urlOf(`stock_ours_${run}`)));
    bare.push(await measureBare(urlOf(`stock_bare_${run}`)));
    const { service, http, hot } = ours[run]!;
    console.log(
      `run ${run + 1}: service ${round(service.perS)}/s, http ${round(http.perS)}/s, hot ${round(hot.perS)}/s; ` +
        `bare ${round(bare[run]!.spread.perS)}/s, hot ${round(bare[run]!.hot.perS)}/s`,
    );
  }
  await admin.end();
  const middle = <T>(of: T[], pick: (one: T) => number) => median(of.map(pick));
  const servicePerS = middle(ours, (one) => one.service.perS);
  const httpPerS = middle(ours, (one) => one.http.perS);
  const barePerS = middle(bare, (one) => one.spread.perS);
  return {
    servicePerS: round(servicePerS),
    httpPerS: round(httpPerS),
    barePerS: round(barePerS),
    serviceOverBare: round(servicePerS / barePerS, 2),
    httpOverBare: round(httpPerS / barePerS, 2),
    p99Ms: round(middle(ours, (one) => one.service.p99)),
    bareP99Ms: round(middle(bare, (one) => one.spread.p99)),
    hotServicePerS: round(middle(ours, (one) => one.hot.perS)),
    hotBarePerS: round(middle(bare, (one) => one.hot.perS)),
    failures: ours.reduce((sum, one) => sum + one.failures, 0) + bare.reduce((sum, one) => sum + one.failures, 0),
  };
}

async function fill(url: string): Promise<void> {
  const db = await Database.connect({ url, poolSize: 2, embedded: false });
  const now = new Date();
  await db.migrate();
  const passwordHash = await hashPassword(PASSWORD);
  await inTransaction(db, (tx: Tx) => loadDemo(tx, generateDemo({ now }), { passwordHash, now }));
  await db.close();
}

async function measureOurs(
  url: string,
): Promise<{ service: Measured; http: Measured; hot: Measured; failures: number }> {
  const config = readConfig({
    NODE_ENV: 'production', ROLE: 'web', DATABASE_URL: url, SEED_DEMO: '0', LOG_LEVEL: 'error', SIGN_IN_PER_MINUTE: '100000',
    REQUESTS_PER_MINUTE: '10000000',
  }); // prettier-ignore
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  const db = app.get(Database);
  const all = await read(db, shelves);
  const keepers = await signIn(app.get(AccessService), all);
  const receipts = app.get(ReceiptService);
  const receive = (shelf: Shelf) => receipts.receiveGoods(keepers.get(shelf.warehouseCode)!, goodsFor(shelf));
  const post = async (shelf: Shelf) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stock/receipts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${keepers.get(shelf.warehouseCode)!.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(goodsFor(shelf)),
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  await timed(100, (n) => receive(all[n % all.length]!)); // warm
  const service = await timed(PIECES, (n) => receive(all[(n * 7) % all.length]!));
  const http = await timed(PIECES, (n) => post(all[(n * 11) % all.length]!));
  const hot = await timed(PIECES, () => receive(all[0]!));
  const faults = await read(db, auditLedger);
  for (const fault of faults) console.error(JSON.stringify(fault));
  await app.close();
  return { service, http, hot, failures: service.failures + http.failures + hot.failures + faults.length };
}

async function signIn(access: AccessService, all: Shelf[]): Promise<Map<string, Actor & { token: string }>> {
  const keepers = new Map<string, Actor & { token: string }>();
  for (const code of new Set(all.map((shelf) => shelf.warehouseCode))) {
    const account = { account: `keeper.${code}`, password: PASSWORD };
    const { token } = await access.signIn(account, { ip: '127.0.0.1', userAgent: 'bench' });
    keepers.set(code, { ...(await access.actorOf(token))!, token });
  }
  return keepers;
}

const goodsFor = ({ warehouseId, itemId, lotCode, expiresOn, source, binId }: Shelf): ReceiveGoods => ({
  warehouseId, source, sourceName: 'bench', note: '', lines: [{ itemId, lotCode, expiresOn, units: 1, binId, overrideReason: 'bench' }],
}); // prettier-ignore

async function measureBare(url: string): Promise<{ spread: Measured; hot: Measured; failures: number }> {
  const db = await Database.connect({ url, poolSize: 1, embedded: false });
  const all = await read(db, shelves);
  await db.close();
  const pool = new pg.Pool({ connectionString: url, max: 8, options: '-c search_path=chiyuan,public' });
  await timed(100, (n) => postBare(pool, all[n % all.length]!));
  const spread = await timed(PIECES, (n) => postBare(pool, all[(n * 7) % all.length]!));
  const hot = await timed(PIECES, () => postBare(pool, all[0]!));
  await pool.end();
  return { spread, hot, failures: spread.failures + hot.failures };
}
