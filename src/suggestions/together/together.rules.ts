import { createHash } from 'node:crypto';
import { type Facts, hashOf, toPlannerInput } from '../facts.rules.js';
import {
  cityCovers, compareIds, isCapable, isLate, type OpenCapability, readSnapshot, type Snapshot, unavailable,
} from '../planner/snapshot.rules.js'; // prettier-ignore
import type { Priority, Reason, Speciality, TeamUnitCandidate } from '../planner/planner.types.js';
import type { TeamBound } from '../planner/teams-search/team-proof.rules.js';
import type { TeamInstance, TeamPlan } from '../planner/teams-search/teams.types.js';
import { PRIORITY_WEIGHT, SEVERITY_WEIGHT, TOGETHER_LIMITS, type TogetherDto } from './together.dto.js';

/** One open incident with the facts of its people. */
export interface TogetherIncident {
  incidentId: string;
  severity: keyof typeof SEVERITY_WEIGHT;
  facts: Facts;
}

/** Needs of one urgency at one incident: to the instance an incident of its own. */
interface Place {
  incident: number;
  priority: Priority;
}
interface Need {
  incident: number;
  place: number;
  need: OpenCapability;
}
interface Cover {
  city: string;
  speciality: Speciality;
  units: number[];
  counted: boolean;
}

/** The instance, and what its numbers stand for. */
export interface Together {
  incidents: readonly TogetherIncident[];
  snapshots: Snapshot[];
  instance: TeamInstance;
  units: TeamUnitCandidate[];
  places: Place[];
  needs: Need[];
  covers: Cover[];
  left: number;
}

/** What the search and its proof answer, with the plan of each incident alone. */
export interface TogetherAnswer {
  plan: TeamPlan;
  bound: TeamBound;
  proven: boolean;
  alone: TeamPlan;
}

/** The plan without names. */
export type TogetherPlan = Pick<TogetherDto, 'status' | 'plan' | 'alone' | 'bound'> & {
  lines: { incidentId: string; unitId: string; teamId: string; needId: string; headcount: number; etaMin: number; late: boolean }[];
  needs: (TogetherDto['incidents'][number]['needs'][number] & { incidentId: string })[];
  bared: { city: string; speciality: Speciality; units: number; counted: boolean }[];
  left: { units: number };
}; // prettier-ignore

const { windowMin: WINDOW_MIN } = TOGETHER_LIMITS;

/** One team instance of all incidents; arrivals, readiness and covers as the plan of one incident reckons them. */
export function togetherOf(incidents: readonly TogetherIncident[], most = TOGETHER_LIMITS.units): Together {
  const snapshots = incidents.map(({ facts }) => readSnapshot(toPlannerInput(facts)));
  const { places, needs } = needsOf(snapshots);
  const { units, left } = unitsOf(snapshots, most);
  const at = new Map(units.map(({ unitId }, index) => [unitId, index]));
  const etaMin = minutesOf(snapshots, { units, places });
  const covers = coversOf(snapshots, at);
  const asked = [...new Set(needs.map(({ need }) => need.speciality))].toSorted(compareIds);
  const bits = (unit: TeamUnitCandidate): number =>
    asked.reduce((sum, one, bit) => (isCapable(unit, one) ? sum | (1 << bit) : sum), 0);
  const stays = (unit: number): boolean =>
    places.every((_, place) => etaMin[unit * places.length + place]! > WINDOW_MIN);
  const weight = ({ incident, priority }: Place): number =>
    SEVERITY_WEIGHT[incidents[incident]!.severity] * PRIORITY_WEIGHT[priority];
  const instance: TeamInstance = {
    name: 'together',
    teams: units.length,
    incidents: places.length,
    headcount: Int32Array.from(units, ({ headcount }) => headcount),
    capabilities: Int32Array.from(units, bits),
    resting: Uint8Array.from(units, (_, unit) => (stays(unit) ? 1 : 0)),
    etaMin,
    weight: Int32Array.from(places, weight),
    requirements: needs.map(({ place, need }) => ({ incident: place, capability: asked.indexOf(need.speciality), heads: need.missing })), // prettier-ignore
    covers: covers.filter(({ counted }) => counted).map((cover) => Int32Array.from(cover.units)),
    windowMin: WINDOW_MIN,
  };
  return { incidents, snapshots, instance, units, places, needs, covers, left };
}

