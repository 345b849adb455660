import type { Tx } from '../database/index.js';
import type { AlertDto, AlertsQuery, AnswerDto, FunnelDto, LinkedAlertDto } from './alerts.dto.js';
import { allDeliveries, type DeliveryRow, toDeliveryDto } from './deliveries.store.js';
import { type Channel, funnelOf, type KeptStep, waitingFor } from './run.rules.js';

export interface AlertRow {
  id: string;
  kind: AlertDto['kind'];
  incidentId: string;
  missionId: string | null;
  assignmentId: string | null;
  teamId: string | null;
  unitCode: string;
  teamName: string;
  message: string;
  severity: string;
  placeText: string;
  lon: number;
  lat: number;
  incidentTitle: string;
  /** As the incident has it now. */
  incidentKind: string;
  /** People asked for; null where nobody is asked to go. */
  headcount: number | null;
  exercise: boolean;
  dutyPhone: string | null;
  channels: Channel[];
  steps: KeptStep[];
  step: number;
  raisedAt: Date;
  nextDueAt: Date | null;
  /** Its end was put off, once, because a message of it had not left. */
  putOff: boolean;
  doneReason: AlertDto['doneReason'];
  doneAt: Date | null;
  scope: string[];
  version: number;
}
const ALERT = `id, kind, incident_id as "incidentId", mission_id as "missionId", assignment_id as "assignmentId", team_id as "teamId",
  unit_code as "unitCode", team_name as "teamName", message, severity, place_text as "placeText", lon, lat, incident_title as "incidentTitle",
  (select i.kind from incident i where i.id = alert.incident_id) as "incidentKind",
  case when kind = 'deploy' then (select s.headcount from assignment s where s.id = alert.assignment_id) end as headcount,
  exercise, duty_phone as "dutyPhone", channels, steps, step, raised_at as "raisedAt", next_due_at as "nextDueAt", put_off as "putOff",
  done_reason as "doneReason", done_at as "doneAt", scope, version`;

export interface AnswerRow {
  id: string;
  alertId: string;
  answer: AnswerDto['answer'];
  minutes: number | null;
  headcount: number | null;
  reason: string | null;
  byName: string;
  byUserId: string | null;
  onBehalfOf: string | null;
  channel: AnswerDto['channel'];
  words: string | null;
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
}
const ANSWER = `id, alert_id as "alertId", answer, minutes, headcount, reason, by_name as "byName", by_user_id as "byUserId",
  on_behalf_of as "onBehalfOf", channel, words, occurred_at as "occurredAt", recorded_at as "recordedAt", received_at as "receivedAt"`;

/** One escalation run with everything that hangs on it. */
export interface AlertRun {
  alert: AlertRow;
  deliveries: DeliveryRow[];
  answers: AnswerRow[];
}

export function toAnswerDto(row: AnswerRow): AnswerDto {
  const { id, answer, minutes, headcount, reason, byName, onBehalfOf, channel, words } = row;
  const times = { occurredAt: row.occurredAt.toISOString(), receivedAt: row.receivedAt.toISOString() };
  return { id, answer, minutes, headcount, reason, byName, onBehalfOf, channel, words, ...times };
}

export function toAlertDto({ alert, deliveries, answers }: AlertRun): AlertDto {
  const { id, kind, incidentId, missionId, assignmentId, teamId, unitCode, teamName, message, severity } = alert;
  const { exercise, placeText } = alert;
  const open = alert.doneReason === null;
  return {
    id, kind, incidentId, missionId, assignmentId, teamId, unitCode, teamName, message, severity, exercise, placeText,
    location: { lon: alert.lon, lat: alert.lat }, step: alert.step, steps: alert.steps.length,
    skipped: alert.steps.flatMap((each, n) => (each.skipped ? [{ step: n + 1, role: each.role, reason: each.skipped }] : [])),
    waitingFor: open ? waitingFor(alert.steps, alert.step) : null, raisedAt: alert.raisedAt.toISOString(),
    nextDueAt: alert.nextDueAt?.toISOString() ?? null, doneReason: alert.doneReason, doneAt: alert.doneAt?.toISOString() ?? null,
    deliveries: deliveries.map(toDeliveryDto), answers: answers.map(toAnswerDto), version: alert.version,
  }; // prettier-ignore
}

/** A run before it is written: of the incident and the assignment it keeps the ids. */
export type NewAlert = Omit<AlertRow, 'incidentKind' | 'headcount'>;

