import type { Tx } from '../../database/index.js';
import type { KeptProblem } from './command.rules.js';
import type { CommandDto, Proposal } from './command.dto.js';

export interface CommandRow extends Omit<CommandDto, 'occurredAt' | 'recordedAt' | 'receivedAt' | 'resolvedAt' | 'problem'> {
  userId: string;
  fingerprint: Buffer;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
  resolvedAt: Date | null;
  problem: KeptProblem | null;
} // prettier-ignore
const COMMAND = `c.id, c.kind, c.warehouse_id as "warehouseId", c.user_id as "userId", c.user_name as "userName", c.body, c.seen, c.fingerprint,
  c.after_id as after, c.occurred_at as "occurredAt", c.recorded_at as "recordedAt", c.received_at as "receivedAt", c.state, c.problem,
  c.proposal, c.result_id as "resultId", c.resolved_at as "resolvedAt", c.resolved_by as "resolvedBy", c.resolution, c.note, c.version`;

export type NewCommand = Pick<
  CommandRow,
  'id' | 'kind' | 'warehouseId' | 'userId' | 'userName' | 'body' | 'seen' | 'fingerprint' | 'after' | 'occurredAt' | 'recordedAt' | 'receivedAt'
>; // prettier-ignore

/** Writes a command down before it runs; a second one with the id waits here and changes nothing. Answers what stands there. */
export async function keepCommand(tx: Tx, row: NewCommand): Promise<CommandRow> {
  await tx.query(
    `insert into stock_command (id, user_id, user_name, warehouse_id, kind, body, fingerprint, occurred_at, recorded_at, received_at, seen,
       after_id, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'received') on conflict (id) do nothing`,
    [
      row.id, row.userId, row.userName, row.warehouseId, row.kind, JSON.stringify(row.body), row.fingerprint, row.occurredAt, row.recordedAt,
      row.receivedAt, row.seen === null ? null : JSON.stringify(row.seen), row.after,
    ], // prettier-ignore
  );
  return (await findCommand(tx, row.id))!;
}

export async function findCommand(tx: Tx, id: string): Promise<CommandRow | undefined> {
  return (await tx.query<CommandRow>(`select ${COMMAND} from stock_command c where c.id = $1`, [id]))[0];
}

/** A command with its warehouse, locked. */
export async function lockCommand(tx: Tx, id: string): Promise<CommandRow | undefined> {
  return (await tx.query<CommandRow>(`select ${COMMAND} from stock_command c where c.id = $1 for no key update`, [id]))[0];
} // prettier-ignore

export interface Ending {
  state: CommandRow['state'];
  problem: KeptProblem | null;
  proposal: Proposal | null;
  resultId: string | null;
}

/** How a run ended. Answers false when the command had its effect or was resolved before: then nothing is changed. */
export async function endCommand(tx: Tx, id: string, end: Ending): Promise<boolean> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const rows = await tx.query(
    `update stock_command set state = $2, problem = $3, proposal = $4, result_id = $5, version = version + 1
     where id = $1 and state not in ('applied', 'resolved') returning 1`,
    [id, end.state, json(end.problem), json(end.proposal), end.resultId],
  );
  return rows.length > 0;
}

/** Commands of a person that wait for one, in the order in which they were written down. */
export async function waitingFor(tx: Tx, afterId: string, userId: string): Promise<CommandRow[]> {
  return tx.query<CommandRow>(
    `select ${COMMAND} from stock_command c where c.after_id = $1 and c.user_id = $2 and c.state = 'waiting' order by c.recorded_at, c.id`,
    [afterId, userId],
  );
}

/** Refused steps of a paper that a person wrote down after a moment, in their order. */
export async function refusedSteps(
  tx: Tx,
  of: { paperId: string; userId: string; after: Date },
): Promise<CommandRow[]> {
  return tx.query<CommandRow>(
    `select ${COMMAND} from stock_command c where c.user_id = $2 and c.state = 'rejected' and c.recorded_at >= $3
       and c.problem->>'code' like '%.step-not-allowed' and $1 in (lower(c.body->>'issueId'), lower(c.body->>'transferId'), lower(c.body->>'orderId'))
     order by c.recorded_at, c.occurred_at, c.id`,
    [of.paperId, of.userId, of.after],
  );
}

/** The command had its effect, in this transaction. Answers false when it had it before or somebody settled it: then this one must not stay. */
export async function markApplied(tx: Tx, id: string, resultId: string): Promise<boolean> {
  return endCommand(tx, id, { state: 'applied', problem: null, proposal: null, resultId });
}

/** Somebody settled a command that has had no effect. Answers false when it had one, or was settled before. */
export async function saveResolution(
  tx: Tx,
  id: string,
  end: { how: 'dropped' | 'corrected'; note: string; by: string; at: Date; resultId: string | null },
): Promise<boolean> {
  const rows = await tx.query(
    `update stock_command set state = 'resolved', resolution = $2, note = $3, resolved_by = $4, resolved_at = $5, result_id = $6,
       version = version + 1 where id = $1 and state not in ('applied', 'resolved') returning 1`,
    [id, end.how, end.note, end.by, end.at, end.resultId],
  );
  return rows.length > 0;
}

/** A page of commands of a warehouse in a state, newest first. */
export async function commandsBefore(
  tx: Tx,
  filter: { warehouseId: string; state: CommandRow['state'] },
  page: { before: [string, string] | null; limit: number },
): Promise<CommandRow[]> {
  return tx.query<CommandRow>(
    `select ${COMMAND} from stock_command c where c.warehouse_id = $1 and c.state = $2
       and ($3::timestamptz is null or (c.received_at, c.id) < ($3, $4::uuid))
     order by c.received_at desc, c.id desc limit $5`,
    [filter.warehouseId, filter.state, page.before?.[0] ?? null, page.before?.[1] ?? null, page.limit],
  );
}
