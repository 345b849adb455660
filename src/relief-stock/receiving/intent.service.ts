import type { Tx } from '../../database/index.js';
import { Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { type Account, namesOfCell } from '../ledger.store.js';
import { fundsByCodes } from './fund.store.js';
import { fitOf, type Purpose } from './intent.rules.js';

interface Leaving {
  postings: { from: Account; to: Account; reason: string; reserved?: boolean }[];
  occurredAt: Date;
  purpose?: Purpose;
}

/**
 * Refuses a batch in which goods of a fund leave a bin for a user against its intent: 422 `stock.against-intent`. Goods that only change
 * their place or their warehouse stay what they are; promised ones were asked when they were promised.
 */
export async function refuseAgainstIntent(tx: Tx, { postings, occurredAt, purpose }: Leaving): Promise<void> {
  const used = postings.filter(
    ({ from, to, reason, reserved }) =>
      from.fund !== null && from.kind === 'bin' && !reserved && (to.kind === 'recipient' || (to.kind === 'transit' && reason === 'ship')),
  ); // prettier-ignore
  if (used.length === 0) return;
  const funds = new Map((await fundsByCodes(tx, used.map(({ from }) => from.fund!))).map((fund) => [fund.code, fund])); // prettier-ignore
  const on = dayOf(occurredAt);
  const wrong = used.find(({ from }) => fitOf(funds.get(from.fund!)?.intent, purpose, on) === 'against');
  if (!wrong) return;
  const { warehouse, item, lot } = await namesOfCell(tx, wrong.from.id);
  throw new Problem('stock.against-intent', { warehouse, item, lot });
}