function needsOf(snapshots: readonly Snapshot[]): Pick<Together, 'places' | 'needs'> {
  const places: Place[] = [];
  const needs: Need[] = [];
  snapshots.forEach(({ capabilities }, incident) => {
    for (const need of capabilities.filter(({ missing }) => missing > 0)) {
      let place = places.findIndex((one) => one.incident === incident && one.priority === need.priority);
      if (place < 0) place = places.push({ incident, priority: need.priority }) - 1;
      needs.push({ incident, place, need });
    }
  });
  return { places, needs };
}

/** Every unit once, by id; beyond the limit those go that are furthest from all incidents. */
function unitsOf(snapshots: readonly Snapshot[], most: number): Pick<Together, 'units' | 'left'> {
  const nearest = new Map<string, TeamUnitCandidate>();
  for (const unit of snapshots.flatMap(({ units }) => units)) {
    const known = nearest.get(unit.unitId);
    if (!known || unit.etaMin < known.etaMin) nearest.set(unit.unitId, unit);
  }
  const all = [...nearest.values()].toSorted((a, b) => a.etaMin - b.etaMin || compareIds(a.unitId, b.unitId));
  const units = all.slice(0, most).toSorted((a, b) => compareIds(a.unitId, b.unitId));
  return { units, left: all.length - units.length };
}

/** From now to each place; past the window where the unit cannot be sent there at all. */
function minutesOf(snapshots: readonly Snapshot[], { units, places }: Pick<Together, 'units' | 'places'>): Int32Array {
  const minutes = new Int32Array(units.length * places.length).fill(WINDOW_MIN + 1);
  const free = snapshots.map((snapshot) => freeMinutes(snapshot));
  units.forEach(({ unitId }, unit) => {
    places.forEach(({ incident }, place) => {
      const etaMin = free[incident]!.get(unitId) ?? WINDOW_MIN + 1;
      minutes[unit * places.length + place] = Math.min(etaMin, WINDOW_MIN + 1);
    });
  });
  return minutes;
}

const freeMinutes = (snapshot: Snapshot): Map<string, number> =>
  new Map(snapshot.units.filter((unit) => unavailable(snapshot, unit) === null).map(({ unitId, etaMin }) => [unitId, etaMin])); // prettier-ignore

/**
 * The covers of all incidents joined, as far as these incidents could empty them: a city that has more ready units than are in sight keeps
 * one. They count where none of the incidents is at home.
 */
function coversOf(snapshots: readonly Snapshot[], at: ReadonlyMap<string, number>): Cover[] {
  const joined = new Map<string, { speciality: Speciality; city: string; ids: Set<string>; ready: number; counted: boolean }>(); // prettier-ignore
  for (const snapshot of snapshots) {
    const cityOf = new Map(snapshot.units.map(({ unitId, homeCityId }) => [unitId, homeCityId ?? '']));
    for (const { speciality, unitIds, readyUnits, elsewhere } of cityCovers(snapshot)) {
      const city = cityOf.get(unitIds[0]!)!;
      const key = `${city} ${speciality}`;
      const cover = joined.get(key) ?? { speciality, city, ids: new Set(), ready: 0, counted: true };
      for (const unitId of unitIds) cover.ids.add(unitId);
      cover.ready = Math.max(cover.ready, readyUnits);
      cover.counted &&= elsewhere;
      joined.set(key, cover);
    }
  }
  return [...joined.values()]
    .filter(({ ids, ready }) => ids.size >= ready && [...ids].every((id) => at.has(id)))
    .map(({ speciality, city, ids, counted }) => ({
      speciality,
      city,
      counted,
      units: [...ids].map((id) => at.get(id)!),
    })) // prettier-ignore
    .toSorted((a, b) => compareIds(a.city + a.speciality, b.city + b.speciality));
}

