import type { AlarmDto } from '../../alarms/alarms.dto.js';
import type { AlertDto } from '../../alerts/alerts.dto.js';
import type { ReplyDto } from '../../alerts/replies.dto.js';
import type { DutyNoticeDto } from '../../duty/duty.dto.js';
import type { IncidentDto } from '../../incidents/incidents.dto.js';
import type { ResponseDto, TaskDto } from '../../incidents/response/responses.dto.js';
import type { WarehouseDto } from '../../relief-stock/relief-stock.dto.js';
import type { RollDto } from '../accountability/roll.dto.js';
import type { ChainFaultDto } from '../audit/chain-audit.dto.js';
import type { HelpCallDto } from '../help-calls/help-call.dto.js';
import type { SupplyOrderDto } from '../dispatch.dto.js';
import { UNSETTLED } from '../supply-order.rules.js';
import { HANDOVER_KINDS, type HandoverKind, type Matter } from './handover.dto.js';

/** What a console of the desk shows at one moment. */
export interface DeskPicture {
  societyId: string;
  /** Who sits at the desk. */
  userIds: readonly string[];
  incidents: readonly IncidentDto[];
  alerts: readonly AlertDto[];
  rolls: readonly RollDto[];
  helpCalls: readonly HelpCallDto[];
  faults: readonly ChainFaultDto[];
  replies: readonly ReplyDto[];
  tasks: readonly TaskDto[];
  orders: readonly SupplyOrderDto[];
  warehouses: readonly WarehouseDto[];
  responses: readonly ResponseDto[];
  notices: readonly DutyNoticeDto[];
  alarms: readonly AlarmDto[];
  /** The reporting clocks that are owed, by incident; `incidents/` works them out. */
  owed: readonly { incidentId: string; code: string; since: string; dueAt: string }[];
}

/**
 * V3: everything that whoever sits at this desk must know of, gravest kind first, then by its due time. A matter is the desk's when it leads the
 * incident, when the task or the goods are its society's, or when somebody of the desk is called; an incident that a desk below leads is one
 * line, its own matters are handed over there; a silence of the chain is everybody's who sees it, because it means that somebody else failed.
 */
export function mattersOf(desk: DeskPicture): Matter[] {
  const led = new Map(desk.incidents.filter(({ leadSocietyId }) => leadSocietyId === desk.societyId).map((one) => [one.id, one])); // prettier-ignore
  const titles = new Map(desk.incidents.map(({ id, title }) => [id, title]));
  const titleOf = (incidentId: string | null) => (incidentId === null ? '' : (titles.get(incidentId) ?? ''));
  const isOurs = (incidentId: string | null) => incidentId === null || led.has(incidentId);
  const matters = [
    ...desk.helpCalls
      .filter(({ incidentId, deskIds }) => isOurs(incidentId) || deskIds.includes(desk.societyId))
      .map(helpMatter),
    ...desk.faults.map((fault) => faultMatter(fault, titleOf(fault.incidentId))),
    ...desk.rolls.filter(({ incidentId }) => isOurs(incidentId)).flatMap(rollMatters),
    ...desk.alerts
      .filter((alert) => isOurs(alert.incidentId) || callsDesk(alert, desk.userIds))
      .flatMap((alert) => alertMatters(alert, titleOf(alert.incidentId))),
    ...desk.replies.filter(({ incidentId }) => isOurs(incidentId)).map(replyMatter),
    ...desk.owed
      .filter(({ incidentId }) => led.has(incidentId))
      .map((clock) => reportMatter(clock, titleOf(clock.incidentId))),
    ...desk.tasks
      .filter(({ societyId }) => societyId === desk.societyId)
      .map((task) => taskMatter(task, titleOf(task.incidentId))),
    ...orderMatters(desk, led, titleOf),
    ...desk.alarms
      .filter(({ societyId, snoozedUntil }) => societyId === desk.societyId && snoozedUntil !== null)
      .map((alarm) => alarmMatter(alarm, titleOf(alarm.incidentId))),
    ...desk.notices.filter(({ societyId }) => societyId === desk.societyId).filter(({ kind }) => kind === 'roster-gap').map(noticeMatter),
    ...desk.incidents.map((one) => incidentMatter(one, led.has(one.id) ? 'incident' : 'incident-below')),
  ]; // prettier-ignore
  const drills = new Set(desk.incidents.filter(({ exercise }) => exercise).map(({ id }) => id));
  const marked = matters.map((one) => (drills.has(one.incidentId ?? '') ? { ...one, params: { ...one.params, exercise: 1 } } : one)); // prettier-ignore
  return marked.sort(byGravity);
}