export async function insertAlert(tx: Tx, alert: NewAlert): Promise<void> {
  await tx.query(
    `insert into alert (id, kind, incident_id, mission_id, assignment_id, team_id, unit_code, team_name, message, severity, place_text, lon,
       lat, incident_title, exercise, duty_phone, channels, steps, step, raised_at, next_due_at, done_reason, done_at, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
    [
      alert.id, alert.kind, alert.incidentId, alert.missionId, alert.assignmentId, alert.teamId, alert.unitCode, alert.teamName,
      alert.message, alert.severity, alert.placeText, alert.lon, alert.lat, alert.incidentTitle, alert.exercise, alert.dutyPhone,
      alert.channels, JSON.stringify(alert.steps), alert.step, alert.raisedAt, alert.nextDueAt, alert.doneReason, alert.doneAt,
      alert.scope, alert.version,
    ], // prettier-ignore
  );
}

/** Where the run stands; its steps and what it is about never change. */
export async function saveProgress(tx: Tx, alert: AlertRow): Promise<void> {
  await tx.query(
    `update alert set step = $2, next_due_at = $3, put_off = $4, done_reason = $5, done_at = $6, version = version + 1 where id = $1`,
    [alert.id, alert.step, alert.nextDueAt, alert.putOff, alert.doneReason, alert.doneAt],
  );
}

/** Writes down that a step of a run is over, once (D4). */
export async function insertLeftStep(tx: Tx, alert: AlertRow, leftAt: Date): Promise<void> {
  if (!alert.nextDueAt) return;
  const lateS = Math.max(0, Math.floor((leftAt.getTime() - alert.nextDueAt.getTime()) / 1000));
  await tx.query(`insert into alert_step (alert_id, step, due_at, left_at, late_s) values ($1, $2, $3, $4, $5)`, [
    alert.id, alert.step, alert.nextDueAt, leftAt, lateS,
  ]); // prettier-ignore
}

export async function findAlert(tx: Tx, id: string): Promise<AlertRow | undefined> {
  return (await tx.query<AlertRow>(`select ${ALERT} from alert where id = $1`, [id]))[0];
}

export async function lockAlert(tx: Tx, id: string): Promise<AlertRow | undefined> {
  return (await tx.query<AlertRow>(`select ${ALERT} from alert where id = $1 for update`, [id]))[0];
}

/** The newest deploy run of an assignment, locked. */
export async function lockAlertOfAssignment(tx: Tx, assignmentId: string): Promise<AlertRow | undefined> {
  const rows = await tx.query<AlertRow>(
    `select ${ALERT} from alert where assignment_id = $1 and kind = 'deploy' order by raised_at desc, id desc limit 1 for update`,
    [assignmentId],
  );
  return rows[0];
}

export async function lockOpenAlertsOfIncident(tx: Tx, incidentId: string): Promise<AlertRow[]> {
  return tx.query<AlertRow>(
    `select ${ALERT} from alert where incident_id = $1 and done_reason is null order by id for update`,
    [incidentId],
  );
}

/** Every run that waits for an instant, locked in the order of their ids. */
export async function lockRunningAlerts(tx: Tx): Promise<AlertRow[]> {
  return tx.query<AlertRow>(`select ${ALERT} from alert where next_due_at is not null order by id for update`);
}

/** Runs whose step, or one of whose messages, is due after these instants, locked in the order of their ids. */
export async function lockAlertsDueAfter(
  tx: Tx,
  { step, message }: { step: Date; message: Date },
): Promise<AlertRow[]> {
  return tx.query<AlertRow>(
    `select ${ALERT} from alert where done_reason is null
       and id in (select id from alert where next_due_at > $1 union select alert_id from alert_delivery where due_at > $2)
     order by id for update`,
    [step, message],
  );
}

/** A run with a delivery to hand over now, locked; one that another process holds is left to it, and so is what this one has in hand. */
export async function lockAlertWithDueDeliveries(
  tx: Tx,
  { now, inHand }: { now: Date; inHand: string[] },
): Promise<AlertRow | undefined> {
  const rows = await tx.query<AlertRow>(
    `select ${ALERT} from alert where done_reason is null
       and id in (select alert_id from alert_delivery where due_at <= $1 and id <> all($2::uuid[]))
     order by raised_at, id limit 1 for update skip locked`,
    [now, inHand],
  );
  return rows[0];
}

/** Runs whose time is up, the longest overdue first, and what must be locked before them. */
export async function overdueAlerts(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ id: string; incidentId: string; assignmentId: string | null }[]> {
  return tx.query(
    `select id, incident_id as "incidentId", assignment_id as "assignmentId" from alert where next_due_at <= $1 order by next_due_at, id limit $2`,
    [now, limit],
  );
}

export async function runOf(tx: Tx, alert: AlertRow): Promise<AlertRun> {
  return (await runsOf(tx, [alert]))[0]!;
}

async function runsOf(tx: Tx, alerts: AlertRow[]): Promise<AlertRun[]> {
  if (alerts.length === 0) return [];
  const ids = alerts.map((alert) => alert.id);
  const deliveries = await allDeliveries(tx, ids);
  const answers = await tx.query<AnswerRow>(
    `select ${ANSWER} from alert_answer where alert_id = any($1) order by received_at, id`,
    [ids],
  );
  return alerts.map((alert) => ({
    alert,
    deliveries: deliveries.filter((row) => row.alertId === alert.id),
    answers: answers.filter((row) => row.alertId === alert.id),
  }));
}

export async function insertAnswer(tx: Tx, answer: AnswerRow): Promise<void> {
  await tx.query(
    `insert into alert_answer (id, alert_id, answer, minutes, headcount, reason, by_name, by_user_id, on_behalf_of, channel, words,
       occurred_at, recorded_at, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      answer.id, answer.alertId, answer.answer, answer.minutes, answer.headcount, answer.reason, answer.byName, answer.byUserId,
      answer.onBehalfOf, answer.channel, answer.words, answer.occurredAt, answer.recordedAt, answer.receivedAt,
    ], // prettier-ignore
  );
}

