import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { numberFor, signDocument } from '../document.service.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { itemsByIds } from '../item.store.js';
import { reverseMovements } from '../ledger.service.js';
import { lockLevels, postingsOfCause } from '../ledger.store.js';
import { findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type { PaperStep, RejectPaper } from './adjustment.dto.js';
import { isAboveThreshold, valueOf } from './adjustment.rules.js';
import { changesOf, unitsByItem } from './approval.service.js';
import type { AskReversal, ReversalDto, ReversalsQuery } from './reversal.dto.js';
import { type ReversalStep, reversalAfter } from './reversal.rules.js';
import * as store from './reversal.store.js';
import { markReversed } from './reversed.service.js';

interface Held {
  row: store.ReversalRow;
  warehouse: WarehouseRow;
  times: FactTimes;
}

/** Takes back what posted papers did: the same units the other way, each movement pointing at its original, which stays. */
@Injectable()
export class ReversalService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The keeper asks; below the threshold it happens at once, above it (and for every disposal) another person approves. 404
   * `document.not-found`; 409 `reversal.exists` while one is asked for or done; 422 `reversal.unclear` (a paper or a cause, one of them),
   * `reversal.not-posted`; `stock.insufficient` when the goods have moved on or are promised.
   */
  async ask(actor: Actor, input: AskReversal): Promise<ReversalDto> {
    const times = factTimesOf({}, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const documentId = input.documentId ?? input.causeId;
      if (!documentId || (input.documentId && input.causeId)) throw new Problem('reversal.unclear', {});
      const paper = visibleOr404(actor, await store.findDocument(tx, documentId), 'document', documentId);
      const warehouse = await this.warehouseOf(tx, paper.warehouseId);
      allow(actor, 'stock.adjust', targetOf(warehouse));
      if (!paper.posted) throw new Problem('reversal.not-posted', { number: paper.number });
      const judged = await judge(tx, paper, { warehouse, now: times.now });
      const { now } = times;
      const row: store.ReversalRow = {
        id: input.id ?? newId(), number: await numberFor(tx, { kind: 'reversal', id: input.id, adcode: warehouse.societyAdcode, now }), documentId: paper.id,
        documentKind: paper.kind, documentNumber: paper.number, warehouseId: warehouse.id, status: judged.approvalNeeded ? 'submitted' : 'posted',
        statusSince: now, reason: input.reason, ...judged, rejectReason: null, askedBy: actor.name, receivedAt: now, version: 1,
      }; // prettier-ignore
      if (!(await store.insertReversal(tx, row))) throw new Problem('reversal.exists', { number: paper.number });
      await signDocument(tx, actor, { documentId: row.id, role: 'submit', apart: [], times });
      if (row.status === 'posted') await takeBack(tx, actor, { row, warehouse, times });
      return tell(tx, actor, { row, warehouse, times });
    });
  }

  /** Another person lets it happen. 422 `duty.separation` for who asked; otherwise refused as asking is. */
  async approve(actor: Actor, id: string, input: PaperStep): Promise<ReversalDto> {
    return this.step(actor, { id, step: 'approve', input }, async (tx, held) => {
      await signDocument(tx, actor, { documentId: id, role: 'approve', apart: ['submit'], times: held.times });
      await takeBack(tx, actor, held);
      return store.saveReversal(tx, held.row);
    });
  }

  async reject(actor: Actor, id: string, input: RejectPaper): Promise<ReversalDto> {
    return this.step(actor, { id, step: 'reject', input }, async (tx, { row, times }) => {
      await signDocument(tx, actor, { documentId: id, role: 'reject', apart: ['submit'], times });
      return store.saveReversal(tx, { ...row, rejectReason: input.reason });
    });
  }

  async cancel(actor: Actor, id: string, input: PaperStep): Promise<ReversalDto> {
    return this.step(actor, { id, step: 'cancel', input }, async (tx, { row }) => store.saveReversal(tx, row));
  }

  async reversals(actor: Actor, query: ReversalsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const page = { keys: actor.keys, before, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => store.reversalsBefore(tx, query, page));
    return toPage(rows, query.limit, (row) => [row.receivedAt, row.id]);
  }

  /** 404 `reversal.not-found`. */
  async reversal(actor: Actor, id: string): Promise<ReversalDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findReversal(tx, id), 'reversal', id);
      return (await store.reversalDtos(tx, [row]))[0]!;
    });
  }

  /** Lock, authority, version, table, then what is special about the step. */
  private async step(
    actor: Actor,
    { id, step, input }: { id: string; step: ReversalStep; input: PaperStep },
    take: (tx: Tx, held: Held) => Promise<store.ReversalRow>,
  ): Promise<ReversalDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const row = visibleOr404(actor, await store.lockReversal(tx, id), 'reversal', id);
      const warehouse = await this.warehouseOf(tx, row.warehouseId);
      allow(actor, step === 'cancel' ? 'stock.adjust' : 'stock.adjust-approve', targetOf(warehouse));
      if (input.version !== undefined && input.version !== row.version)
        throw new Problem('reversal.stale', { version: row.version });
      const status = reversalAfter(row.status, step);
      const held: Held = { row: { ...row, status, statusSince: times.now }, warehouse, times };
      return tell(tx, actor, { ...held, row: await take(tx, held) });
    });
  }

  private async warehouseOf(tx: Tx, id: string): Promise<WarehouseRow> {
    const warehouse = await findWarehouse(tx, id);
    if (!warehouse) throw notFound('warehouse', id);
    return warehouse;
  }
}

