import { type Action, type Actor, allow, visibleOr404 } from '../access/index.js';
import type { SnapshotTx, Tx } from '../database/index.js';
import { type RecordedActor, recordChange } from '../journal/index.js';
import { ensure } from '../shared/problem.js';
import { type Incident, type IncidentForDispatch, toIncidentDto } from './incident.entity.js';
import * as rules from './incident-steps.rules.js';
import type { IncidentDto, IncidentStep, MergeIncident } from './incidents.dto.js';
import * as store from './incidents.store.js';
import { maskedIncident } from './masked.rules.js';
import { mustBeSettled } from './response/open-rows.js';

const TOLD_AS: Record<rules.Step, string> = {
  verify: 'incident.verified',
  respond: 'incident.responding',
  arrive: 'incident.on-scene',
  stabilise: 'incident.stabilised',
  demobilise: 'incident.demobilised',
  close: 'incident.closed',
  dismiss: 'incident.dismissed',
  merge: 'incident.merged',
  reopen: 'incident.reopened',
};

export interface Telling {
  kind: string;
  actor: RecordedActor;
  occurredAt?: Date;
  recordedAt?: Date;
}

/** The incident behind a command: locked, visible to the actor and theirs to act on, for its own society or for the one that leads. */
export async function lockForCommand(tx: Tx, actor: Actor, id: string, action: Action): Promise<Incident> {
  const incident = visibleOr404(actor, await store.lockIncidentRow(tx, id), 'incident', id);
  allow(actor, action, { paths: [incident.societyPath, incident.leadPath] });
  return incident;
}

/** Saves a changed incident and tells it. */
export async function saveAndTell(tx: Tx, incident: Incident, telling: Telling): Promise<IncidentDto> {
  await store.saveIncident(tx, incident);
  return tell(tx, incident, telling);
}

export async function tell(tx: Tx, incident: Incident, telling: Telling): Promise<IncidentDto> {
  const data = toIncidentDto(incident);
  const { id, version, scope, wholeScope } = incident;
  const masked = { data: maskedIncident(data), wholeScope };
  await recordChange(tx, { ...telling, subject: 'incident', id, version, scope, data, masked, incidentId: id });
  return data;
}

/** One step that a person takes, against the version they saw. */
export async function stepIncident(
  tx: Tx,
  asked: { id: string; step: rules.Step; action: Action; input: IncidentStep; actor: Actor; now: Date },
): Promise<IncidentDto> {
  const { id, step, action, input, actor, now } = asked;
  const incident = await lockForCommand(tx, actor, id, action);
  rules.mustBeFresh(incident, input.version);
  const times = rules.factTimes(input, now);
  const next = rules.takeStep(incident, step, { reason: input.reason, at: times.occurredAt });
  return saveAndTell(tx, next, { kind: TOLD_AS[step], actor, ...times });
}

export type EndIncident = { id: string; actor: Actor; now: Date } & (
  { step: 'close' | 'dismiss'; input: IncidentStep } | { step: 'merge'; input: MergeIncident }
);

/**
 * Ends an incident; dispatch/ has made sure that nothing is still out for it. 404 · 403 · 409 `incident.stale`,
 * `incident.step-not-allowed` · 422 `incident.reason-required`, `incident.merge-target`, `incident.response-open`, `incident.tasks-open`.
 */
export async function endIncident(tx: Tx, asked: EndIncident): Promise<IncidentDto> {
  const { id, actor, now } = asked;
  const incident = await lockForCommand(tx, actor, id, 'incident.step');
  await mustBeSettled(tx, id);
  if (asked.step !== 'merge') return stepIncident(tx, { ...asked, action: 'incident.step' });
  const { input } = asked;
  rules.mustBeFresh(incident, input.version);
  const times = rules.factTimes(input, now);
  const next = rules.takeStep(incident, 'merge', { reason: input.reason, at: times.occurredAt });
  const target = await lockForCommand(tx, actor, input.intoId, 'incident.step');
  await saveAndTell(tx, rules.mergeInto(incident, target), { kind: 'incident.absorbed', actor, ...times });
  return saveAndTell(tx, { ...next, mergedIntoId: target.id }, { kind: TOLD_AS.merge, actor, ...times });
}

/** Locks an incident for a command of dispatch/, which checks who may see it and act on it. */
export const lockIncident = (tx: Tx, id: string): Promise<IncidentForDispatch | undefined> =>
  store.lockIncidentRow(tx, id);
export const readIncident = (tx: Tx, id: string): Promise<IncidentForDispatch | undefined> =>
  store.findIncident(tx, id);

/** Moves the incident on when an assignment's progress calls for it; nothing when it is there or beyond, or not yet verified. */
export async function noteIncidentProgress(
  tx: Tx,
  id: string,
  progress: { step: 'responding' | 'on-scene'; at: Date; actor: RecordedActor },
): Promise<void> {
  const incident = await store.lockIncidentRow(tx, id);
  ensure(incident !== undefined, `incident ${id} of an assignment exists`);
  const step = rules.progressStep(incident.status, progress.step);
  if (!step) return;
  const next = rules.takeStep(incident, step, { reason: undefined, at: progress.at });
  await saveAndTell(tx, next, { kind: TOLD_AS[step], actor: progress.actor, occurredAt: progress.at });
}

/** Lets more people see the incident (a team or warehouse that was sent); nothing when they all do already. */
export async function shareIncident(
  tx: Tx,
  id: string,
  share: { keys: string[]; actor: RecordedActor },
): Promise<void> {
  const incident = await store.lockIncidentRow(tx, id);
  ensure(incident !== undefined, `incident ${id} of a mission exists`);
  const fresh = [...new Set(share.keys)].filter((key) => !incident.scope.includes(key));
  if (fresh.length === 0) return;
  const next = {
    ...incident,
    sharedKeys: [...incident.sharedKeys, ...fresh],
    scope: [...incident.scope, ...fresh],
    version: incident.version + 1,
  };
  await saveAndTell(tx, next, { kind: 'incident.shared', actor: share.actor });
}

export const openIncidentIds = (tx: Tx): Promise<string[]> => store.openIds(tx);
export const openIncidentRows = async (tx: Tx, keys: string[]): Promise<IncidentDto[]> =>
  (await store.openIncidents(tx, keys)).map((incident) => {
    const whole = toIncidentDto(incident);
    return incident.wholeScope.some((key) => keys.includes(key)) ? whole : maskedIncident(whole);
  });
/** The same rows one by one, for a picture that would not be held in memory twice. */
export const eachOpenIncidentRow = (tx: SnapshotTx, keys: string[], take: (row: IncidentDto) => void): Promise<void> =>
  store.eachOpenIncident(tx, keys, (incident, seesWhole) => {
    const whole = toIncidentDto(incident);
    take(seesWhole ? whole : maskedIncident(whole));
  });
