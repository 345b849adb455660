import { Injectable } from '@nestjs/common';
import {
  type Actor,
  allow,
  findSociety,
  inCommand,
  resourceKeys,
  visibleOr404,
  warehouseKey,
} from '../access/index.js';
import { Database, read } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { toWgs84 } from '../shared/geo.js';
import { newId } from '../shared/ids.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound, Problem } from '../shared/problem.js';
import type { AddBin, BinDto, OpenWarehouse, WarehouseDto, WarehousesQuery } from './relief-stock.dto.js';
import * as store from './warehouse.store.js';

/** Contract and online reserves are capacity, not goods on a shelf. */
const WITHOUT_GOODS = new Set<WarehouseDto['mode']>(['agreement', 'virtual']);

@Injectable()
export class WarehouseService {
  constructor(private readonly db: Database) {}

  /** Opens a warehouse of a society that the administrator covers. 409 `warehouse.exists` for a code in use. */
  async openWarehouse(actor: Actor, input: OpenWarehouse): Promise<WarehouseDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society) throw notFound('society', input.societyId);
      allow(actor, 'warehouse.manage', { paths: [society.path] });
      if (await store.warehouseCodeTaken(tx, input.code)) throw new Problem('warehouse.exists', { code: input.code });
      const id = input.id ?? newId();
      const { code, name, tier, mode } = input;
      const row: store.WarehouseRow = {
        id, code, name, tier, mode, societyId: society.id, adcode: society.adcode, ...toWgs84(input.location),
        areaM2: input.areaM2 ?? null, dailyCapacityUnits: input.dailyCapacityUnits ?? null, keeperName: input.keeperName ?? null,
        keeperPhone: input.keeperPhone ?? null, version: 1, societyPath: society.path, societyAdcode: society.adcode,
        scope: [...resourceKeys(society.path), warehouseKey(id)],
      }; // prettier-ignore
      await store.insertWarehouse(tx, row);
      const data = store.toWarehouseDto(row);
      const { scope, version } = row;
      await recordChange(tx, { kind: 'warehouse.opened', subject: 'warehouse', id, version, scope, data, actor });
      return data;
    });
  }

  /** Adds a bin. 409 `bin.exists`; 422 `warehouse.no-goods` where no goods of ours lie. */
  async addBin(actor: Actor, warehouseId: string, input: AddBin): Promise<BinDto> {
    return inCommand(this.db, actor, async (tx) => {
      const row = await store.lockWarehouse(tx, warehouseId);
      const warehouse = visibleOr404(actor, row, 'warehouse', warehouseId);
      allow(actor, 'warehouse.manage', { paths: [warehouse.societyPath], warehouseId });
      if (WITHOUT_GOODS.has(warehouse.mode)) throw new Problem('warehouse.no-goods', { warehouse: warehouse.code });
      const bins = await store.binsOf(tx, warehouseId);
      if (bins.some((bin) => bin.code === input.code)) throw new Problem('bin.exists', { code: input.code });
      const bin: BinDto = { id: input.id ?? newId(), warehouseId, code: input.code };
      await store.insertBin(tx, bin);
      const { scope } = warehouse;
      await recordChange(tx, { kind: 'bin.added', subject: 'bin', id: bin.id, version: 1, scope, data: bin, actor });
      return bin;
    });
  }

  async warehouses(actor: Actor, query: WarehousesQuery) {
    const [after] = decodeCursor(query.cursor, ['string']) ?? [null];
    const filter = {
      societyId: query.societyId,
      keys: actor.keys,
      after: after as string | null,
      limit: query.limit + 1,
    };
    const rows = await read(this.db, (tx) => store.warehousesAfter(tx, filter));
    return toPage(rows.map(store.toWarehouseDto), query.limit, (warehouse) => [warehouse.code]);
  }

  /** Bins by code; all of them at once, a warehouse has few. 404 `warehouse.not-found`. */
  async bins(actor: Actor, warehouseId: string): Promise<{ items: BinDto[]; nextCursor: null }> {
    return read(this.db, async (tx) => {
      visibleOr404(actor, await store.findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
      return { items: await store.binsOf(tx, warehouseId), nextCursor: null };
    });
  }
}
