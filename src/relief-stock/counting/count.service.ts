import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom, newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { numberFor, signDocument } from '../document.service.js';
import { signaturesOf } from '../document.store.js';
import { factTimesOf } from '../fact-times.rules.js';
import { itemsByIds } from '../item.store.js';
import { accountAt } from '../ledger.service.js';
import { mustBeFunds } from '../receiving/intent.service.js';
import { binsOf, lockWarehouse } from '../warehouse.store.js';
import {
  type AddFoundLine, type CancelCount, COUNT_LIMITS, type CountAnswer, type CountLine, type CountLines, type FinishCount, type OpenCount,
  type RecountLines,
} from './count.dto.js'; // prettier-ignore
import { digestOf, type JudgedLine, toChange } from './count-lines.rules.js';
import * as lineStore from './count-line.store.js';
import { countForStep, judgedLines, saveAndTell } from './count-paper.service.js';
import { momentOf, takeLineStep } from './count.rules.js';
import * as store from './count.store.js';
import { lotOfFound } from './found-lot.service.js';

/** Counting: from the opening until every line is settled. Work in the warehouse goes on meanwhile. */
@Injectable()
export class CountService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a count with a line for each cell in scope. 422 `count.empty`, `count.too-large { lines, limit }`; 422 `count.overlaps { number }`
   * when a cell stands in a count that has not ended (C1).
   */
  async openCount(actor: Actor, input: OpenCount): Promise<CountAnswer> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const row = await lockWarehouse(tx, input.warehouseId); // C1: counts of one warehouse are opened one after another
      const warehouse = visibleOr404(actor, row, 'warehouse', input.warehouseId);
      allow(actor, 'stock.count', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      const { cells, takenBy } = await store.cellsInScope(tx, warehouse.id, input.scope);
      if (takenBy) throw new Problem('count.overlaps', { number: takenBy });
      if (cells === 0) throw new Problem('count.empty', { warehouse: warehouse.code });
      if (cells > COUNT_LIMITS.lines) throw new Problem('count.too-large', { lines: cells, limit: COUNT_LIMITS.lines });
      const id = input.id ?? newId();
      const number = await numberFor(tx, {
        kind: 'count',
        id: input.id,
        adcode: warehouse.societyAdcode,
        now: times.now,
      });
      const { warehouseId, scope, kind, blind, note } = input;
      await store.insertCount(tx, {
        id, number, warehouseId, scope, kind, blind, note, openedBy: actor.name, occurredAt: times.occurredAt, openedAt: times.now,
      }); // prettier-ignore
      await store.insertLines(tx, { id, warehouseId, scope });
      await signDocument(tx, actor, { documentId: id, role: 'open', apart: [], times });
      const count = (await store.findCount(tx, id))!;
      return saveAndTell(tx, actor, { kind: 'count.opened', count, lines: [], ...times });
    });
  }

  /** Counts one line. See `countLines`. */
  async countLine(actor: Actor, countId: string, lineId: string, input: CountLine): Promise<CountAnswer> {
    return this.countLines(actor, countId, { lines: [{ lineId, ...input }] });
  }

  /**
   * Writes down what was counted, each line at its own moment. The same count told again changes nothing; in any order the result is the
   * same. Whether a line is settled: see `judge`. 409 `idempotency.mismatch` for other units of the same person, line and moment; 422
   * `duty.separation` for who approved before; moments as `momentOf`.
   */
  async countLines(actor: Actor, countId: string, input: CountLines): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const count = await countForStep(tx, actor, { id: countId, action: 'stock.count', step: 'count' });
      return this.write(tx, actor, { count, counted: input.lines, now });
    });
  }

  /**
   * Adds and counts goods that the book does not know in their bin. 404 for an unknown bin, item, lot or fund; 409 `count-line.exists` when
   * the cell stands in this or another open count (C1).
   */
  async addFoundLine(actor: Actor, countId: string, input: AddFoundLine): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const count = await countForStep(tx, actor, { id: countId, action: 'stock.count', step: 'count' });
      const bin = (await binsOf(tx, count.warehouseId)).find(({ id }) => id === input.binId);
      if (!bin) throw notFound('bin', input.binId);
      const [item] = await itemsByIds(tx, [input.itemId]);
      if (!item) throw notFound('item', input.itemId);
      await mustBeFunds(tx, [input.fund]);
      const lot = await lotOfFound(tx, input, momentOf(input, { now, openedAt: count.openedAt }));
      const { condition, fund = null } = input;
      const { societyId: ownerSocietyId, warehouseId } = count;
      const goods = { itemId: item.id, lotId: lot.id, condition, ownerSocietyId, fund };
      const place = { kind: 'bin' as const, warehouseId, placeId: bin.id, placeCode: bin.code, placeName: null };
      const line = { id: input.id ?? newId(), countId, cellId: accountAt(place, goods).id, binId: bin.id, ...goods };
      const added = await lineStore.insertFoundLine(tx, { ...line, priceFen: item.priceFen });
      if (!added) throw new Problem('count-line.exists', { bin: bin.code, item: item.code, lot: lot.code });
      return this.write(tx, actor, { count, counted: [{ lineId: line.id, ...input }], now });
    });
  }

  /**
   * Ends the counting. Every line is judged by the ledger of now; when one is still open or must be counted again, the count stays open
   * and the answer names those lines.
   */
  async finishCount(actor: Actor, countId: string, input: FinishCount): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const ask = { id: countId, action: 'stock.count', step: 'finish', version: input.version } as const;
      const count = await countForStep(tx, actor, ask);
      const lines = await judgedLines(tx, countId);
      const waiting = lines.filter(({ state }) => state === 'open' || state === 'recount');
      await lineStore.saveLines(tx, lines.filter(isAlive).map(toChange));
      const ended = { ...count, status: waiting.length > 0 ? ('open' as const) : count.status, finishedAt: waiting.length > 0 ? null : now };
      const kind = waiting.length > 0 ? 'count.looked-over' : 'count.finished';
      return saveAndTell(tx, actor, { kind, count: { ...ended, figures: digestOf(lines) }, lines: waiting, occurredAt: now, recordedAt: now });
    });
  } // prettier-ignore

  /** Asks for another count of lines: what was counted on them so far does not matter any more, and the count is open again. */
  async recountLines(actor: Actor, countId: string, input: RecountLines): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const ask = { id: countId, action: 'stock.count-approve', step: 'recount', version: input.version } as const;
      const count = await countForStep(tx, actor, ask);
      const lines = (await judgedLines(tx, countId, input.lineIds)).map((line) => ({
        ...line, state: takeLineStep(line, 'recount'), recountReason: 'asked' as const, recountFrom: now, entry: null, cause: null, note: null,
        approvedUnits: null, blocked: null,
      })); // prettier-ignore
      await lineStore.saveLines(tx, lines.map(toChange)); // prettier-ignore
      const open = { ...count, finishedAt: null, approvedAt: null };
      return saveAndTell(tx, actor, {
        kind: 'count.recount-asked',
        count: open,
        lines,
        occurredAt: now,
        recordedAt: now,
      });
    });
  }

  /** Gives a count up; nothing of it is posted. 422 `count.partly-posted` when some of it was. */
  async cancelCount(actor: Actor, countId: string, input: CancelCount): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const ask = { id: countId, action: 'stock.count', step: 'cancel', version: input.version } as const;
      const count = await countForStep(tx, actor, ask);
      if (count.postings > 0) throw new Problem('count.partly-posted', { number: count.number });
      await lineStore.releaseLines(tx, countId);
      const ended = { ...count, cancelledAt: now, cancelReason: input.reason };
      return saveAndTell(tx, actor, {
        kind: 'count.cancelled',
        count: ended,
        lines: [],
        occurredAt: now,
        recordedAt: now,
      });
    });
  }

  private async write(
    tx: Tx,
    actor: Actor,
    facts: { count: store.CountRow; counted: CountLines['lines']; now: Date },
  ): Promise<CountAnswer> {
    const { count, counted, now } = facts;
    await refuseApprover(tx, actor, count);
    const ids = [...new Set(counted.map(({ lineId }) => lineId))];
    for (const line of await judgedLines(tx, count.id, ids)) takeLineStep(line, 'count');
    const entries = counted.map((one) => entryOf(actor, one, { now, openedAt: count.openedAt }));
    await lineStore.insertEntries(tx, entries);
    await refuseOtherUnits(tx, count.id, { ids, entries });
    const lines = (await judgedLines(tx, count.id, ids)).map((line) => ({ ...line, seenBookUnits: line.bookUnits }));
    await lineStore.saveLines(tx, lines.map(toChange)); // prettier-ignore
    const last = entries.reduce((latest, { moment }) => (moment > latest ? moment : latest), entries[0]!.moment);
    return saveAndTell(tx, actor, {
      kind: 'stock.counted',
      count,
      lines,
      occurredAt: last,
      recordedAt: entries[0]!.recordedAt,
    });
  }
}

