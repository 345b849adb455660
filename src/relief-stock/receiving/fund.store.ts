import { violatedConstraint, type Tx } from '../../database/index.js';
import { notFound } from '../../shared/problem.js';
import type { FundDto, IntentDto } from './donation.dto.js';
import type { FundIntent } from './intent.rules.js';

/** What the fund `f` (with its place `fs`) may be used for, as `FundIntent`; null when there is no limit. */
export const INTENT = `case when num_nonnulls(f.intent_society_id, f.intent_incident_kind, f.intent_incident_id) > 0 then jsonb_build_object(
  'societyPath', fs.path, 'incidentKind', f.intent_incident_kind, 'incidentId', f.intent_incident_id, 'untilOn', f.intent_until, 'fund', f.code, 'fundName', f.name,
  'society', fs.short_name, 'incident', (select n.number from incident n where n.id = f.intent_incident_id)) end`;
/** The fund of the cell `c`. */
export const JOIN_FUND = `left join stock_fund f on f.code = c.fund left join society fs on fs.id = f.intent_society_id`;

/** The intent as it is told on the wire. */
export const INTENT_DTO = `jsonb_build_object('societyId', f.intent_society_id, 'itemId', f.intent_item_id,
  'incidentKind', f.intent_incident_kind, 'incidentId', f.intent_incident_id, 'until', f.intent_until) as intent`;
const FUND = `f.code, f.name, f.kind, f.society_id as "societyId", f.donor, ${INTENT_DTO}, f.version`;

/** What an incident is to the goods that are for it. Read from its own table: modules of one rank do not know each other. */
export async function incidentForGoods(
  tx: Tx,
  incidentId: string,
): Promise<{ id: string; kind: string; societyPath: string; scope: string[] } | undefined> {
  const rows = await tx.query<{ id: string; kind: string; societyPath: string; scope: string[] }>(
    `select i.id, i.kind, o.path as "societyPath", i.scope from incident i join society o on o.id = i.society_id where i.id = $1`,
    [incidentId],
  );
  return rows[0];
}

export interface FundRow {
  code: string;
  itemId: string | null;
  intent: FundIntent | null;
}

export async function fundsByCodes(tx: Tx, codes: string[]): Promise<FundRow[]> {
  return tx.query<FundRow>(
    `select f.code, f.intent_item_id as "itemId", ${INTENT} as intent from stock_fund f left join society fs on fs.id = f.intent_society_id
     where f.code = any($1) order by f.code`,
    [codes],
  );
}

/** Writes a fund; false when its code is taken. 404 `incident.not-found` for an intent that names none. */
export async function insertFund(tx: Tx, fund: FundDto): Promise<boolean> {
  const { code, name, kind, societyId, donor, intent, version } = fund;
  const { societyId: place, itemId, incidentKind, incidentId, until } = intent;
  try {
    const made = await tx.query(
      `insert into stock_fund (code, name, kind, society_id, donor, intent_society_id, intent_item_id, intent_incident_kind,
         intent_incident_id, intent_until, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (code) do nothing returning 1`,
      [code, name, kind, societyId, donor, place, itemId, incidentKind, incidentId, until, version],
    );
    return made.length > 0;
  } catch (error) {
    if (violatedConstraint(error) === 'stock_fund_incident') throw notFound('incident', incidentId!);
    throw error;
  }
}

/** A page of funds by code. Everyone who works with stock sees them: they say what goods may be used for. */
export async function fundsAfter(tx: Tx, after: string | null, limit: number): Promise<FundDto[]> {
  return tx.query<FundDto>(
    `select ${FUND} from stock_fund f where ($1::text is null or f.code > $1) order by f.code limit $2`,
    [after, limit],
  );
}

/** The intent with nothing left open. */
export const wholeIntent = (part: Partial<IntentDto>): IntentDto => ({
  societyId: null, itemId: null, incidentKind: null, incidentId: null, until: null, ...part,
}); // prettier-ignore
