import { createHash, randomUUID } from 'node:crypto';
import { AccessService, type Actor } from '../../src/access/index.js';
import { type Database, inSnapshot } from '../../src/database/index.js';
import { auditLedger, StockService } from '../../src/relief-stock/index.js';
import { BinMoveService } from '../../src/relief-stock/moving/bin-move.service.js';
import { openApp, type OpenApp } from '../support/app.js';
import { Copies } from '../support/copies.js';
import { dice } from '../support/pick.js';
import { barePool } from '../support/record.js';
import { type BenchContext, median, numberOf, round, timed } from '../support/stats.js';
import { printVerdicts, type Verdict } from '../support/verdicts.js';
import { type Compared, compareReads } from './reads.js';
import { buildWorld, loadMovements, reachedCells, type ScaleWorld } from './world.js';

const FEW = 50_000;
const HANDS = 8;
const DAY_MS = 86_400_000;

/**
 * What people and the auditor wait for when the ledger has grown: pages and totals, the stock of a day in the past, the whole audit, each
 * beside the same statements sent by the driver alone; and what a posting costs beside one in a ledger of 50,000 movements.
 */
export async function main({ databaseUrl, args }: BenchContext) {
  const movements = numberOf(args, '--movements', 5_000_000);
  const rounds = numberOf(args, '--rounds', 5);
  const postings = numberOf(args, '--postings', 1000);
  const copies = await Copies.of(databaseUrl);
  const size = { stores: numberOf(args, '--stores', 110), items: numberOf(args, '--items', 200) };
  const world = await buildWorld(await copies.make('scale_template'), size);
  const fewUrl = await copies.make('scale_few', 'scale_template');
  const manyUrl = await copies.make('scale_many', 'scale_template');
  const began = performance.now();
  await loadMovements(fewUrl, Math.min(FEW, movements), world);
  await loadMovements(manyUrl, movements, world);
  await copies.checkpoint();
  const loadS = round((performance.now() - began) / 1000);
  console.log(`${movements} movements of ${world.cells.length} cells in bins, loaded in ${loadS} s`);
  const many = await openApp(manyUrl, HANDS);
  const actor = await many.app.get(AccessService).actorNamed(world.account);
  const reads = await readAll(many, { manyUrl, world, actor, rounds });
  const audit = await auditTwice(many.db, manyUrl, rounds);
  const few = await openApp(fewUrl, HANDS);
  const cost = await postingCost({ few, many }, { world, actor, rounds, postings, movements });
  await Promise.all([few.app.close(), many.app.close()]);
  await copies.close();
  return figuresOf({ movements, cells: world.cells.length, reads, audit, cost });
}

type Reads = Record<'page' | 'network' | 'networkOfOne' | 'asOf', Compared>;

async function readAll(
  { app, db }: OpenApp,
  { manyUrl, world, actor, rounds }: { manyUrl: string; world: ScaleWorld; actor: Actor; rounds: number },
): Promise<Reads> {
  const stock = app.get(StockService);
  const { stores, itemIds } = world;
  const pool = barePool(manyUrl, 1);
  const compare = (reads: (() => Promise<unknown>)[]) => compareReads({ db, pool, rounds }, reads);
  const some = <T>(all: T[], count: number) => Array.from({ length: count }, (_, n) => all[(n * 37) % all.length]!);
  const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  const result = {
    page: await compare(some(stores, 30).map(({ id }) => () => stock.levels(actor, { warehouseId: id, limit: 200 }))),
    network: await compare(Array.from({ length: 5 }, () => () => stock.networkOfAll(actor))),
    networkOfOne: await compare(some(itemIds, 30).map((itemId) => () => stock.network(actor, itemId))),
    asOf: await compare(some(stores, 12).map(({ id }, n) => () => stock.asOf(actor, { warehouseId: id, at: ago(1 + n * 60) }))),
  }; // prettier-ignore
  await pool.end();
  return result;
}

interface Audit {
  seconds: number;
  bareSeconds: number;
  faults: number;
}

async function auditTwice(db: Database, url: string, rounds: number): Promise<Audit> {
  const pool = barePool(url, 1);
  let faults = 0;
  const audit = async () => {
    const found = await inSnapshot(db, auditLedger);
    for (const fault of found.slice(0, 5)) console.error(JSON.stringify(fault));
    faults += found.length;
  };
  const { p50, bareP50 } = await compareReads({ db, pool, rounds: Math.min(rounds, 3) }, [audit]);
  await pool.end();
  return { seconds: p50 / 1000, bareSeconds: bareP50 / 1000, faults };
}

