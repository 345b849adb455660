import type { Tx } from '../../database/index.js';
import type { AssignmentRow } from '../assignment.store.js';
import { type Roll, countRoll, type RollPerson } from './roll.rules.js';
import { type ParAnswer, type ParClock, PAR_DEFAULTS, parResult, type ParSettings } from './par.rules.js';
import type { ParAnswerDto, ParDto, RollDto, Stage } from './roll.dto.js';

/** The clock as the row keeps it; null while it does not run. */
export interface RunningPar {
  clock: ParClock;
  intervalS: number;
  /** The moment of which the unit last told who is there: its arrival, or an answer. */
  accountedAt: Date;
  holdReason: string | null;
  /** Who was asked last. */
  askedName: string | null;
}
export interface RollRow extends Roll {
  assignmentId: string;
  incidentId: string;
  teamId: string;
  unitCode: string;
  teamName: string;
  checkedAt: Date | null;
  checkedStage: Stage | null;
  open: boolean;
  par: RunningPar | null;
  /** Cycles counted so far, also while the clock does not run. */
  cycle: number;
  intervalS: number;
  askAlertId: string | null;
  callAlertId: string | null;
  scope: string[];
  version: number;
}

interface Stored extends Omit<RollRow, 'people' | 'par'> {
  parState: ParClock['state'] | null;
  parNextAt: Date | null;
  parAsked: number;
  parAskedAt: Date | null;
  parMissedAt: Date | null;
  parEscalatedAt: Date | null;
  parAccountedAt: Date | null;
  parAnswers: (Omit<ParAnswer, 'occurredAt' | 'receivedAt'> & { occurredAt: string; receivedAt: string })[];
  parHoldReason: string | null;
  parAskedName: string | null;
}
const ROLL = `assignment_id as "assignmentId", incident_id as "incidentId", team_id as "teamId", unit_code as "unitCode",
  team_name as "teamName", heads_told as "headsTold", unnamed, checked_at as "checkedAt", checked_stage as "checkedStage", open,
  par_state as "parState", par_cycle as cycle, par_interval_s as "intervalS", par_next_at as "parNextAt", par_asked as "parAsked",
  par_asked_at as "parAskedAt", par_missed_at as "parMissedAt", par_escalated_at as "parEscalatedAt",
  par_accounted_at as "parAccountedAt", par_answers as "parAnswers", par_hold_reason as "parHoldReason", par_asked_name as "parAskedName",
  ask_alert_id as "askAlertId", call_alert_id as "callAlertId", scope, version`;
const PERSON = `id, member_id as "memberId", name, phone, position, state, since, named_at as "namedAt", outcome, words,
  by_name as "byName"`;
/** Answers of one cycle that the clock looks back on; all of them stand in `roll_fact`. */
const KEPT_ANSWERS = 20;

function toRow({ parState, parNextAt, parAsked, parAskedAt, ...stored }: Stored, people: RollPerson[]): RollRow {
  const { parMissedAt, parEscalatedAt, parAccountedAt, parAnswers, parHoldReason, parAskedName, ...row } = stored;
  if (parState === null) return { ...row, people, par: null };
  const answers = parAnswers.map((answer) => ({
    ...answer,
    occurredAt: new Date(answer.occurredAt),
    receivedAt: new Date(answer.receivedAt),
  }));
  const clock: ParClock = {
    cycle: row.cycle, state: parState, nextAt: parNextAt, asked: parAsked, askedAt: parAskedAt, missedAt: parMissedAt,
    escalatedAt: parEscalatedAt, answers,
  }; // prettier-ignore
  const par = {
    clock,
    intervalS: row.intervalS,
    accountedAt: parAccountedAt!,
    holdReason: parHoldReason,
    askedName: parAskedName,
  };
  return { ...row, people, par };
}

/** Rows in the order in which they came, each with its people. */
async function withPeople(tx: Tx, stored: Stored[]): Promise<RollRow[]> {
  const ids = stored.map(({ assignmentId }) => assignmentId);
  const people = await tx.query<RollPerson & { assignmentId: string }>(
    `select ${PERSON}, assignment_id as "assignmentId" from roll_person where assignment_id = any($1)`,
    [ids],
  );
  const byRoll = new Map<string, RollPerson[]>(ids.map((id) => [id, []]));
  for (const { assignmentId, ...person } of people) byRoll.get(assignmentId)!.push(person);
  return stored.map((row) => toRow(row, byRoll.get(row.assignmentId)!));
}

export async function findRoll(tx: Tx, assignmentId: string): Promise<RollRow | undefined> {
  const rows = await tx.query<Stored>(`select ${ROLL} from assignment_roll where assignment_id = $1`, [assignmentId]);
  return (await withPeople(tx, rows))[0];
}