const RANK = new Map(HANDOVER_KINDS.map((kind, n) => [kind, n]));
const moment = ({ dueAt, since }: Matter): string => dueAt ?? since ?? '9';
const byGravity = (a: Matter, b: Matter): number =>
  RANK.get(a.kind)! - RANK.get(b.kind)! || moment(a).localeCompare(moment(b)) || (a.key < b.key ? -1 : 1);

const matter = (
  kind: HandoverKind,
  of: Pick<Matter, 'subjectId' | 'incidentId' | 'title'> & Partial<Matter> & { part?: string | number },
): Matter => {
  const { part, subjectId, incidentId, title, who = null, since = null, dueAt = null, params = {} } = of;
  return { key: [kind, subjectId, ...(part === undefined ? [] : [part])].join(':'), kind, subjectId, incidentId, title, who, since, dueAt, params };
}; // prettier-ignore

/** Somebody called for help: who, and who sees to it. */
const helpMatter = (call: HelpCallDto): Matter =>
  matter('help-call', {
    subjectId: call.id, incidentId: call.incidentId, title: `${call.byName} · ${unitName(call)}`, who: call.takenUpBy, since: call.occurredAt,
    params: { help: call.state, ...(call.exercise ? { exercise: 1 } : {}) },
  }); // prettier-ignore

const faultMatter = (fault: ChainFaultDto, title: string): Matter =>
  matter('chain-fault', {
    subjectId: fault.id, incidentId: fault.incidentId, title, who: fault.who, since: fault.since,
    params: { fault: fault.kind, unit: unitName(fault) },
  }); // prettier-ignore

/** People who are missing by name, a unit that does not answer, the running clock, or the silence that is known. */
function rollMatters(roll: RollDto): Matter[] {
  const { id: subjectId, incidentId, par } = roll;
  const title = unitName(roll);
  const missing = roll.people
    .filter(({ state }) => state === 'missing')
    .map((person) => matter('person-missing', { subjectId, part: person.id, incidentId, title, who: person.name, since: person.since })); // prettier-ignore
  if (!par) return missing;
  const { nextAt: dueAt, waitingFor: who, askedAt, missedAt, holdReason, cycle: part } = par;
  const asked = { subjectId, part, incidentId, title, who, dueAt };
  if (par.state === 'missed') return [...missing, matter('unit-silent', { ...asked, since: missedAt })];
  if (par.state === 'asked') return [...missing, matter('unit-silent', { ...asked, since: askedAt })];
  if (par.state === 'excused')
    return [...missing, matter('par-hold', { ...asked, part: dueAt ?? '', params: { reason: holdReason ?? '' } })];
  return [...missing, matter('par-clock', { subjectId, incidentId, title, dueAt })];
}

const callsDesk = ({ deliveries }: AlertDto, userIds: readonly string[]): boolean =>
  deliveries.some(({ userId }) => userId !== null && userIds.includes(userId));

/** A run that waits for an answer, and everybody who was told and has said nothing. */
function alertMatters(alert: AlertDto, title: string): Matter[] {
  if (alert.doneReason !== null || (alert.kind !== 'deploy' && alert.kind !== 'duty-call')) return [];
  const { id: subjectId, incidentId, step, steps } = alert;
  const params = { alert: alert.kind, unit: unitName(alert), step, steps };
  const run = { subjectId, incidentId, title, params, since: alert.raisedAt };
  const told = new Map(
    alert.deliveries
      .filter(({ stage }) => !['planned', 'cancelled', 'expired'].includes(stage))
      .map((delivery) => [delivery.memberId ?? delivery.userId ?? delivery.personName, delivery]),
  );
  return [
    matter('alert-unanswered', { ...run, who: alert.waitingFor, dueAt: alert.nextDueAt }),
    ...[...told].map(([part, { personName: who, personRole }]) =>
      matter('person-silent', { ...run, part, who, params: { ...params, role: personRole } }),
    ),
  ];
}

