import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { numberFor, signDocument } from '../document.service.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { itemsByIds } from '../item.store.js';
import { levelId, openLevels, postMovements } from '../ledger.service.js';
import { lockLevels } from '../ledger.store.js';
import { findReceipt } from '../receiving/receipt.store.js';
import type { ItemDto } from '../relief-stock.dto.js';
import { findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type {
  AdjustmentDto, AdjustmentLineDto, AdjustmentsQuery, CellsQuery, DraftAdjustment, PaperStep, ReasonsQuery, RejectPaper, ReplaceGoods,
  RewriteAdjustment, StockReasonDto,
} from './adjustment.dto.js'; // prettier-ignore
import { knownLines, postingsOf } from './adjustment-lines.service.js';
import { type AdjustmentStep, adjustmentAfter, inspectLines, needsApproval, valueOf } from './adjustment.rules.js';
import * as store from './adjustment.store.js';
import { changesOf, mustBeThere, unitsByItem } from './approval.service.js';
import { cellsAfter, lotsByIds } from './cell.store.js';

interface Held {
  row: store.AdjustmentRow;
  warehouse: WarehouseRow;
  times: FactTimes;
}

/** Papers that change stock without a lorry: adjustments, damage, disposals, rotations. */
@Injectable()
export class AdjustmentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The keeper drafts a paper, and hands it in at once when `submit` says so. Refusals of the lines: see `knownLines`; of handing in: see
   * `submit`.
   */
  async draft(actor: Actor, input: DraftAdjustment): Promise<AdjustmentDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const found = await findWarehouse(tx, input.warehouseId);
      const warehouse = visibleOr404(actor, found, 'warehouse', input.warehouseId);
      allow(actor, 'stock.adjust', targetOf(warehouse));
      const { kind, note } = input;
      const known = await knownLines(tx, actor, { kind, warehouse, lines: input.lines, today: dayOf(times.now) });
      await this.mustKnowItems(tx, input.replacements);
      if (input.submit) await lockPaperLevels(tx, warehouse.id, known.lines);
      const { now, occurredAt, recordedAt } = times;
      const row: store.AdjustmentRow = {
        id: input.id ?? newId(), number: await numberFor(tx, { kind, id: input.id, adcode: warehouse.societyAdcode, now }), kind, warehouseId: warehouse.id,
        status: 'draft', statusSince: now, note, valueFen: 0, approvalNeeded: false, rejectReason: null, draftedBy: actor.name,
        replacements: promised(input.replacements), occurredAt, recordedAt, receivedAt: now, postedAt: null, version: 1,
      }; // prettier-ignore
      await store.insertAdjustment(tx, row);
      await store.replaceLines(tx, row.id, known.lines.map(toStored));
      const held = { row, warehouse, times };
      const last = input.submit ? await this.handIn(tx, actor, held, known.lines) : row;
      return tell(tx, actor, { ...held, row: last });
    });
  }

  /** Puts other lines in a draft. 409 `adjustment.stale`, `adjustment.step-not-allowed`. */
  async rewrite(actor: Actor, id: string, input: RewriteAdjustment): Promise<AdjustmentDto> {
    return this.step(actor, { id, step: 'rewrite', input }, async (tx, { row, warehouse, times }) => {
      const known = await knownLines(tx, actor, {
        kind: row.kind,
        warehouse,
        lines: input.lines,
        today: dayOf(times.now),
      });
      await this.mustKnowItems(tx, input.replacements);
      await store.replaceLines(tx, id, known.lines.map(toStored));
      return store.saveAdjustment(tx, { ...row, note: input.note, replacements: promised(input.replacements) });
    });
  }

  /**
   * Hands a draft in: below the threshold it is posted at once, above it waits for another person. 422 of `inspectLines`;
   * `stock.insufficient` when the goods are not there or promised; `stock.not-yet-there` when it is dated before they came.
   */
  async submit(actor: Actor, id: string, input: PaperStep): Promise<AdjustmentDto> {
    return this.step(actor, { id, step: 'submit', input }, async (tx, held) => {
      const lines = await store.linesOf(tx, id);
      await lockPaperLevels(tx, held.warehouse.id, lines);
      return this.handIn(tx, actor, held, lines);
    });
  }

  /** Another person lets it happen. 422 `duty.separation` for who handed it in; otherwise refused as handing in is. */
  async approve(actor: Actor, id: string, input: PaperStep): Promise<AdjustmentDto> {
    return this.step(actor, { id, step: 'approve', input }, async (tx, held) => {
      const lines = await store.linesOf(tx, id);
      await lockPaperLevels(tx, held.warehouse.id, lines);
      const { reasons } = await this.inspect(tx, held, lines);
      await signDocument(tx, actor, { documentId: id, role: 'approve', apart: ['submit'], times: held.times });
      return this.post(tx, actor, held, { lines, reasons });
    });
  }

  async reject(actor: Actor, id: string, input: RejectPaper): Promise<AdjustmentDto> {
    return this.step(actor, { id, step: 'reject', input }, async (tx, { row, times }) => {
      await signDocument(tx, actor, { documentId: id, role: 'reject', apart: ['submit'], times });
      return store.saveAdjustment(tx, { ...row, rejectReason: input.reason });
    });
  }

  /** The keeper takes back what is not posted. */
  async cancel(actor: Actor, id: string, input: PaperStep): Promise<AdjustmentDto> {
    return this.step(actor, { id, step: 'cancel', input }, async (tx, { row }) => store.saveAdjustment(tx, row));
  }

  /**
   * Notes by which receipt the promised replacement of rotated goods came. 404 `goods-receipt.not-found`, `replacement.not-found`; 422
   * `adjustment.receipt-differs` for a receipt of another warehouse or with fewer units of the item.
   */
  async replace(actor: Actor, id: string, input: ReplaceGoods): Promise<AdjustmentDto> {
    return this.step(actor, { id, step: 'replace', input }, async (tx, { row }) => {
      const found = row.replacements.find(({ line, receiptId }) => line === input.line && receiptId === null);
      if (!found) throw new Problem('replacement.not-found', { line: input.line });
      const { row: receipt } = visibleOr404(
        actor,
        await findReceipt(tx, input.receiptId),
        'goods-receipt',
        input.receiptId,
      );
      const units = receipt.lines
        .filter(({ itemId }) => itemId === found.itemId)
        .reduce((sum, line) => sum + line.units, 0);
      if (receipt.warehouseId !== row.warehouseId || units < found.units) {
        throw new Problem('adjustment.receipt-differs', {
          number: receipt.number,
          promised: found.units,
          received: units,
        });
      }
      const replacements = row.replacements.map((one) => (one === found ? { ...one, receiptId: receipt.id } : one));
      return store.saveAdjustment(tx, { ...row, replacements });
    });
  }

  async adjustments(actor: Actor, query: AdjustmentsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const page = { keys: actor.keys, before, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => store.adjustmentsBefore(tx, query, page));
    return toPage(rows, query.limit, (row) => [row.receivedAt, row.id]);
  }

  /** 404 `adjustment.not-found`. */
  async adjustment(actor: Actor, id: string): Promise<AdjustmentDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findAdjustment(tx, id), 'adjustment', id);
      return store.adjustmentDtoOf(tx, row);
    });
  }

  async reasons(query: ReasonsQuery): Promise<{ items: StockReasonDto[]; nextCursor: null }> {
    return { items: await read(this.db, (tx) => store.reasonsOf(tx, query.kind ?? null)), nextCursor: null };
  }

  /** What lies in the bins of a warehouse, cell by cell. 404 `warehouse.not-found`. */
  async cells(actor: Actor, query: CellsQuery) {
    const after = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const rows = await read(this.db, async (tx) => {
      visibleOr404(actor, await findWarehouse(tx, query.warehouseId), 'warehouse', query.warehouseId);
      return cellsAfter(tx, query, { after, limit: query.limit + 1 });
    });
    return toPage(rows, query.limit, (cell) => [cell.itemCode, cell.id]);
  }

  /** Lock, authority, version, table, then what is special about the step. */
  private async step(
    actor: Actor,
    { id, step, input }: { id: string; step: keyof typeof ACTION; input: PaperStep },
    take: (tx: Tx, held: Held) => Promise<store.AdjustmentRow>,
  ): Promise<AdjustmentDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const row = visibleOr404(actor, await store.lockAdjustment(tx, id), 'adjustment', id);
      const warehouse = await findWarehouse(tx, row.warehouseId);
      ensure(warehouse !== undefined, 'a paper keeps its warehouse');
      allow(actor, ACTION[step], targetOf(warehouse));
      if (input.version !== undefined && input.version !== row.version)
        throw new Problem('adjustment.stale', { version: row.version });
      const status = adjustmentAfter(row.status, step);
      const statusSince = status === row.status ? row.statusSince : times.now;
      const held: Held = { row: { ...row, status, statusSince }, warehouse, times };
      return tell(tx, actor, { ...held, row: await take(tx, held) });
    });
  }

  /** Under the lock of the levels: inspected, signed, and posted unless another person must approve. */
  private async handIn(tx: Tx, actor: Actor, held: Held, lines: AdjustmentLineDto[]): Promise<store.AdjustmentRow> {
    const { row, warehouse, times } = held;
    const { items, reasons } = await this.inspect(tx, held, lines);
    await mustBeThere(tx, postingsOf(row, lines, reasons), { warehouse: warehouse.code, items });
    const { now } = times;
    const changes = await changesOf(tx, { warehouseId: warehouse.id, units: unitsByItem(lines), items, now });
    const ofOthers = lines.some(({ ownerSocietyId }) => ownerSocietyId !== warehouse.societyId);
    const approvalNeeded = needsApproval(row.kind, changes, { ofOthers });
    await signDocument(tx, actor, { documentId: row.id, role: 'submit', apart: [], times });
    const judged = {
      ...row,
      status: 'submitted' as const,
      statusSince: now,
      valueFen: valueOf(changes),
      approvalNeeded,
    };
    if (approvalNeeded) return store.saveAdjustment(tx, judged);
    return this.post(tx, actor, { ...held, row: judged }, { lines, reasons });
  }

  /** Looks at the lines as their lots and reasons are now. */
  private async inspect(
    tx: Tx,
    { row, times }: Held,
    lines: AdjustmentLineDto[],
  ): Promise<{ items: Map<string, ItemDto>; reasons: Map<string, StockReasonDto> }> {
    const reasons = new Map((await store.reasonsOf(tx, null)).map((reason) => [reason.code, reason]));
    const lots = new Map((await lotsByIds(tx, [...new Set(lines.map(({ lotId }) => lotId))], null)).map((lot) => [lot.id, lot])); // prettier-ignore
    const items = new Map((await itemsByIds(tx, [...new Set(lines.map(({ itemId }) => itemId))])).map((item) => [item.id, item])); // prettier-ignore
    const reasoned = lines.map((line) => ({ ...line, lot: lots.get(line.lotId)! }));
    inspectLines(row.kind, reasoned, { reasons, today: dayOf(times.now), replacements: row.replacements.length });
    return { items, reasons };
  }

  private async post(
    tx: Tx,
    actor: Actor,
    { row, warehouse, times }: Held,
    known: { lines: AdjustmentLineDto[]; reasons: Map<string, StockReasonDto> },
  ): Promise<store.AdjustmentRow> {
    const { now } = times;
    const { occurredAt, recordedAt } = row; // when it happened, not when it was approved
    const postings = postingsOf(row, known.lines, known.reasons);
    // Goods that are used up are used by the people of the warehouse's society, and for no incident.
    const purpose = { societyPath: warehouse.societyPath, incidentKind: null, incidentId: null };
    const cause = { causeId: row.id, document: row.number, purpose };
    await postMovements(tx, { ...cause, postings, actor, now, occurredAt, recordedAt });
    return store.saveAdjustment(tx, { ...row, status: 'posted', statusSince: now, postedAt: now });
  }

  /** 404 `item.not-found`. */
  private async mustKnowItems(tx: Tx, lines: { itemId: string }[]): Promise<void> {
    const known = await itemsByIds(tx, lines.map(({ itemId }) => itemId)); // prettier-ignore
    const missing = lines.find(({ itemId }) => !known.some((item) => item.id === itemId));
    if (missing) throw new Problem('item.not-found', { id: missing.itemId });
  }
}

