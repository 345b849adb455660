import { Injectable } from '@nestjs/common';
import { type Actor, findSociety, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot } from '../../database/index.js';
import { notFound, Problem } from '../../shared/problem.js';
import { addDays } from '../days.rules.js';
import { findWarehouse } from '../warehouse.store.js';
import type { DistributionsDto, DistributionsQuery } from './distribution.dto.js';
import { tableOf } from './distribution.rules.js';
import { handedOut } from './distribution.store.js';

/** A public table has a page or two; whoever asks for more than this asks for a shorter time or one society. */
const MOST_ROWS = 10_000;

@Injectable()
export class DistributionService {
  constructor(private readonly db: Database) {}

  /** Who was given what, from the ledger only. 404 `society.not-found`, `warehouse.not-found`; 422 `distribution.too-large`. */
  async distributions(actor: Actor, query: DistributionsQuery): Promise<DistributionsDto> {
    const { from, to, societyId, warehouseId } = query;
    return inSnapshot(this.db, async (tx) => {
      const society = societyId ? await findSociety(tx, societyId) : null;
      if (society === undefined) throw notFound('society', societyId!);
      if (warehouseId) visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
      const rows = await handedOut(tx, {
        keys: actor.keys, from, until: addDays(to, 1), path: society?.path ?? null, warehouseId: warehouseId ?? null, limit: MOST_ROWS + 1,
      }); // prettier-ignore
      if (rows.length > MOST_ROWS) throw new Problem('distribution.too-large', { most: MOST_ROWS });
      return { from, to, ...tableOf(rows) };
    });
  }
}
