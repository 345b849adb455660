import { Injectable } from '@nestjs/common';
import { type Actor, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot, read } from '../../database/index.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { signaturesOf } from '../document.store.js';
import { findWarehouse } from '../warehouse.store.js';
import type { CountDetailDto, CountSheetDto, CountsQuery } from './count.dto.js';
import { digestOf, isBlind, toLineDto } from './count-lines.rules.js';
import { sheetRows } from './count-line.store.js';
import { judgedLines, toCountDto, visibleCount } from './count-paper.service.js';
import { countsBefore, findCount } from './count.store.js';

/** What people look up about counts. Reads only. */
@Injectable()
export class CountReadService {
  constructor(private readonly db: Database) {}

  /** Counts of warehouses that the actor may see, newest first. 404 `warehouse.not-found` when one is named that they may not see. */
  async counts(actor: Actor, query: CountsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const { warehouseId, limit } = query;
    const rows = await read(this.db, async (tx) => {
      if (warehouseId) visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
      return countsBefore(tx, query, { keys: actor.keys, before, limit: limit + 1 });
    });
    return toPage(rows.map(toCountDto), limit, (count) => [count.openedAt, count.id]);
  }

  /** The whole paper, as the ledger of now tells it. 404 `stock-count.not-found`. */
  async count(actor: Actor, id: string): Promise<CountDetailDto> {
    return inSnapshot(this.db, async (tx) => {
      const row = visibleCount(actor, await findCount(tx, id), id);
      const lines = await judgedLines(tx, id);
      const signatures = (await signaturesOf(tx, [id])).get(id) ?? [];
      return {
        ...toCountDto(row),
        figures: isBlind(row) ? null : digestOf(lines),
        lines: lines.map((line) => toLineDto(line, row)),
        signatures,
      };
    });
  }

  /** For paper: what to count, bin by bin, and nothing of what the book says. 404 `stock-count.not-found`. */
  async sheet(actor: Actor, id: string): Promise<CountSheetDto> {
    return inSnapshot(this.db, async (tx) => {
      const row = visibleCount(actor, await findCount(tx, id), id);
      const warehouse = (await findWarehouse(tx, row.warehouseId))!;
      const bins = new Map<string, CountSheetDto['bins'][number]>();
      for (const { binCode, ...line } of await sheetRows(tx, id)) {
        const bin = bins.get(binCode) ?? { binCode, lines: [] };
        bin.lines.push(line);
        bins.set(binCode, bin);
      }
      const { number, kind, note, lineCount } = row;
      const openedAt = row.openedAt.toISOString();
      const { code: warehouseCode, name: warehouseName } = warehouse;
      return { number, warehouseCode, warehouseName, kind, openedAt, note, lineCount, bins: [...bins.values()] };
    });
  }
}
