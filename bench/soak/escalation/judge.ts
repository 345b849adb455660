import type { Lane, Run } from './lane.js';

interface Person {
  name: string;
  memberId: string | null;
  userId: string | null;
  phone: string | null;
  email: string | null;
}
interface AlertFacts {
  id: string;
  kind: string;
  doneReason: string | null;
  steps: { people: Person[]; skipped: object | null }[];
  channels: string[];
}
interface DeliveryFacts {
  id: string;
  alertId: string;
  step: number;
  memberId: string | null;
  userId: string | null;
  channel: string;
  stage: string;
}

/**
 * What is wrong with a run that went to its end with nobody answering, by its rows and by what the provider took: every step was left once
 * and in order, every message was handed over exactly once, the unit was given up once, the desks above were called once.
 */
export async function faultsOfLadder(lane: Lane, run: Run): Promise<string[]> {
  const alerts = await alertsOf(lane, run);
  const ended = alerts.map(({ kind, doneReason }) => `${kind} ${doneReason}`).join(', ');
  return [
    ...(ended === 'deploy exhausted, duty-call exhausted' ? [] : [`the runs are: ${ended}`]),
    ...(await faultsOfSteps(lane, alerts)),
    ...(await faultsOfMessages(lane, alerts)),
    ...(await faultsOfRecord(lane, run, alerts)),
  ];
}

async function alertsOf(lane: Lane, { incidentId }: Run): Promise<AlertFacts[]> {
  return lane.rows(
    `select id, kind, done_reason as "doneReason", steps, channels from alert where incident_id = $1 order by raised_at, id`,
    [incidentId],
  );
}

async function faultsOfSteps(lane: Lane, alerts: AlertFacts[]): Promise<string[]> {
  const left = await lane.rows<{ alertId: string; step: number }>(
    `select alert_id as "alertId", step from alert_step where alert_id = any($1) order by step`,
    [alerts.map(({ id }) => id)],
  );
  return alerts.flatMap((alert) => {
    const wanted = stepsOf(alert).map(({ step }) => step);
    const found = left.filter((one) => one.alertId === alert.id).map(({ step }) => step);
    return wanted.join() === found.join() ? [] : [`${alert.kind}: of steps ${wanted.join()} were left ${found.join()}`];
  });
}

const stepsOf = ({ steps }: AlertFacts) =>
  steps.flatMap(({ skipped, people }, n) => (skipped ? [] : [{ step: n + 1, people }]));

/** Each person of each step by each channel that reaches him: exactly one message left, whatever was attempted. */
async function faultsOfMessages(lane: Lane, alerts: AlertFacts[]): Promise<string[]> {
  const deliveries = await lane.rows<DeliveryFacts>(
    `select id, alert_id as "alertId", step, member_id as "memberId", user_id as "userId", channel, stage from alert_delivery
     where alert_id = any($1)`,
    [alerts.map(({ id }) => id)],
  );
  const handed = lane.handed();
  return alerts.flatMap((alert) =>
    stepsOf(alert).flatMap(({ step, people }) =>
      people.flatMap((person) =>
        channelsTo(person, alert).flatMap((channel) => {
          const attempts = deliveries.filter(
            (one) =>
              one.alertId === alert.id && one.step === step && one.channel === channel &&
              one.memberId === person.memberId && one.userId === person.userId,
          ); // prettier-ignore
          const left =
            channel === 'in-app'
              ? attempts.filter(({ stage }) => ['delivered', 'displayed', 'opened'].includes(stage)).length
              : handed.filter((id) => attempts.some((one) => one.id === id)).length;
          const stages = attempts.map(({ stage }) => stage).join(', ');
          return left === 1 ? [] : [`${alert.kind} step ${step} ${person.name} ${channel}: handed ${left} times (${stages})`]; // prettier-ignore
        }),
      ),
    ),
  );
}

const WAY: Record<string, keyof Person> = { 'in-app': 'userId', mail: 'email' };
const channelsTo = (person: Person, { channels }: AlertFacts): string[] =>
  channels.filter((channel) => (person[WAY[channel] ?? 'phone'] ?? null) !== null);

/** The record tells each change once, and the unit is free again. */
async function faultsOfRecord(lane: Lane, { incidentId, assignmentId }: Run, alerts: AlertFacts[]): Promise<string[]> {
  const told = await lane.rows<{ kind: string; n: number }>(
    `select kind, count(*)::integer as n from journal where incident_id = $1 and kind in ('alert.raised', 'alert.moved-on', 'alert.exhausted',
       'team.alerted', 'team.no-answer') group by kind`,
    [incidentId],
  );
  const steps = alerts.flatMap(stepsOf).length;
  const wanted = { 'alert.raised': 2, 'alert.moved-on': steps - 2, 'alert.exhausted': 2, 'team.alerted': 1, 'team.no-answer': 1 }; // prettier-ignore
  const counts = Object.entries(wanted).flatMap(([kind, n]) => {
    const found = told.find((one) => one.kind === kind)?.n ?? 0;
    return found === n ? [] : [`${kind} was told ${found} times, not ${n}`];
  });
  const [held] = await lane.rows<{ status: string; booked: boolean }>(
    `select status, exists (select 1 from team_unit where assignment_id = $1) as booked from assignment where id = $1`,
    [assignmentId],
  );
  const given = held!.status === 'no-answer' && !held!.booked ? [] : [`the unit is ${held!.status}, booked: ${held!.booked}`]; // prettier-ignore
  return [...counts, ...given];
}

/** The alarms that the auditor raised about a run, oldest first: kind, step, how long it had been silent. */
export async function alarmsOf(
  lane: Lane,
  { incidentId }: Run,
): Promise<{ kind: string; step: number; sinceS: number }[]> {
  return lane.rows(
    `select kind, step, extract(epoch from opened_at - since)::integer as "sinceS" from chain_fault
     where incident_id = $1 and kind <> 'call-unanswered' order by opened_at, id`,
    [incidentId],
  );
}
