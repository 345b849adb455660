import { Injectable } from '@nestjs/common';
import { type Actor, visibleOr404 } from '../access/index.js';
import { Database, inSnapshot, read, type Tx } from '../database/index.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound } from '../shared/problem.js';
import { itemsByIds } from './item.store.js';
import * as levels from './level.store.js';
import { movementsBefore } from './movement.store.js';
import type {
  AsOfDto,
  AsOfQuery,
  LevelsQuery,
  MovementsQuery,
  NetworkDto,
  NetworkItemsDto,
} from './relief-stock.dto.js';
import { findWarehouse } from './warehouse.store.js';

/** What people look up about stock. Reads only; an actor sees the warehouses that share a scope key. */
@Injectable()
export class StockService {
  constructor(private readonly db: Database) {}

  /** Levels by warehouse code and item code. 404 `warehouse.not-found` when one is named that the actor may not see. */
  async levels(actor: Actor, query: LevelsQuery) {
    const after = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const rows = await read(this.db, async (tx) => {
      await this.namedWarehouse(tx, actor, query.warehouseId);
      return levels.levelsAfter(tx, query, { keys: actor.keys, after, limit: query.limit + 1 });
    });
    const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.warehouseCode, row.itemCode]);
    return { items: items.map(({ warehouseCode: _w, itemCode: _i, ...level }) => level), nextCursor };
  }

  /** One item over all societies whose warehouses the actor may see. 404 `item.not-found`. */
  async network(actor: Actor, itemId: string): Promise<NetworkDto> {
    return read(this.db, async (tx) => {
      const [item] = await itemsByIds(tx, [itemId]);
      if (!item) throw notFound('item', itemId);
      return { itemId, societies: await levels.networkOf(tx, itemId, actor.keys) };
    });
  }

  /** All items over all warehouses that the actor may see. */
  async networkOfAll(actor: Actor): Promise<NetworkItemsDto> {
    return { items: await read(this.db, (tx) => levels.networkOfItems(tx, actor.keys)) };
  }

  /** Movements by when the server got them, newest first. */
  async movements(actor: Actor, query: MovementsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const { warehouseId, itemId, lotId, limit } = query;
    const rows = await read(this.db, async (tx) => {
      await this.namedWarehouse(tx, actor, warehouseId);
      return movementsBefore(tx, { warehouseId, itemId, lotId }, { keys: actor.keys, before, limit: limit + 1 });
    });
    return toPage(rows, limit, (movement) => [movement.receivedAt, movement.id]);
  }

  /** What lay in a warehouse at an instant, as the facts known now tell it. 404 `warehouse.not-found`. */
  async asOf(actor: Actor, query: AsOfQuery): Promise<AsOfDto> {
    const at = new Date(query.at);
    return inSnapshot(this.db, async (tx) => {
      await this.namedWarehouse(tx, actor, query.warehouseId);
      return { at: at.toISOString(), items: await levels.stockAsOf(tx, query.warehouseId, at) };
    });
  }

  private async namedWarehouse(tx: Tx, actor: Actor, warehouseId: string | undefined): Promise<void> {
    if (warehouseId) visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
  }
}
