import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, pathKeys, visibleOr404, warehouseKey } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { itemsByIds } from '../item.store.js';
import { findReceipt } from '../receiving/receipt.store.js';
import { findWarehouse, lockWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { type CallStep, mustHaveLeft, takeCallStep } from './capacity.rules.js';
import * as store from './capacity.store.js';
import type {
  CallCapacity,
  CallDto,
  CallsQuery,
  CancelCall,
  CapacityDto,
  CapacityQuery,
  SettleCall,
} from './watch.dto.js';

/** Goods of such a receipt are in the warehouse. */
const ARRIVED = new Set(['accepted', 'part-rejected', 'put-away']);

/** Reserves without goods: contracts and online stores that can deliver so much a day. */
@Injectable()
export class CapacityService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Calls units off for a day; they are expected at the other warehouse. 422 `capacity.exceeded`, `capacity.in-past`,
   * `warehouse.no-capacity` for a store that keeps goods itself, `warehouse.no-goods` for an end where none can arrive.
   */
  async callCapacity(actor: Actor, input: CallCapacity): Promise<CallDto> {
    return inCommand(this.db, actor, async (tx) => {
      const locked = await lockWarehouse(tx, input.warehouseId);
      const reserve = visibleOr404(actor, locked, 'warehouse', input.warehouseId);
      allow(actor, 'stock.order', { paths: [reserve.societyPath] });
      const capacity = capacityOf(reserve);
      const found = await findWarehouse(tx, input.toWarehouseId);
      const to = visibleOr404(actor, found, 'warehouse', input.toWarehouseId);
      if (to.mode === 'agreement' || to.mode === 'virtual')
        throw new Problem('warehouse.no-goods', { warehouse: to.code });
      if ((await itemsByIds(tx, [input.itemId])).length === 0) throw notFound('item', input.itemId);
      const now = this.clock.now();
      const { onDay: day, units } = input;
      const called = await store.calledUnits(tx, reserve.id, day);
      mustHaveLeft({ units, day, today: dayOf(now), capacity, called });
      const row: store.CallRow = {
        id: input.id ?? newId(), warehouseId: reserve.id, toWarehouseId: to.id, itemId: input.itemId, units, onDay: day, note: input.note,
        status: 'called', receiptId: null, reason: null, calledBy: actor.name, calledAt: now, settledAt: null, version: 1,
        scope: [...new Set([
          ...pathKeys(reserve.societyPath), ...pathKeys(to.societyPath), warehouseKey(reserve.id), warehouseKey(to.id),
        ])],
      }; // prettier-ignore
      await store.insertCall(tx, row);
      return this.tell(tx, row, { kind: 'stock.capacity-called', actor, now });
    });
  }

  /**
   * The goods came in by this receipt, which is of the warehouse and has the item. 404 `goods-receipt.not-found`; 422
   * `capacity-call.other-receipt` for one that does not fit or settles another call.
   */
  async settleCall(actor: Actor, id: string, input: SettleCall): Promise<CallDto> {
    return this.step(actor, { id, step: 'receive', input }, async (tx, { call, to }) => {
      allow(actor, 'stock.receive', { paths: [to.societyPath], warehouseId: to.id });
      const found = await findReceipt(tx, input.receiptId);
      const { row: receipt } = visibleOr404(actor, found, 'goods-receipt', input.receiptId);
      const fits =
        receipt.warehouseId === to.id &&
        ARRIVED.has(receipt.status) &&
        receipt.lines.some((line) => line.itemId === call.itemId);
      if (!fits || (await store.receiptUsed(tx, receipt.id)))
        throw new Problem('capacity-call.other-receipt', { number: receipt.number });
      return { ...call, receiptId: receipt.id };
    });
  }

  /** The capacity of the day is free again. */
  async cancelCall(actor: Actor, id: string, input: CancelCall): Promise<CallDto> {
    return this.step(actor, { id, step: 'cancel', input }, async (_tx, { call, reserve }) => {
      allow(actor, 'stock.order', { paths: [reserve.societyPath] });
      return { ...call, reason: input.reason };
    });
  }

  /** What is left of a day. 404 `warehouse.not-found`, 422 `warehouse.no-capacity`. */
  async capacity(actor: Actor, { warehouseId, day }: CapacityQuery): Promise<CapacityDto> {
    return read(this.db, async (tx) => {
      const reserve = visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
      const capacityUnits = capacityOf(reserve);
      const calledUnits = await store.calledUnits(tx, warehouseId, day);
      return { warehouseId, day, capacityUnits, calledUnits, leftUnits: Math.max(0, capacityUnits - calledUnits) };
    });
  }

  async calls(actor: Actor, query: CallsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const { warehouseId, status, limit } = query;
    const page = { keys: actor.keys, before, limit: limit + 1 };
    const rows = await read(this.db, (tx) => store.callsBefore(tx, { warehouseId, status }, page));
    return toPage(rows.map(store.toCallDto), limit, (call) => [call.calledAt, call.id]);
  }

  private async step(
    actor: Actor,
    { id, step, input }: { id: string; step: CallStep; input: { version?: number | undefined } },
    take: (tx: Tx, held: { call: store.CallRow; reserve: WarehouseRow; to: WarehouseRow }) => Promise<store.CallRow>,
  ): Promise<CallDto> {
    return inCommand(this.db, actor, async (tx) => {
      const call = visibleOr404(actor, await store.lockCall(tx, id), 'capacity-call', id);
      const reserve = (await findWarehouse(tx, call.warehouseId))!;
      const to = (await findWarehouse(tx, call.toWarehouseId))!;
      if (input.version !== undefined && input.version !== call.version)
        throw new Problem('capacity-call.stale', { version: call.version });
      const decided = await take(tx, { call, reserve, to });
      const now = this.clock.now();
      const saved = await store.saveCall(tx, { ...decided, status: takeCallStep(call.status, step), settledAt: now });
      return this.tell(tx, saved, { kind: `stock.capacity-${step === 'receive' ? 'received' : 'cancelled'}`, actor, now }); // prettier-ignore
    });
  }

  private async tell(
    tx: Tx,
    row: store.CallRow,
    { kind, actor, now }: { kind: string; actor: Actor; now: Date },
  ): Promise<CallDto> {
    const data = store.toCallDto(row);
    const { id, version, scope } = row;
    await recordChange(tx, { kind, subject: 'capacity-call', id, version, scope, data, actor, occurredAt: now, recordedAt: now }); // prettier-ignore
    return data;
  }
}

/** 422 `warehouse.no-capacity`. */
function capacityOf(reserve: WarehouseRow): number {
  if (reserve.dailyCapacityUnits === null) throw new Problem('warehouse.no-capacity', { warehouse: reserve.code });
  return reserve.dailyCapacityUnits;
}