/** Running alerts for the console snapshot. */
export async function openAlertRows(tx: Tx, keys: string[]): Promise<AlertDto[]> {
  const alerts = await tx.query<AlertRow>(
    `select ${ALERT} from alert where done_reason is null and scope && $1 order by id`,
    [keys],
  );
  return (await runsOf(tx, alerts)).map(toAlertDto);
}

/** Newest first. `mine`: alerts that were sent to this user. */
export async function visibleAlerts(
  tx: Tx,
  keys: string[],
  query: Omit<AlertsQuery, 'limit' | 'cursor'> & { userId: string; before: string | null; limit: number },
): Promise<AlertDto[]> {
  const alerts = await tx.query<AlertRow>(
    `select ${ALERT} from alert where scope && $1 and ($2::uuid is null or incident_id = $2)
       and ($3::boolean is null or (done_reason is null) = $3)
       and ($4::uuid is null or id in (select alert_id from alert_delivery where user_id = $4))
       and ($5::uuid is null or id < $5)
     order by id desc limit $6`,
    [keys, query.incidentId ?? null, query.open ?? null, query.mine ? query.userId : null, query.before, query.limit],
  );
  return (await runsOf(tx, alerts)).map(toAlertDto);
}

/** Person × channel × stage of the alerts of an incident; the caller has checked who asks. */
export async function alertFunnel(tx: Tx, incidentId: string, keys: string[]): Promise<FunnelDto> {
  const alerts = await tx.query<AlertRow>(
    `select ${ALERT} from alert where incident_id = $1 and scope && $2 order by raised_at, id`,
    [incidentId, keys],
  );
  return funnelOf(incidentId, (await runsOf(tx, alerts)).map(toAlertDto));
}

/** What a one-time link shows, as it stands now. */
export async function linkedAlert(tx: Tx, delivery: DeliveryRow): Promise<LinkedAlertDto> {
  const { alert, answers } = await runOf(tx, (await findAlert(tx, delivery.alertId))!);
  const answered = answers.at(-1);
  return {
    alertId: alert.id, personName: delivery.personName, teamName: alert.teamName, unitCode: alert.unitCode, kind: alert.kind,
    severity: alert.severity, incidentTitle: alert.incidentTitle, incidentKind: alert.incidentKind, headcount: alert.headcount, exercise: alert.exercise, placeText: alert.placeText,
    location: { lon: alert.lon, lat: alert.lat }, message: alert.message, raisedAt: alert.raisedAt.toISOString(),
    nextDueAt: alert.nextDueAt?.toISOString() ?? null, doneReason: alert.doneReason, answered: answered ? toAnswerDto(answered) : null,
    dutyPhone: alert.dutyPhone,
  }; // prettier-ignore
}

/** The newest yes to an assignment: whose it is, and for whom a desk gave it. */
export async function yesOfAssignment(
  tx: Tx,
  assignmentId: string,
): Promise<Pick<AnswerRow, 'byName' | 'byUserId' | 'onBehalfOf'> | undefined> {
  const rows = await tx.query<AnswerRow>(
    `select ${ANSWER} from alert_answer where answer <> 'decline'
       and alert_id in (select id from alert where assignment_id = $1 and kind = 'deploy')
     order by received_at desc, id desc limit 1`,
    [assignmentId],
  );
  return rows[0];
}

/** The alert that an answer with this id was given to, if there is such an answer. */
export async function alertOfAnswer(tx: Tx, answerId: string): Promise<string | undefined> {
  const rows = await tx.query<{ alertId: string }>(`select alert_id as "alertId" from alert_answer where id = $1`, [
    answerId,
  ]);
  return rows[0]?.alertId;
}
