import { inSnapshot, type Tx } from '../../src/database/index.js';
import { GENESIS, recordLines, verifyRecord } from '../../src/journal/index.js';
import { auditLedger } from '../../src/relief-stock/index.js';
import type { TestApp } from './app.js';

const LINES = 1000;

/** Fails with a list unless every invariant that a test could have broken holds: S1, S2, S3, S4, S6, transit, D1, D2 and J1. */
export async function audit(app: TestApp): Promise<void> {
  await app.settled();
  const faults = await inSnapshot(app.db, async (tx) => [
    ...(await auditLedger(tx)).map(
      ({ invariant, subject, told, found }) => `${invariant} ${subject}: ${told}, found ${found}`,
    ),
    ...(await leftInTransit(tx)),
    ...(await brokenDispatch(tx)),
    ...(await brokenRecord(tx)),
  ]);
  if (faults.length > 0) throw new Error(`${faults.length} invariants broken:\n${faults.slice(0, 50).join('\n')}`);
}

/** Goods that a received order left in its transit account. */
async function leftInTransit(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ number: string; units: number }>(
    `select o.number, sum(c.on_hand)::bigint as units from supply_order o
     join stock_place p on p.kind = 'transit' and p.warehouse_id = o.warehouse_id and p.code = o.id::text
     join stock_cell c on c.place_id = p.id
     where o.status in ('received', 'received-with-differences', 'closed') group by o.number having sum(abs(c.on_hand)) <> 0`,
  );
  return rows.map(({ number, units }) => `S3 order ${number} was received with ${units} left in transit`);
}

async function brokenDispatch(tx: Tx): Promise<string[]> {
  const doubled = await tx.query<{ unit: string }>(
    `select unit_id::text as unit from assignment where active group by unit_id having count(*) > 1`,
  );
  const silent = await tx.query<{ alert: string }>(
    `select id::text as alert from alert where (next_due_at is null) <> (done_reason is not null)`,
  );
  const unasked = await tx.query<{ assignment: string }>(
    `select id::text as assignment from assignment a
     where a.alerted_at is not null and not exists (select 1 from alert where assignment_id = a.id)`,
  );
  return [
    ...doubled.map(({ unit }) => `D1 unit ${unit} has more than one active assignment`),
    ...silent.map(({ alert }) => `D2 alert ${alert} neither runs nor is done`),
    ...unasked.map(({ assignment }) => `D2 assignment ${assignment} was alerted without an alert`),
  ];
}

async function brokenRecord(tx: Tx): Promise<string[]> {
  let last = { seq: 0, hash: GENESIS };
  for (;;) {
    const lines = await recordLines(tx, last.seq, LINES);
    const verdict = verifyRecord(lines, last);
    if (!verdict.ok) return [`J1 the record breaks at ${verdict.atSeq}: ${verdict.fault}`];
    if (lines.length < LINES) return [];
    last = { seq: verdict.lastSeq, hash: verdict.lastHash };
  }
}