/** Locks a roll; the caller holds incident, unit and assignment. */
export async function lockRoll(tx: Tx, assignmentId: string): Promise<RollRow | undefined> {
  const locked = `select ${ROLL} from assignment_roll where assignment_id = $1 for update`;
  return (await withPeople(tx, await tx.query<Stored>(locked, [assignmentId])))[0];
}

/** Every roll whose clock waits for an instant, locked in the order of their ids. */
export async function lockPendingRolls(tx: Tx): Promise<RollRow[]> {
  const rows = await tx.query<Stored>(
    `select ${ROLL} from assignment_roll where par_next_at is not null order by assignment_id for update`,
  );
  return withPeople(tx, rows);
}

/** Every roll whose clock waits for an instant after this, but for a known silence, locked in the order of their ids. */
export async function lockRollsDueAfter(tx: Tx, at: Date): Promise<RollRow[]> {
  const rows = await tx.query<Stored>(
    `select ${ROLL} from assignment_roll where par_state <> 'excused'
       and par_next_at > $1::timestamptz + make_interval(secs => case par_state when 'asked' then 0 else par_interval_s end)
     order by assignment_id for update`,
    [at],
  );
  return withPeople(tx, rows);
}

/** Rolls of an incident whose clock runs, locked in the order of their ids. */
export async function lockRunningRolls(tx: Tx, incidentId: string): Promise<RollRow[]> {
  const rows = await tx.query<Stored>(
    `select ${ROLL} from assignment_roll where incident_id = $1 and par_state is not null order by assignment_id for update`,
    [incidentId],
  );
  return withPeople(tx, rows);
}

export async function insertRoll(tx: Tx, of: AssignmentRow, intervalS: number): Promise<RollRow> {
  const rows = await tx.query<Stored>(
    `insert into assignment_roll (assignment_id, incident_id, team_id, unit_code, team_name, par_interval_s, open, scope)
     values ($1, $2, $3, $4, $5, $6, true, $7) returning ${ROLL}`,
    [of.id, of.incidentId, of.teamId, of.unitCode, of.teamName, intervalS, of.scope],
  );
  return toRow(rows[0]!, []);
}

/** Everything that a command may change: the roll one version on, and those of its people who differ from `before`. */
export async function saveRoll(tx: Tx, row: RollRow, before: readonly RollPerson[]): Promise<RollRow> {
  const held = new Set(before);
  const changed = row.people.filter((person) => !held.has(person));
  await savePeople(tx, row.assignmentId, changed);
  const {
    clock = null,
    accountedAt = null,
    holdReason = null,
    askedName = null,
    intervalS = row.intervalS,
  } = row.par ?? {};
  const rows = await tx.query<{ version: number }>(
    `update assignment_roll set heads_told = $2, unnamed = $3, checked_at = $4, checked_stage = $5, unaccounted = $6, open = $7, par_state = $8,
       par_cycle = $9, par_interval_s = $10, par_next_at = $11, par_asked = $12, par_asked_at = $13, par_missed_at = $14,
       par_escalated_at = $15, par_accounted_at = $16, par_answers = $17, par_hold_reason = $18, ask_alert_id = $19, call_alert_id = $20,
       par_asked_name = $21, version = version + 1
     where assignment_id = $1 returning version`,
    [
      row.assignmentId, row.headsTold, row.unnamed, row.checkedAt, row.checkedStage, countRoll(row).unaccounted, row.open, clock?.state ?? null,
      clock?.cycle ?? row.cycle, intervalS, clock?.nextAt ?? null, clock?.asked ?? 0, clock?.askedAt ?? null, clock?.missedAt ?? null,
      clock?.escalatedAt ?? null, accountedAt, JSON.stringify((clock?.answers ?? []).slice(-KEPT_ANSWERS)), holdReason, row.askAlertId,
      row.callAlertId, askedName,
    ], // prettier-ignore
  );
  return { ...row, cycle: clock?.cycle ?? row.cycle, version: rows[0]!.version };
}

/** Rolls whose running question is one of these alerts: the unit is asked, or missed and still silent. */
export async function rollsAskedBy(tx: Tx, alertIds: readonly string[]): Promise<{ assignmentId: string; askAlertId: string }[]> {
  return tx.query(
    `select assignment_id as "assignmentId", ask_alert_id as "askAlertId" from assignment_roll
     where ask_alert_id = any($1) and par_state in ('asked','missed') order by assignment_id`,
    [alertIds],
  );
} // prettier-ignore

async function savePeople(tx: Tx, assignmentId: string, people: RollPerson[]): Promise<void> {
  if (people.length === 0) return;
  await tx.query(
    `insert into roll_person (id, assignment_id, member_id, name, phone, position, state, since, named_at, outcome, words, by_name)
     select id, $1, "memberId", name, phone, position, state, since, "namedAt", outcome, words, "byName"
     from jsonb_to_recordset($2::jsonb) as p (id uuid, "memberId" uuid, name text, phone text, position text, state text, since timestamptz,
       "namedAt" timestamptz, outcome text, words text, "byName" text)
     on conflict (id) do update set state = excluded.state, since = excluded.since, named_at = excluded.named_at, outcome = excluded.outcome, words = excluded.words,
       by_name = excluded.by_name`,
    [assignmentId, JSON.stringify(people)],
  );
}

