import { Database, read, type Tx } from '../../src/database/index.js';
import { recordLines, verifyRecord } from '../../src/journal/index.js';
import { auditLedger } from '../../src/relief-stock/index.js';

const BATCH = 2000;

/** Every invariant that can be read from the database alone; answers the broken ones. */
export async function audit(db: Database): Promise<string[]> {
  const ledger = await read(db, (tx) => auditLedger(tx));
  return [
    ...ledger.map((fault) => JSON.stringify(fault)),
    ...(await read(db, dispatchFaults)),
    ...(await recordFaults(db)),
  ];
}

async function dispatchFaults(tx: Tx): Promise<string[]> {
  const doubled = await tx.query<{ unit: string }>(
    `select unit_code as unit from assignment where active group by unit_code having count(*) > 1`,
  );
  const claims = await tx.query<{ code: string }>(
    `select coalesce(u.code, a.unit_code) as code
     from (select * from team_unit where assignment_id is not null) u
     full join (select * from assignment where active) a on a.id = u.assignment_id and a.unit_id = u.id
     where u.id is null or a.id is null`,
  );
  const silent = await tx.query<{ id: string }>(
    `select a.id from assignment a where a.status = 'alerted'
     and not exists (select 1 from alert r where r.assignment_id = a.id and (r.next_due_at is not null or r.done_reason is not null))`,
  );
  return [
    ...doubled.map(({ unit }) => `D1 ${unit} has two active assignments`),
    ...claims.map(({ code }) => `D1 ${code}: the unit's claim and its assignment differ`),
    ...silent.map(({ id }) => `D2 assignment ${id} is alerted and nothing escalates`),
  ];
}

async function recordFaults(db: Database): Promise<string[]> {
  let last: { seq: number; hash: string } | undefined;
  for (;;) {
    const lines = await read(db, (tx) => recordLines(tx, last?.seq ?? 0, BATCH));
    const verdict = verifyRecord(lines, last);
    if (!verdict.ok) return [`J1 line ${verdict.atSeq}: ${verdict.fault}`];
    if (lines.length < BATCH) return [];
    last = { seq: verdict.lastSeq, hash: verdict.lastHash };
  }
}
