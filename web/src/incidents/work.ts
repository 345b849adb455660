import type { LiveStore } from '../live/store.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { isOurDuty } from '../access/societies.js';
import { named } from '../i18n/i18n.js';
import { limitsFor } from '../settings/limits.js';
import { coverageOf } from '../../../src/dispatch/cover.rules.js';
import type { NeedsCoverage } from '../../../src/dispatch/cover.rules.js';
import { NO_WORK, waitingsOf } from './waiting.rules.js';
import type { Waiting, Work } from './waiting.rules.js';

export const WORK_SUBJECTS = ['assignment', 'alert', 'supply-order', 'roll', 'clock-setting', 'society'] as const;
let held: { store: LiveStore; revision: number; work: Map<string, Work> } | null = null;

/** Assignments, alerts, orders and people by incident (and what their clocks are judged by); worked out once per change of the picture, whoever asks. */
export function workByIncident(store: LiveStore): Map<string, Work> {
  const revision = store.revision(WORK_SUBJECTS);
  if (held?.store === store && held.revision === revision) return held.work;
  const work = new Map<string, Work>();
  const of = (incidentId: string): Work => {
    let found = work.get(incidentId);
    if (!found) work.set(incidentId, (found = { assignments: [], alerts: [], orders: [], rolls: [] }));
    return found;
  };
  for (const assignment of store.rows('assignment')) of(assignment.incidentId).assignments.push(assignment);
  for (const alert of store.rows('alert')) of(alert.incidentId).alerts.push(alert);
  for (const order of store.rows('supply-order')) of(order.incidentId).orders.push(order);
  for (const roll of store.rows('roll')) of(roll.incidentId).rolls.push(roll);
  held = { store, revision, work };
  return work;
}

export const workOf = (store: LiveStore, incidentId: string): Work => workByIncident(store).get(incidentId) ?? NO_WORK;

export function waitingsIn(store: LiveStore, incidentId: string, nowMs: number): Waiting[] {
  const incident = store.row('incident', incidentId);
  if (!incident) return [];
  const facts = {
    work: workOf(store, incidentId),
    limits: limitsFor(store, incident.leadSocietyId),
    lastHeardAt: ({ unitId, statusSince }: { unitId: string; statusSince: string }) => {
      const positionAt = store.row('team-unit', unitId)?.positionAt;
      return positionAt && positionAt > statusSince ? positionAt : statusSince;
    },
    departureS: ({ unitId }: { unitId: string }) => {
      const unit = store.row('team-unit', unitId);
      return unit ? unit.departureTargetMin * 60 : null;
    },
    ownerOf: ({ warehouseId, number }: { warehouseId: string; number: string }) => {
      const id = store.row('warehouse', warehouseId)?.societyId ?? incident.leadSocietyId;
      return { id, name: named(store.row('society', id)) || number };
    },
  };
  return waitingsOf(incident, facts, nowMs);
}

/** Whether a proposal for the incident waits for somebody's decision; one that sends nobody and nothing waits for none. */
export const isProposed = (store: LiveStore, incidentId: string): boolean =>
  store
    .rows('suggestion')
    .some((row) => row.incidentId === incidentId && row.status === 'proposed' && row.lines.length > 0);

export function coverageIn(store: LiveStore, incidentId: string): NeedsCoverage | null {
  const incident = store.row('incident', incidentId);
  return incident ? coverageFor(store, incident) : null;
}

/** Also for an incident that is no longer on the console. */
export const coverageFor = (store: LiveStore, incident: IncidentDto): NeedsCoverage =>
  coverageOf(incident, workOf(store, incident.id), (unitId) => store.row('team-unit', unitId));

/** Orders of the incident whose goods wait for a decision of ours. */
export const toApprove = (store: LiveStore, incidentId: string): number =>
  workOf(store, incidentId).orders.filter(
    ({ status, warehouseId }) =>
      status === 'reserved' && isOurDuty(store, store.row('warehouse', warehouseId)?.societyId),
  ).length;