/** Rolls whose clock has something to do, the longest overdue first. */
export async function dueRolls(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select assignment_id as id from assignment_roll where par_next_at <= $1 order by par_next_at, assignment_id limit $2`,
    [now, limit],
  );
  return rows.map(({ id }) => id);
}

/** Rolls of an incident with people who are not accounted for. */
export async function unaccountedRolls(tx: Tx, incidentId: string): Promise<RollRow[]> {
  const rows = await tx.query<Stored>(
    `select ${ROLL} from assignment_roll where incident_id = $1 and unaccounted > 0 order by unit_code, assignment_id limit 200`,
    [incidentId],
  );
  return withPeople(tx, rows);
}

/** Open rolls, for the console snapshot. */
export async function openRollRows(tx: Tx, keys: string[]): Promise<RollDto[]> {
  const rows = await tx.query<Stored>(
    `select ${ROLL} from assignment_roll where open and scope && $1 order by assignment_id`,
    [keys],
  );
  return (await withPeople(tx, rows)).map(toRollDto);
}

export interface RollFilter {
  incidentId?: string | undefined;
  teamId?: string | undefined;
  open?: boolean | undefined;
  before: string | null;
  limit: number;
}
/** Newest assignment first. */
export async function visibleRolls(tx: Tx, keys: string[], filter: RollFilter): Promise<RollDto[]> {
  const rows = await tx.query<Stored>(
    `select ${ROLL} from assignment_roll where scope && $1 and ($2::uuid is null or incident_id = $2) and ($3::uuid is null or team_id = $3)
       and ($4::boolean is null or open = $4) and ($5::uuid is null or assignment_id < $5) order by assignment_id desc limit $6`,
    [keys, filter.incidentId ?? null, filter.teamId ?? null, filter.open ?? null, filter.before, filter.limit],
  );
  return (await withPeople(tx, rows)).map(toRollDto);
}

export const settingsOf = (intervalS: number): ParSettings => ({ ...PAR_DEFAULTS, intervalS });
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const RANKS = ['leader', 'deputy', 'member', 'guest'];
const order = (one: RollPerson) => `${RANKS.indexOf(one.position)} ${one.name} ${one.id}`;
const byRank = (a: RollPerson, b: RollPerson) => (order(a) < order(b) ? -1 : 1);

/** People stand in one order, whoever shows them: leader, deputy, members, those who came along. */
export function toRollDto(row: RollRow): RollDto {
  const {
    assignmentId,
    incidentId,
    teamId,
    unitCode,
    teamName,
    people,
    unnamed,
    headsTold,
    checkedStage,
    open,
    version,
  } = row;
  return {
    id: assignmentId, assignmentId, incidentId, teamId, unitCode, teamName,
    people: [...people].sort(byRank).map(({ namedAt: _n, ...person }) => ({ ...person, since: person.since.toISOString() })),
    counts: countRoll(row), unnamed, headsTold, checkedAt: iso(row.checkedAt), checkedStage, open, par: toParDto(row), version,
  }; // prettier-ignore
}

function toParDto({ par, teamName }: RollRow): ParDto | null {
  if (!par) return null;
  const { clock, intervalS, accountedAt, holdReason, askedName } = par;
  const { state, cycle, asked, nextAt, askedAt, missedAt } = clock;
  const { asks, firstS, retryS } = settingsOf(intervalS);
  const last = clock.answers.at(-1);
  return {
    state, result: parResult(clock), cycle, intervalS, nextAt: iso(nextAt), asked, asks, answerS: firstS + retryS * (asks - 1),
    askedAt: iso(askedAt), missedAt: iso(missedAt), accountedAt: accountedAt.toISOString(), holdReason,
    waitingFor: askedName ?? teamName, lastAnswer: last ? toAnswerDto(last) : null,
  }; // prettier-ignore
}

/** Places of people without a name, as the clock counts them. */
export const unnamedPlaces = (count: number): string[] => Array.from({ length: count }, (_, n) => `#${n + 1}`);
const isNamed = (id: string) => !id.startsWith('#');

function toAnswerDto(answer: ParAnswer): ParAnswerDto {
  const { present, absent, channel, byName, onBehalfOf, words, late } = answer;
  return {
    occurredAt: answer.occurredAt.toISOString(), receivedAt: answer.receivedAt.toISOString(), present: present.length,
    absent: absent.filter(isNamed), unnamedAbsent: absent.filter((id) => !isNamed(id)).length, late, channel, byName, onBehalfOf, words,
  }; // prettier-ignore
}
