import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSociety, inCommand, resourceKeys } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { itemsByIds } from '../item.store.js';
import type { FundDto, FundsQuery, IntentDto, OpenFund } from './donation.dto.js';
import * as store from './fund.store.js';

/** Funds: where goods or the money for them came from, and what they may be used for. */
@Injectable()
export class FundService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Opens a fund of a society. 409 `fund.exists`; 404 for what its intent names and is not there. */
  async openFund(actor: Actor, input: OpenFund): Promise<FundDto> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society) throw notFound('society', input.societyId);
      allow(actor, 'stock.policy', { paths: [society.path] });
      const { code, name, kind, societyId, donor = null } = input;
      const fund: FundDto = { code, name, kind, societyId, donor, intent: store.wholeIntent(input.intent), version: 1 };
      await mustExist(tx, fund.intent);
      if (!(await store.insertFund(tx, fund))) throw new Problem('fund.exists', { code });
      await recordChange(tx, {
        kind: 'stock.fund-opened', subject: 'stock-fund', id: idFrom('fund', code), version: 1, scope: resourceKeys(society.path),
        data: fund, actor, occurredAt: now, recordedAt: now,
      }); // prettier-ignore
      return fund;
    });
  }

  async funds(_actor: Actor, query: FundsQuery) {
    const [after = null] = (decodeCursor(query.cursor, ['string']) ?? []) as string[];
    const rows = await read(this.db, (tx) => store.fundsAfter(tx, after, query.limit + 1));
    return toPage(rows, query.limit, (fund) => [fund.code]);
  }
}

/** 404 `society.not-found`, `item.not-found`; the incident is asked for when the fund is written. */
export async function mustExist(tx: Tx, { societyId, itemId }: IntentDto): Promise<void> {
  if (societyId && !(await findSociety(tx, societyId))) throw notFound('society', societyId);
  if (itemId && (await itemsByIds(tx, [itemId])).length === 0) throw notFound('item', itemId);
}
