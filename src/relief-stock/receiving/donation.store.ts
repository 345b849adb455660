import type { Tx } from '../../database/index.js';
import type { DonationDto } from './donation.dto.js';
import { INTENT_DTO } from './fund.store.js';

export type DonationRow = Omit<DonationDto, 'occurredAt' | 'receivedAt'> & {
  occurredAt: Date;
  receivedAt: Date;
  societyPath: string;
  scope: string[];
};
const DONATION = `d.id, d.number, d.society_id as "societyId", d.fund, d.donor_kind as "donorKind", d.donor_name as "donorName",
  ${INTENT_DTO}, d.value_basis as "valueBasis", d.receipt_no as "receiptNo", d.note, d.status, d.counters,
  d.occurred_at as "occurredAt", d.received_at as "receivedAt", d.version, d.scope, o.path as "societyPath"`;
const FROM = `from donation d join stock_fund f on f.code = d.fund join society o on o.id = d.society_id`;

export function toDonationDto({ scope: _s, societyPath: _p, ...row }: DonationRow): DonationDto {
  return { ...row, occurredAt: row.occurredAt.toISOString(), receivedAt: row.receivedAt.toISOString() };
}

export async function findDonation(tx: Tx, id: string): Promise<DonationRow | undefined> {
  return (await tx.query<DonationRow>(`select ${DONATION} ${FROM} where d.id = $1`, [id]))[0];
}

/** Locked before any stock: receipts of one donation take their turn. */
export async function lockDonation(tx: Tx, id: string): Promise<DonationRow | undefined> {
  return (await tx.query<DonationRow>(`select ${DONATION} ${FROM} where d.id = $1 for update of d`, [id]))[0];
}

export async function insertDonation(tx: Tx, row: DonationRow): Promise<void> {
  await tx.query(
    `insert into donation (id, number, society_id, fund, donor_kind, donor_name, value_basis, receipt_no, note, status, counters,
       occurred_at, received_at, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id, row.number, row.societyId, row.fund, row.donorKind, row.donorName, row.valueBasis, row.receiptNo, row.note, row.status,
      row.counters, row.occurredAt, row.receivedAt, row.scope, row.version,
    ], // prettier-ignore
  );
}

/** Writes what may change of a locked donation. */
export async function saveDonation(tx: Tx, row: DonationRow): Promise<void> {
  await tx.query(`update donation set receipt_no = $2, status = $3, counters = $4, version = $5 where id = $1`, [
    row.id,
    row.receiptNo,
    row.status,
    row.counters,
    row.version,
  ]);
}

/** A page of donations, newest first, that one of the keys may see. */
export async function donationsBefore(
  tx: Tx,
  filter: { societyId: string | undefined; status: string | undefined; receiptNo: string | undefined },
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<DonationRow[]> {
  return tx.query<DonationRow>(
    `select ${DONATION} ${FROM} where d.scope && $1 and ($2::uuid is null or d.society_id = $2) and ($3::text is null or d.status = $3)
       and ($4::text is null or d.receipt_no = $4) and ($5::timestamptz is null or (d.received_at, d.id) < ($5, $6::uuid))
     order by d.received_at desc, d.id desc limit $7`,
    [
      page.keys, filter.societyId ?? null, filter.status ?? null, filter.receiptNo ?? null, page.before?.[0] ?? null,
      page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
}