/** The answer in the words of the desk: who goes where, what stays missing and why, which cities are left bare. */
export function planTogether(together: Together, { plan, alone, bound, proven }: TogetherAnswer): TogetherPlan {
  const headsOf = ({ assigned }: TeamPlan): number[] => {
    const heads = together.needs.map(() => 0);
    assigned.forEach((to, unit) => to >= 0 && (heads[to]! += together.units[unit]!.headcount));
    return heads;
  };
  const missing = (heads: readonly number[], at: number): number =>
    Math.max(0, together.needs[at]!.need.missing - heads[at]!);
  const [heads, aloneHeads] = [headsOf(plan), headsOf(alone)];
  const goals = (of: TeamPlan, sent: readonly number[]) => ({
    missing: of.unmet, cities: of.holes, minutes: of.minutes,
    people: together.needs.reduce((sum, _, at) => sum + missing(sent, at), 0),
  }); // prettier-ignore
  return {
    status: statusOf({ plan, bound, proven }),
    plan: goals(plan, heads),
    alone: goals(alone, aloneHeads),
    bound: { missing: bound.unmet, cities: bound.holes },
    lines: linesOf(together, plan),
    needs: together.needs.map(({ incident, need: { id, speciality, priority, missing: asked } }, at) => ({
      incidentId: together.incidents[incident]!.incidentId, needId: id, speciality, priority, asked,
      missing: missing(heads, at), aloneMissing: missing(aloneHeads, at), cause: missing(heads, at) > 0 ? causeOf(together, at) : null,
    })), // prettier-ignore
    bared: together.covers
      .filter(({ units }) => units.every((unit) => plan.assigned[unit]! >= 0))
      .map(({ city, speciality, units, counted }) => ({ city, speciality, units: units.length, counted })),
    left: { units: together.left },
  };
}

function statusOf({ plan, bound, proven }: Pick<TogetherAnswer, 'plan' | 'bound' | 'proven'>): TogetherPlan['status'] {
  if (proven) return 'proven';
  if (bound.unmet === plan.unmet) return 'heads-proven';
  return bound.unmet > 0 ? 'bounded' : 'search';
}

function linesOf({ incidents, instance, units, needs }: Together, { assigned }: TeamPlan): TogetherPlan['lines'] {
  return units.flatMap(({ unitId, teamId, headcount }, unit) => {
    const to = assigned[unit]!;
    if (to < 0) return [];
    const { incident, place, need } = needs[to]!;
    const etaMin = instance.etaMin[unit * instance.incidents + place]!;
    const { incidentId } = incidents[incident]!;
    return [{ incidentId, unitId, teamId, needId: need.id, headcount, etaMin, late: isLate(etaMin, need) }];
  });
}

/** Why heads stay missing: nobody can do it, all who can are bound, too far, or sent to another need. */
function causeOf({ snapshots, instance, units, needs }: Together, at: number): Reason {
  const { incident, place, need } = needs[at]!;
  const snapshot = snapshots[incident]!;
  const able = snapshot.units.filter((unit) => isCapable(unit, need.speciality));
  if (able.length === 0) return { code: 'none-able', params: {} };
  const free = able.filter((unit) => ['road-blocked', undefined].includes(unavailable(snapshot, unit)?.code));
  if (free.length === 0) return { code: 'none-free', params: { units: able.length } };
  const ids = new Set(free.map(({ unitId }) => unitId));
  const near = units.filter(
    ({ unitId }, unit) => ids.has(unitId) && instance.etaMin[unit * instance.incidents + place]! <= WINDOW_MIN,
  );
  if (near.length === 0) return { code: 'out-of-reach', params: { units: free.length } };
  return { code: 'sent-elsewhere', params: { units: near.length } };
}

/** Nobody goes anywhere: what a thread need not be asked for. */
export const nobodyGoes = ({ instance }: Together): TeamPlan => ({
  assigned: new Int32Array(instance.teams).fill(-1), unmet: 0, holes: 0, minutes: 0, rounds: 0,
}); // prettier-ignore

/** SHA-256 of what the plan depends on: level and facts of every incident. */
export function togetherHash(incidents: readonly TogetherIncident[]): string {
  const parts = incidents.map(({ incidentId, severity, facts }) => `${incidentId} ${severity} ${hashOf(facts)}`);
  return createHash('sha256').update(parts.toSorted().join('\n')).digest('hex');
}
