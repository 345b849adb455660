import { Injectable } from '@nestjs/common';
import { type Actor, allow, EVERYONE, inCommand, may } from '../access/index.js';
import { Database, read } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound, Problem } from '../shared/problem.js';
import * as store from './item.store.js';
import type { AddItem, ItemDto, LotsQuery, NameItemCodes, PagedQuery } from './relief-stock.dto.js';

@Injectable()
export class CatalogueService {
  constructor(private readonly db: Database) {}

  /** Adds an item for everyone: a keeper anywhere may, so that unknown goods at the door can be taken in. 409 `item.exists`. */
  async addItem(actor: Actor, input: AddItem): Promise<ItemDto> {
    return inCommand(this.db, actor, async (tx) => {
      allowAnywhere(actor);
      if (await store.itemCodeTaken(tx, input.code)) throw new Problem('item.exists', { code: input.code });
      const { code, name, nameEn, gbClass, unit, weightG, volumeCm3, minimumUseDays } = input;
      const item: ItemDto = {
        id: input.id ?? newId(), code, name, nameEn, gbClass, unit, weightG, volumeCm3, shelfMonths: input.shelfMonths ?? null,
        priceFen: input.priceFen ?? null, seasonMonths: input.seasonMonths ?? null, minimumUseDays,
        gbCode: input.gbCode ?? null, eicCode: input.eicCode ?? null, version: 1,
      }; // prettier-ignore
      mustBeOfClass(item);
      await store.insertItem(tx, item);
      await recordChange(tx, {
        kind: 'item.added', subject: 'item', id: item.id, version: 1, scope: [EVERYONE], data: item, actor,
      }); // prettier-ignore
      return item;
    });
  }

  /**
   * Names the codes under which others know an item, or takes them away. 404 `item.not-found`; 409 `item.stale`; 422 `item.gb-code-class`
   * when the national code begins with another class than the item's.
   */
  async nameCodes(actor: Actor, id: string, input: NameItemCodes): Promise<ItemDto> {
    return inCommand(this.db, actor, async (tx) => {
      const [item] = await store.itemsByIds(tx, [id]);
      if (!item) throw notFound('item', id);
      allowAnywhere(actor);
      mustBeOfClass({ ...item, gbCode: input.gbCode });
      const saved = await store.saveItemCodes(tx, { id, ...input });
      if (!saved) throw new Problem('item.stale', { version: item.version });
      const { version } = saved;
      await recordChange(tx, { kind: 'item.codes-named', subject: 'item', id, version, scope: [EVERYONE], data: saved, actor }); // prettier-ignore
      return saved;
    });
  }

  async items(query: PagedQuery) {
    const [after] = decodeCursor(query.cursor, ['string']) ?? [null];
    const rows = await read(this.db, (tx) => store.itemsAfter(tx, after as string | null, query.limit + 1));
    return toPage(rows, query.limit, (item) => [item.code]);
  }

  /** Lots that lie where the actor may see them. */
  async lots(actor: Actor, query: LotsQuery) {
    const after = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const filter = { itemId: query.itemId, keys: actor.keys, after, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => store.lotsAfter(tx, filter));
    return toPage(rows, query.limit, (lot) => [lot.code, lot.id]);
  }
}

function mustBeOfClass({ gbCode, gbClass }: Pick<ItemDto, 'gbCode' | 'gbClass'>): void {
  if (gbCode !== null && !gbCode.startsWith(String(gbClass)))
    throw new Problem('item.gb-code-class', { gbCode, gbClass });
}

/** The catalogue belongs to no society: the role counts wherever it is held. */
export function allowAnywhere(actor: Actor): void {
  const held = actor.grants.map(({ path, warehouseId }) => ({
    paths: [path],
    ...(warehouseId ? { warehouseId } : {}),
  }));
  allow(actor, 'stock.catalogue', held.find((target) => may(actor, 'stock.catalogue', target)) ?? {});
}
