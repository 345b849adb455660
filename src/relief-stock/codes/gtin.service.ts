import { Injectable } from '@nestjs/common';
import { type Actor, EVERYONE, inCommand } from '../../access/index.js';
import { Database, read } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { idFrom } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { allowAnywhere } from '../catalogue.service.js';
import { itemsByIds } from '../item.store.js';
import { hasCheckDigit, toGtin14 } from './barcode.rules.js';
import type { AddGtin, GtinDto } from './codes.dto.js';
import * as store from './codes.store.js';

/** Numbers printed on packages. */
@Injectable()
export class GtinService {
  constructor(private readonly db: Database) {}

  /**
   * Says which item is in a package with this number, and how many base units. 422 `scan.check-digit`; 409 `item-gtin.exists`: what a
   * number once means it means for good.
   */
  async addGtin(actor: Actor, itemId: string, input: AddGtin): Promise<GtinDto> {
    if (!hasCheckDigit(input.gtin)) throw new Problem('scan.check-digit', { number: input.gtin });
    return inCommand(this.db, actor, async (tx) => {
      const [item] = await itemsByIds(tx, [itemId]);
      if (!item) throw notFound('item', itemId);
      allowAnywhere(actor);
      const row: GtinDto = { gtin: toGtin14(input.gtin), itemId, units: input.units };
      if (!(await store.insertGtin(tx, row))) throw new Problem('item-gtin.exists', { gtin: row.gtin });
      await recordChange(tx, {
        kind: 'item.gtin-added', subject: 'item-gtin', id: idFrom('item-gtin', row.gtin), version: 1, scope: [EVERYONE], data: row, actor,
      }); // prettier-ignore
      return row;
    });
  }

  /** 404 `item.not-found`. */
  async gtins(itemId: string): Promise<{ items: GtinDto[]; nextCursor: null }> {
    return read(this.db, async (tx) => {
      if ((await itemsByIds(tx, [itemId])).length === 0) throw notFound('item', itemId);
      return { items: await store.gtinsOf(tx, itemId), nextCursor: null };
    });
  }
}
