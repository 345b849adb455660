import type { Tx } from '../../database/index.js';
import type { OfferDto } from './offers.dto.js';

export interface OfferRow extends Omit<OfferDto, 'untilAt' | 'enteredAt' | 'withdrawnAt'> {
  untilAt: Date;
  enteredAt: Date;
  withdrawnAt: Date | null;
  scope: string[];
}
const OFFER = `id, society_id as "societyId", partner_id as "partnerId", item_id as "itemId", units, until_at as "untilAt", note,
  entered_by as "enteredBy", entered_at as "enteredAt", withdrawn_by as "withdrawnBy", withdrawn_at as "withdrawnAt", scope, version`;

export const toOfferDto = ({ scope: _, untilAt, enteredAt, withdrawnAt, ...row }: OfferRow): OfferDto => ({
  ...row,
  untilAt: untilAt.toISOString(),
  enteredAt: enteredAt.toISOString(),
  withdrawnAt: withdrawnAt?.toISOString() ?? null,
});

export async function insertOffer(tx: Tx, row: OfferRow): Promise<boolean> {
  const made = await tx.query(
    `insert into partner_offer (id, society_id, partner_id, item_id, units, until_at, note, entered_by, entered_at, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing returning 1`,
    [
      row.id, row.societyId, row.partnerId, row.itemId, row.units, row.untilAt, row.note, row.enteredBy, row.enteredAt, row.scope, row.version,
    ], // prettier-ignore
  );
  return made.length > 0;
}

export async function saveWithdrawal(tx: Tx, row: OfferRow): Promise<void> {
  await tx.query(`update partner_offer set withdrawn_by = $2, withdrawn_at = $3, version = $4 where id = $1`, [
    row.id,
    row.withdrawnBy,
    row.withdrawnAt,
    row.version,
  ]);
}

export async function lockOffer(tx: Tx, id: string): Promise<OfferRow | undefined> {
  return (await tx.query<OfferRow>(`select ${OFFER} from partner_offer where id = $1 for update`, [id]))[0];
}

const OPEN = `society_id = $1 and withdrawn_at is null and until_at > $2`;
/** Open offers of a society, counted under its lock: two that enter one at once are counted one after the other. */
export async function countOffers(tx: Tx, societyId: string, now: Date): Promise<number> {
  await tx.query(`select 1 from society where id = $1 for no key update`, [societyId]);
  const sql = `select count(*)::int as n from partner_offer where ${OPEN}`;
  return (await tx.query<{ n: number }>(sql, [societyId, now]))[0]!.n;
}

/** Neither withdrawn nor past their time, those that end first first. */
export async function openOffers(tx: Tx, ask: { societyId: string; now: Date; limit: number }): Promise<OfferRow[]> {
  return tx.query<OfferRow>(`select ${OFFER} from partner_offer where ${OPEN} order by until_at, id limit $3`, [
    ask.societyId,
    ask.now,
    ask.limit,
  ]);
}