const isAlive = ({ state }: JudgedLine): boolean => state !== 'posted' && state !== 'dropped';

function entryOf(
  actor: Actor,
  counted: CountLines['lines'][number],
  at: { now: Date; openedAt: Date },
): lineStore.NewEntry {
  const { lineId, units, clockOffsetMs } = counted;
  const moment = momentOf(counted, at);
  return {
    id: idFrom('count-entry', lineId, actor.userId, new Date(counted.countedAt).toISOString()), lineId, units, moment, clockOffsetMs, counterId: actor.userId,
    counterName: actor.name, recordedAt: new Date(counted.countedAt), receivedAt: at.now,
  }; // prettier-ignore
}

async function refuseApprover(tx: Tx, actor: Actor, count: store.CountRow): Promise<void> {
  const signed = (await signaturesOf(tx, [count.id])).get(count.id) ?? [];
  if (signed.some(({ role, userId }) => role.startsWith('approve') && userId === actor.userId)) {
    throw new Problem('duty.separation', { first: 'approve', second: 'count' });
  }
}

/** S5: one person counts a line at one moment once. */
async function refuseOtherUnits(
  tx: Tx,
  countId: string,
  told: { ids: string[]; entries: lineStore.NewEntry[] },
): Promise<void> {
  const kept = new Map((await lineStore.entriesOf(tx, countId, told.ids)).map((entry) => [entry.id, entry.units]));
  const other = told.entries.find(({ id, units }) => kept.has(id) && kept.get(id) !== units);
  if (other) throw new Problem('idempotency.mismatch', { key: other.id });
}