const replyMatter = (reply: ReplyDto): Matter =>
  matter('reply-waiting', {
    subjectId: reply.id, incidentId: reply.incidentId, title: reply.words.slice(0, 80), who: reply.personName, since: reply.receivedAt,
    params: { why: reply.why ?? '' },
  }); // prettier-ignore

const reportMatter = (clock: DeskPicture['owed'][number], title: string): Matter =>
  matter('report-clock', {
    subjectId: clock.incidentId, part: clock.code, incidentId: clock.incidentId, title, since: clock.since, dueAt: clock.dueAt,
    params: { clock: clock.code },
  }); // prettier-ignore

/** A line of a plan says itself only when it is a duty; people and goods are told by code and count, in the reader's language. */
const taskMatter = ({ id, incidentId, takenBy, dueAt, state, act, kind, code, count, title, titleEn }: TaskDto, ofIncident: string): Matter =>
  matter('task', {
    subjectId: id, incidentId, title: ofIncident, who: takenBy, dueAt, params: { state, act, line: kind, code, count, words: title, wordsEn: titleEn },
  }); // prettier-ignore

/** Goods that wait for an approval or are on their way: those of our own stores, and those that our incidents wait for. */
function orderMatters(
  { societyId, orders, warehouses }: DeskPicture,
  led: ReadonlyMap<string, unknown>,
  titleOf: (incidentId: string) => string,
): Matter[] {
  const own = new Set(warehouses.filter((store) => store.societyId === societyId).map(({ id }) => id));
  return orders
    .filter(({ status, warehouseId, incidentId }) => UNSETTLED.includes(status) && (own.has(warehouseId) || led.has(incidentId)))
    .map((order) => {
      const about = { subjectId: order.id, incidentId: order.incidentId, title: titleOf(order.incidentId) };
      if (order.status === 'reserved')
        return matter('reservation', { ...about, since: order.reservedAt, dueAt: order.reservedUntil, params: { number: order.number } });
      const params = { number: order.number, order: order.status };
      return matter('goods-under-way', { ...about, who: order.driverName, since: order.statusSince, dueAt: order.etaAt, params });
    });
} // prettier-ignore

/** An alarm that is silent because somebody wanted it so: who, until when, and why. */
const alarmMatter = (alarm: AlarmDto, title: string): Matter =>
  matter('alarm-aside', {
    subjectId: alarm.id, incidentId: alarm.incidentId, title, who: alarm.snoozedBy, since: alarm.snoozedAt, dueAt: alarm.snoozedUntil,
    params: { cause: alarm.code, reason: alarm.snoozeReason ?? '' },
  }); // prettier-ignore

const noticeMatter = (notice: DutyNoticeDto): Matter =>
  matter('duty-notice', {
    subjectId: notice.id,
    incidentId: null,
    title: '',
    since: notice.since,
    params: { notice: notice.kind },
  });

const incidentMatter = (incident: IncidentDto, kind: 'incident' | 'incident-below'): Matter =>
  matter(kind, {
    subjectId: incident.id, incidentId: incident.id, title: incident.title, since: incident.statusSince,
    params: { status: incident.status, severity: incident.severity, number: incident.number },
  }); // prettier-ignore

const unitName = ({ teamName, unitCode }: { teamName: string; unitCode: string }): string => `${teamName} ${unitCode}`.trim(); // prettier-ignore

/** What a list lacks of what is open now, and which of its lines are over. */
export function compareMatters(
  lines: readonly { key: string }[],
  now: readonly Matter[],
): { added: Matter[]; gone: string[] } {
  const [listed, open] = [new Set(lines.map(({ key }) => key)), new Set(now.map(({ key }) => key))];
  return {
    added: now.filter(({ key }) => !listed.has(key)),
    gone: lines.filter(({ key }) => !open.has(key)).map(({ key }) => key),
  };
}