/** Steps of people, and who takes them; a reversal is a paper of its own. */
const ACTION = {
  rewrite: 'stock.adjust', submit: 'stock.adjust', approve: 'stock.adjust-approve', reject: 'stock.adjust-approve', cancel: 'stock.adjust',
  replace: 'stock.adjust',
} as const satisfies Partial<Record<AdjustmentStep, string>>; // prettier-ignore

const targetOf = (warehouse: WarehouseRow) => ({ paths: [warehouse.societyPath], warehouseId: warehouse.id });

const promised = (lines: RewriteAdjustment['replacements']): AdjustmentDto['replacements'] =>
  lines.map((line, n) => ({ ...line, line: n + 1, receiptId: null }));

function toStored({ pack, ...line }: AdjustmentLineDto): store.NewLine {
  return { ...line, packName: pack?.name ?? null, packUnits: pack?.unitsPerPack ?? null };
}

/** The first lock of a paper that is about to be judged: the levels of its items, so that the book stands still. */
async function lockPaperLevels(tx: Tx, warehouseId: string, lines: readonly { itemId: string }[]): Promise<void> {
  const pairs = [...new Set(lines.map(({ itemId }) => itemId))].map((itemId) => ({ warehouseId, itemId }));
  await openLevels(tx, pairs);
  await lockLevels(tx, pairs.map(levelId)); // prettier-ignore
}

async function tell(tx: Tx, actor: Actor, { row, warehouse, times }: Held): Promise<AdjustmentDto> {
  const data = await store.adjustmentDtoOf(tx, row);
  const { occurredAt, recordedAt } = times;
  const kind = `adjustment.${row.status === 'draft' ? 'drafted' : row.status}`;
  await recordChange(tx, {
    kind, subject: 'stock-adjustment', id: row.id, version: row.version, scope: warehouse.scope, data, actor, occurredAt, recordedAt,
  }); // prettier-ignore
  return data;
}