/** What the reversal is worth and whether another person must approve, by the book of now. Locks the levels. */
async function judge(
  tx: Tx,
  paper: store.ReversibleDocument,
  { warehouse, now }: { warehouse: WarehouseRow; now: Date },
): Promise<Pick<store.ReversalRow, 'valueFen' | 'approvalNeeded'>> {
  const done = await postingsOfCause(tx, paper.id);
  await lockLevels(tx, [...new Set(done.flatMap(({ from, to }) => [from.levelId, to.levelId]))]);
  const inBins = done.filter(({ from, to }) => from.kind === 'bin' || to.kind === 'bin');
  const units = unitsByItem(inBins.map(({ from, units: moved }) => ({ itemId: from.itemId, units: moved })));
  const items = new Map((await itemsByIds(tx, [...units.keys()])).map((item) => [item.id, item]));
  const changes = await changesOf(tx, { warehouseId: paper.warehouseId, units, items, now });
  const ofOthers = inBins.some(({ from }) => from.ownerSocietyId !== warehouse.societyId);
  const approvalNeeded = paper.kind === 'disposal' || ofOthers || isAboveThreshold(changes);
  return { valueFen: valueOf(changes), approvalNeeded };
}

/** Marks the paper and moves its goods back; the paper is told once both stand. */
async function takeBack(tx: Tx, actor: Actor, { row, times }: Held): Promise<void> {
  const tellPaper = await markReversed(tx, row);
  const { now, occurredAt, recordedAt } = times;
  const done = await reverseMovements(tx, {
    causeId: row.id, reversedCauseId: row.documentId, document: row.number, actor, now, occurredAt, recordedAt,
  }); // prettier-ignore
  ensure(done, 'S5 a reversal is posted once');
  await tellPaper(actor, times);
}

const targetOf = (warehouse: WarehouseRow) => ({ paths: [warehouse.societyPath], warehouseId: warehouse.id });

async function tell(tx: Tx, actor: Actor, { row, warehouse, times }: Held): Promise<ReversalDto> {
  const [data] = await store.reversalDtos(tx, [row]);
  const { id, version, status } = row;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, {
    kind: `reversal.${status}`, subject: 'stock-reversal', id, version, scope: warehouse.scope, data: data!, actor, occurredAt, recordedAt,
  }); // prettier-ignore
  return data!;
}
