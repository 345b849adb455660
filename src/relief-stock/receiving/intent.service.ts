import { type Actor, canSee } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { notFound, Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { type Account, namesOfCell } from '../ledger.store.js';
import { fundsByCodes, incidentForGoods } from './fund.store.js';
import { fitOf, limitsOf, type Purpose } from './intent.rules.js';

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
  throw new Problem('stock.against-intent', {
    warehouse,
    item,
    lot,
    ...limitsOf(funds.get(wrong.from.fund!)!.intent!),
  });
}

/** 404 `fund.not-found` for a code that is no fund. */
export async function mustBeFunds(tx: Tx, codes: readonly (string | null | undefined)[]): Promise<void> {
  const asked = [...new Set(codes.filter((code) => typeof code === 'string'))];
  if (asked.length === 0) return;
  const known = new Set((await fundsByCodes(tx, asked)).map(({ code }) => code));
  const unknown = asked.find((code) => !known.has(code));
  if (unknown !== undefined) throw notFound('fund', unknown);
}

/**
 * What goods are for: the people of a society, and the incident when one is named. 404 `incident.not-found` for one that the actor does not
 * see; without an actor it was asked before.
 */
export async function purposeFor(
  tx: Tx,
  { societyPath, incidentId }: { societyPath: string; incidentId: string | null },
  actor?: Actor,
): Promise<Purpose> {
  if (incidentId === null) return { societyPath, incidentKind: null, incidentId };
  const incident = await incidentForGoods(tx, incidentId);
  if (!incident || (actor && !canSee(actor, incident.scope))) throw notFound('incident', incidentId);
  return { societyPath, incidentKind: incident.kind, incidentId };
}
