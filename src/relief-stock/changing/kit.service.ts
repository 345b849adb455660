import { Injectable } from '@nestjs/common';
import { type Actor, EVERYONE, inCommand } from '../../access/index.js';
import { Database, read } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { allowAnywhere } from '../catalogue.service.js';
import { itemsByIds } from '../item.store.js';
import type { AddPack, DefineKit, ItemPackDto, KitDto } from './kit.dto.js';
import * as store from './kit.store.js';
import { insertPack, packsOfItem } from './pack.store.js';

/** What belongs to the catalogue of kits: packs of items, and what a kit consists of. */
@Injectable()
export class KitService {
  constructor(private readonly db: Database) {}

  /** Names a pack of an item with its exact number of units; a pack never changes. 409 `item-pack.exists`. */
  async addPack(actor: Actor, itemId: string, input: AddPack): Promise<ItemPackDto> {
    return inCommand(this.db, actor, async (tx) => {
      allowAnywhere(actor);
      if ((await itemsByIds(tx, [itemId])).length === 0) throw notFound('item', itemId);
      const known = await packsOfItem(tx, itemId);
      if (known.some(({ name }) => name === input.name)) throw new Problem('item-pack.exists', { name: input.name });
      const pack: ItemPackDto = { id: input.id ?? newId(), itemId, name: input.name, units: input.units };
      await insertPack(tx, pack);
      await recordChange(tx, {
        kind: 'item.pack-added', subject: 'item-pack', id: pack.id, version: 1, scope: [EVERYONE], data: pack, actor,
      }); // prettier-ignore
      return pack;
    });
  }

  /** 404 `item.not-found`. */
  async packs(itemId: string): Promise<{ items: ItemPackDto[]; nextCursor: null }> {
    return read(this.db, async (tx) => {
      if ((await itemsByIds(tx, [itemId])).length === 0) throw notFound('item', itemId);
      return { items: await packsOfItem(tx, itemId), nextCursor: null };
    });
  }

  /**
   * Says what a kit consists of; kits made before keep what they hold. 404 `item.not-found`; 409 `kit.stale`; 422 `kit.part-twice`,
   * `kit.nested` for a kit in a kit.
   */
  async defineKit(actor: Actor, itemId: string, input: DefineKit): Promise<KitDto> {
    return inCommand(this.db, actor, async (tx) => {
      allowAnywhere(actor);
      const partIds = input.parts.map((part) => part.itemId);
      const known = new Map((await itemsByIds(tx, [itemId, ...partIds])).map((item) => [item.id, item.code]));
      const missing = [itemId, ...partIds].find((id) => !known.has(id));
      if (missing) throw notFound('item', missing);
      const twice = partIds.find((id, n) => partIds.indexOf(id) !== n);
      if (twice) throw new Problem('kit.part-twice', { item: known.get(twice)! });
      const roles = await store.kitRoles(tx, [itemId, ...partIds]);
      const nested = partIds.find((id) => id === itemId || roles.kits.includes(id)) ?? roles.parts.find((id) => id === itemId); // prettier-ignore
      if (nested) throw new Problem('kit.nested', { item: known.get(nested)! });
      const before = await store.lockKit(tx, itemId);
      if (before !== input.version) throw new Problem('kit.stale', { version: before ?? 0 });
      const kit: KitDto = { itemId, parts: input.parts, version: (before ?? 0) + 1 };
      if (!(await store.saveKit(tx, kit))) throw new Problem('kit.stale', { version: 1 });
      const { version } = kit;
      await recordChange(tx, {
        kind: 'kit.defined',
        subject: 'kit',
        id: itemId,
        version,
        scope: [EVERYONE],
        data: kit,
        actor,
      });
      return kit;
    });
  }

  /** All kits by code; a catalogue has few. */
  async kits(): Promise<{ items: KitDto[]; nextCursor: null }> {
    return { items: await read(this.db, (tx) => store.kitsOf(tx, null)), nextCursor: null };
  }
}
