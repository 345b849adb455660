import type { UnitFact } from '../facts.rules.js';
import { PRIORITY_WEIGHT, SEVERITY_WEIGHT, TOGETHER_LIMITS } from './together.dto.js';
import type { TogetherIncident, TogetherPlan } from './together.rules.js';

/** A plan that breaks a rule: our fault, never shown. */
export class TogetherViolation extends Error {
  constructor(readonly rule: string) {
    super(`teams-together.plan-rejected ${rule}`);
  }
}

function demand(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new TogetherViolation(rule);
}

/**
 * A second opinion that shares no code with the planner: from the facts alone, who may go and what the plan is worth. Throws
 * `TogetherViolation` with the rule that is broken.
 */
export function verifyTogether(incidents: readonly TogetherIncident[], plan: TogetherPlan): void {
  const byId = new Map(incidents.map((one) => [one.incidentId, one]));
  const sent = new Map<string, number>();
  const gone = new Set<string>();
  let minutes = 0;
  for (const line of plan.lines) {
    demand(!gone.has(line.unitId), 'unit-twice');
    gone.add(line.unitId);
    const incident = byId.get(line.incidentId);
    demand(incident !== undefined, 'incident-unknown');
    minutes += checkedMinutes(incident, line);
    sent.set(line.needId, (sent.get(line.needId) ?? 0) + line.headcount);
  }
  demand(minutes === plan.plan.minutes, 'minutes');
  checkMissing(incidents, plan, sent);
  checkBared(incidents, plan, gone);
  checkBound(plan);
}

/** The weighed minutes of a line that may be carried out. */
function checkedMinutes({ facts, severity }: TogetherIncident, line: TogetherPlan['lines'][number]): number {
  const need = facts.capabilities.find(({ id }) => id === line.needId);
  const unit = facts.units.find(({ unitId }) => unitId === line.unitId);
  demand(need !== undefined && need.headcount > need.alreadyHeadcount, 'need-unknown');
  demand(unit !== undefined, 'unit-unknown');
  demand(isFree(unit) && !unit.saidNo, 'unit-not-free');
  demand([unit.speciality, ...unit.capabilities].includes(need.speciality), 'unit-not-able');
  demand(unit.roadMin >= 0, 'no-road');
  const etaMin = Math.ceil(unit.departureMin + unit.roadMin);
  demand(etaMin === line.etaMin && etaMin <= TOGETHER_LIMITS.windowMin, 'arrival');
  demand(unit.headcount === line.headcount && unit.headcount > 0, 'headcount');
  const dueAt = need.neededBy === null ? Number.POSITIVE_INFINITY : Date.parse(need.neededBy);
  const dueMin = Math.max(0, Math.floor((dueAt - Date.parse(facts.at)) / 60_000));
  demand(line.late === etaMin > dueMin, 'late');
  return etaMin * SEVERITY_WEIGHT[severity] * PRIORITY_WEIGHT[need.priority];
}

const isFree = (unit: UnitFact): boolean => unit.ready && !unit.busy;

function checkMissing(
  incidents: readonly TogetherIncident[],
  plan: TogetherPlan,
  sent: ReadonlyMap<string, number>,
): void {
  let [weighed, people, told] = [0, 0, 0];
  for (const { severity, facts } of incidents)
    for (const need of facts.capabilities.filter((one) => one.headcount > one.alreadyHeadcount)) {
      const missing = Math.max(0, need.headcount - need.alreadyHeadcount - (sent.get(need.id) ?? 0));
      weighed += missing * SEVERITY_WEIGHT[severity] * PRIORITY_WEIGHT[need.priority];
      people += missing;
      told++;
      const line = plan.needs.find(({ needId }) => needId === need.id);
      demand(line?.missing === missing && (line.cause !== null) === missing > 0, 'missing-of-need');
    }
  demand(told === plan.needs.length, 'need-too-many');
  demand(weighed === plan.plan.missing && people === plan.plan.people, 'missing');
}

/** Cities whose last ready unit of a speciality goes: counted where no incident is at home, told everywhere. */
function checkBared(incidents: readonly TogetherIncident[], plan: TogetherPlan, gone: ReadonlySet<string>): void {
  const cities = new Map<string, { ready: number; able: Set<string>; counted: boolean }>();
  for (const unit of incidents.flatMap(({ facts }) => facts.units)) {
    // A unit that cannot go says nothing; its city still counts it among the peers of those that can.
    if (!isFree(unit) || unit.headcount === 0 || unit.saidNo || unit.roadMin < 0) continue;
    const key = `${unit.homeCityId} ${unit.speciality}`;
    const city = cities.get(key) ?? { ready: 0, able: new Set(), counted: true };
    city.able.add(unit.unitId);
    city.ready = Math.max(city.ready, unit.peersReadyInCity + 1, city.able.size);
    if (unit.tier === 'county' || unit.tier === 'city') city.counted = false;
    cities.set(key, city);
  }
  const isBare = (city: { ready: number; able: Set<string> }): boolean =>
    [...city.able].filter((unitId) => gone.has(unitId)).length >= city.ready;
  const bare = [...cities].filter(([, city]) => isBare(city));
  const told = new Map(plan.bared.map((one) => [`${one.city} ${one.speciality}`, one]));
  demand(told.size === plan.bared.length && told.size === bare.length, 'bared');
  for (const [key, city] of bare) demand(told.get(key)?.units === city.able.size && told.get(key)?.counted === city.counted, 'bared'); // prettier-ignore
  demand(bare.filter(([, { counted }]) => counted).length === plan.plan.cities, 'cities');
}

/** Nothing is better than what is said to be the best. */
function checkBound({ plan, alone, bound, status }: TogetherPlan): void {
  demand(bound.missing >= 0 && bound.missing <= plan.missing, 'bound');
  if (status === 'search' || status === 'bounded') return;
  demand(bound.missing === plan.missing && alone.missing >= plan.missing, 'proof');
  if (status === 'proven') demand(bound.cities === plan.cities, 'proof');
}
