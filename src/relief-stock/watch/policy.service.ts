import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { itemsByIds } from '../item.store.js';
import { levelId, openLevels, tellLevels } from '../ledger.service.js';
import { lockLevels } from '../ledger.store.js';
import { findWarehouse } from '../warehouse.store.js';
import { mustBeInOrder, toPolicyDto } from './policy.rules.js';
import * as store from './policy.store.js';
import type { PoliciesQuery, PolicyDto, SetPolicy } from './watch.dto.js';

/** How much of what a warehouse is meant to hold. */
@Injectable()
export class PolicyService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Sets the three quantities of an item. 409 `stock-policy.stale`; 422 `stock-policy.out-of-order`. */
  async setPolicy(actor: Actor, of: { warehouseId: string; itemId: string }, input: SetPolicy): Promise<PolicyDto> {
    return inCommand(this.db, actor, async (tx) => {
      const found = await findWarehouse(tx, of.warehouseId);
      const warehouse = visibleOr404(actor, found, 'warehouse', of.warehouseId);
      allow(actor, 'stock.policy', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      if ((await itemsByIds(tx, [of.itemId])).length === 0) throw notFound('item', of.itemId);
      mustBeInOrder(input);
      const id = levelId(of);
      await openLevels(tx, [of]);
      await lockLevels(tx, [id]);
      const held = await store.policyOf(tx, id);
      ensure(held !== undefined, 'S3 an opened level is there');
      if (held.version !== input.version) throw new Problem('stock-policy.stale', { version: held.version });
      const now = this.clock.now();
      await store.savePolicy(tx, id, { ...input, by: actor.name, at: now });
      const by = { actor, occurredAt: now, recordedAt: now };
      await tellLevels(tx, [id], by);
      const data = toPolicyDto((await store.policyOf(tx, id))!);
      const { scope } = warehouse;
      await recordChange(tx, { kind: 'stock.policy-set', subject: 'stock-policy', id, version: data.version, scope, data, ...by }); // prettier-ignore
      return data;
    });
  }

  /** By item code. 404 `warehouse.not-found`. */
  async policies(actor: Actor, query: PoliciesQuery) {
    const [after] = decodeCursor(query.cursor, ['string']) ?? [null];
    const rows = await read(this.db, async (tx) => {
      visibleOr404(actor, await findWarehouse(tx, query.warehouseId), 'warehouse', query.warehouseId);
      return store.policiesAfter(tx, query.warehouseId, { after: after as string | null, limit: query.limit + 1 });
    });
    const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.itemCode]);
    return { items: items.map(toPolicyDto), nextCursor };
  }
}