/** How much longer a posting takes with many movements than with few: rounds that take turns, on the same shelves of both. */
async function postingCost(
  { few, many }: { few: OpenApp; many: OpenApp },
  {
    world,
    actor,
    rounds,
    postings,
    movements,
  }: { world: ScaleWorld; actor: Actor; rounds: number; postings: number; movements: number },
): Promise<{ fewMs: number; manyMs: number; ratio: number; failures: number }> {
  const full = reachedCells(world, Math.min(FEW, movements));
  const times = new Map<OpenApp, number[]>([few, many].map((one) => [one, []]));
  let failures = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const one of round % 2 === 0 ? [few, many] : [many, few]) {
      const roll = dice(round);
      const moves = Array.from({ length: postings }, () => full[Math.floor(roll() * full.length)]!);
      const service = one.app.get(BinMoveService);
      const post = (n: number) => {
        const { id, store } = moves[n]!;
        const lines = [{ contentId: id, toBinId: store.otherBinId, units: 1 }];
        const command = { key: randomUUID(), fingerprint: createHash('sha256').update(id).digest() };
        return service.moveBins({ ...actor, command }, { warehouseId: store.id, note: '', lines });
      };
      const measured = await timed(postings, post, { hands: HANDS });
      failures += measured.failures;
      if (round > 0) times.get(one)!.push((1000 * HANDS) / measured.perS);
    }
  }
  const [fewMs, manyMs] = [median(times.get(few)!), median(times.get(many)!)];
  return { fewMs, manyMs, ratio: manyMs / fewMs, failures };
}

function figuresOf({
  movements,
  cells,
  reads,
  audit,
  cost,
}: {
  movements: number;
  cells: number;
  reads: Reads;
  audit: Audit;
  cost: Awaited<ReturnType<typeof postingCost>>;
}) {
  // prettier-ignore
  const { page, network, networkOfOne, asOf } = reads;
  const overBare = (what: string, ours: number, bare: number): Verdict => ({
    what: `${what} over its bare statements (${round(ours, 2)} against ${round(bare, 2)} ms)`, figure: round(ours / bare, 2),
    limit: 1.3, holds: 'at-most',
  }); // prettier-ignore
  const missed = printVerdicts([
    overBare('page of a warehouse, median', page.p50, page.bareP50),
    overBare('page of a warehouse, p95', page.p95, page.bareP95),
    { what: 'page of a warehouse, p95, ms', figure: round(page.p95), limit: 150, holds: 'at-most' },
    overBare('all items over the network', network.p50, network.bareP50),
    overBare('one item over the network', networkOfOne.p50, networkOfOne.bareP50),
    { what: 'all items over the network, ms', figure: round(network.p50), limit: 300, holds: 'at-most' },
    overBare('stock of a past day', asOf.p50, asOf.bareP50),
    { what: 'stock of a past day, ms', figure: round(asOf.p50), limit: 300, holds: 'at-most' },
    overBare('full audit', audit.seconds * 1000, audit.bareSeconds * 1000),
    { what: 'full audit, s', figure: round(audit.seconds), limit: 60, holds: 'at-most' },
    { what: 'faults found by the audit', figure: audit.faults, limit: 0, holds: 'at-most' },
    { what: 'cost of a posting, many over few movements', figure: round(cost.ratio, 2), limit: 1.2, holds: 'at-most' },
    { what: 'postings that failed', figure: cost.failures, limit: 0, holds: 'at-most' },
  ]);
  return {
    movements, cells, pageP95Ms: round(page.p95), barePageP95Ms: round(page.bareP95), networkMs: round(network.p50),
    bareNetworkMs: round(network.bareP50), networkOfOneMs: round(networkOfOne.p50, 2), bareNetworkOfOneMs: round(networkOfOne.bareP50, 2),
    asOfMs: round(asOf.p50), bareAsOfMs: round(asOf.bareP50), auditS: round(audit.seconds, 2), bareAuditS: round(audit.bareSeconds, 2),
    postingCostRatio: round(cost.ratio, 2), postingMs: round(cost.manyMs, 2), missed,
  }; // prettier-ignore
}
