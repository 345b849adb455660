import type { Reason } from '../shared/fields.dto.js';
import { Problem } from '../shared/problem.js';
import type { DispatchMission } from './dispatch.dto.js';

/** Teams that one commander can lead: 7 at most (ICS span of control 3 to 7). */
export const SPAN_OF_CONTROL = 7;
export const spanHints = (activeTeams: number): Reason[] =>
  activeTeams > SPAN_OF_CONTROL
    ? [{ code: 'span-of-control', params: { teams: activeTeams, limit: SPAN_OF_CONTROL } }]
    : [];

const TAKES_MISSIONS = ['verified', 'responding', 'on-scene', 'stabilised'];

/** Teams and goods go to a verified, open incident. 409 `incident.not-verified`, `incident.step-not-allowed`. */
export function mustTakeMissions(incident: { id: string; status: string }): void {
  if (incident.status === 'reported') throw new Problem('incident.not-verified', { id: incident.id }, { status: 409 });
  if (!TAKES_MISSIONS.includes(incident.status))
    throw new Problem('incident.step-not-allowed', { step: 'dispatch', status: incident.status });
}

export interface WantedOrder {
  warehouseId: string;
  lines: { itemId: string; units: number }[];
}

/** One order a warehouse, one line an item, in the order of the warehouses' ids: the order in which stock is locked. */
export function ordersOf(supplies: DispatchMission['supplies']): WantedOrder[] {
  const wanted = new Map<string, Map<string, number>>();
  for (const { warehouseId, itemId, units } of supplies) {
    const items = wanted.get(warehouseId) ?? new Map<string, number>();
    items.set(itemId, (items.get(itemId) ?? 0) + units);
    wanted.set(warehouseId, items);
  }
  return [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([warehouseId, items]) => ({ warehouseId, lines: [...items].map(([itemId, units]) => ({ itemId, units })) }));
}

/** A unit goes once a mission. 400 `request.invalid` at the repeated one. */
export function mustNameUnitsOnce(assignments: DispatchMission['assignments']): void {
  const ids = assignments.map(({ teamUnitId }) => teamUnitId);
  const again = ids.findIndex((unitId, n) => ids.indexOf(unitId) !== n);
  if (again >= 0)
    throw new Problem(
      'request.invalid',
      {},
      { errors: [{ pointer: `/assignments/${again}/teamUnitId`, code: 'repeated' }] },
    );
}

export interface Sendable {
  id: string;
  code: string;
  headcount: number;
  standBy: boolean;
  bookingIncidentId: string | null;
  bookingAssignmentId: string | null;
  ready: boolean;
  reasons: Reason[];
}

/**
 * A unit that is booked or stood down cannot be sent (409 `team.not-available`); one with a gap in papers, people or kit can, with a reason
 * that goes on record (422 `team.not-ready` without one). Nobody can be asked for more people than the unit has.
 */
export function mustBeSendable(
  unit: Sendable,
  { headcount, overridden, pointer }: { headcount: number; overridden: boolean; pointer: string },
): void {
  if (unit.bookingAssignmentId)
    throw new Problem('team.not-available', { unit: unit.code, incidentId: unit.bookingIncidentId });
  if (!unit.standBy) throw new Problem('team.not-available', { unit: unit.code, incidentId: null });
  if (!unit.ready && !overridden) {
    const errors = unit.reasons.map(({ code, params }) => ({ pointer, code, params }));
    throw new Problem(
      'team.not-ready',
      { unit: unit.code, reasons: unit.reasons.map(({ code }) => code).join(' ') },
      { errors },
    );
  }
  if (headcount > unit.headcount)
    throw new Problem('team.headcount-exceeded', { unit: unit.code, requested: headcount, headcount: unit.headcount });
}

/**
 * Where the right to send a team or goods comes from: `own`, under a path the officer acts for; `above`, held directly by a society above
 * one of them; null, from nowhere.
 */
export function sourceOf(path: string, actingPaths: string[]): 'own' | 'above' | null {
  if (actingPaths.some((acting) => path.startsWith(acting))) return 'own';
  return actingPaths.some((acting) => acting.startsWith(path)) ? 'above' : null;
}

/** '331082-DD-2026-0001': adcode, kind of document, year in China, number in the series. */
export function documentNumber(series: string, n: number): string {
  return `${series}-${String(n).padStart(4, '0')}`;
}
export function seriesOf(adcode: string, kind: 'DD', now: Date): string {
  const year = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(now);
  return `${adcode}-${kind}-${year}`;
}
/** The last part of a path names the society: '/330000/331000/' is 331000. */
export const adcodeOf = (path: string): string => path.split('/').filter(Boolean).at(-1)!;
