import { Database, read } from '../../src/database/index.js';
import { CountApprovalService, CountReadService } from '../../src/relief-stock/index.js';
import type { CountDetailDto } from '../../src/relief-stock/counting/count.dto.js';
import { dice } from '../support/pick.js';
import { prepareStatements } from '../support/prepared.js';
import { audit } from './audit.js';
import { CountSim, HONEST, keyOf, type SimOptions } from './count-sim.js';
import { LINES, openStore } from './count-store.js';

const MINUTE = 60_000;
const MOST_ROUNDS = 12;
/** Issues that run while the differences are posted. */
const LAST_ISSUES = 12;

/** One seed: a store is counted while goods move; answers what is not as it must be. */
export async function countWhileMoving(url: string, seed: number, options: SimOptions = HONEST): Promise<string[]> {
  const db = await Database.connect({ url, poolSize: 8, embedded: false });
  prepareStatements(db);
  try {
    const sim = new CountSim(db, await openStore(db), dice(seed), options);
    sim.misplace();
    const { warehouseId, people } = sim.store;
    const scope = { by: 'whole' as const };
    const { id } = await sim.counting.openCount(people.keeper, { warehouseId, scope, kind: 'half-yearly', blind: true, note: '' });
    sim.startMoving(100 * MINUTE);
    const late: string[] = [];
    await countUntilApproved(sim, id, late);
    const posting = post(sim, id);
    sim.startMoving(0, LAST_ISSUES, 2);
    await sim.time.run();
    const after = await posting;
    return [...late, ...sim.time.takeFaults(), ...(await faultsOf(sim, id, after)), ...(await audit(db))];
  } finally {
    await db.close();
  }
} // prettier-ignore

/** Counts, recounts what must be, and has the rest approved when all papers have arrived. */
async function countUntilApproved(sim: CountSim, id: string, faults: string[]): Promise<void> {
  const reading = new CountReadService(sim.db);
  const approval = new CountApprovalService(sim.db, sim.clock);
  const { keeper, checker } = sim.store.people;
  const first = await reading.count(keeper, id);
  if (first.lineCount !== LINES) faults.push(`${first.lineCount} lines were opened`);
  walkAll(sim, first, new Map());
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    await sim.time.run();
    const finished = await sim.counting.finishCount(keeper, id, {});
    if (finished.status === 'open') {
      walkAll(sim, await reading.count(keeper, id), new Map(finished.lines.map((line) => [line.id, line.counterIds])));
      continue;
    }
    const seen = await reading.count(checker, id);
    const again = seen.lines.filter(({ state }) => state === 'recount').map((line) => line.id);
    if (again.length > 0) {
      await sim.counting.recountLines(checker, id, { version: seen.version, lineIds: again });
      continue;
    }
    const lines = seen.lines.filter(({ varianceUnits, state }) => varianceUnits !== 0 && state !== 'dropped');
    const causes = lines.map((line) => ({ lineId: line.id, cause: 'mis-shelved' as const, note: '' }));
    if (causes.length > 0) await approval.explainLines(keeper, id, { version: seen.version, lines: causes });
    const { version, figures } = await reading.count(checker, id);
    await approval.approveCount(checker, id, { version, seen: figures! });
    return;
  }
  faults.push(`not settled after ${MOST_ROUNDS} rounds`);
}

/** Two people share the bins; a line that one has counted goes to the other. */
function walkAll(sim: CountSim, count: CountDetailDto, counters: ReadonlyMap<string, readonly string[]>): void {
  const { keeper } = sim.store.people;
  const known = new Set(count.lines.map(keyOf));
  const waiting = count.lines.filter(({ state }) => state === 'open' || state === 'recount');
  const forOther = (line: (typeof waiting)[number]) => {
    const before = counters.get(line.id) ?? [];
    if (before.length === 0) return line.binCode > 'S-23';
    return before.at(-1) === keeper.userId || (before.length > 1 && sim.dice() < 0.5);
  };
  const shares = { keeper: [] as typeof waiting, other: [] as typeof waiting };
  for (const line of waiting) shares[forOther(line) ? 'other' : 'keeper'].push(line);
  sim.walk(count.id, 'keeper', shares.keeper, known);
  sim.walk(count.id, 'other', shares.other, known);
}

async function post(sim: CountSim, id: string) {
  const { checker } = sim.store.people;
  const { version } = await new CountReadService(sim.db).count(checker, id);
  return new CountApprovalService(sim.db, sim.clock).postCount(checker, id, { version });
}

/** Every posted difference against what was really put astray, and every bin against what really lies there. */
async function faultsOf(sim: CountSim, id: string, posted: { status: string }): Promise<string[]> {
  const faults = posted.status === 'posted' ? [] : [`the count is ${posted.status}`];
  const { lines } = await new CountReadService(sim.db).count(sim.store.people.checker, id);
  const found = new Map(lines.map((line) => [keyOf(line), line.postedUnits ?? 0]));
  for (const key of new Set([...found.keys(), ...sim.wrong.keys()])) {
    const [is, ought] = [found.get(key) ?? 0, sim.wrong.get(key) ?? 0];
    if (is !== ought) faults.push(`variance ${is} instead of ${ought} at ${key}`);
  }
  const book = await read(sim.db, (tx) =>
    tx.query<{ lotId: string; binId: string; units: number }>(
      `select lot_id as "lotId", place_id as "binId", on_hand as units from stock_cell where kind = 'bin' and warehouse_id = $1`,
      [sim.store.warehouseId],
    ),
  );
  const told = new Map(book.map((cell) => [keyOf(cell), cell.units]));
  for (const [key, units] of sim.physical) {
    if ((told.get(key) ?? 0) !== units) faults.push(`book ${told.get(key)} but ${units} lie at ${key}`);
  }
  return faults;
}
