import type { AssignmentStatus } from '../dispatch/dispatch.dto.js';
import type { IncidentDto } from '../incidents/incidents.dto.js';
import type { ItemDto } from '../relief-stock/relief-stock.dto.js';
import type { Speciality, TeamUnitDto } from '../rescue-teams/rescue-teams.dto.js';
import type { Point } from '../shared/fields.dto.js';
import type { ScreenIncident, ScreenPicture, ScreenUnit, Shortage } from './screens.dto.js';

type Severity = IncidentDto['severity'];
type Cover = { needed: number; missing: number; priority: number };
/** An open incident with what is under way for it, as worked out in `dispatch/`. */
export interface IncidentFacts {
  incident: IncidentDto;
  teams: number;
  nobody: boolean;
  people: ({ speciality: Speciality } & Cover)[];
  goods: ({ itemId: string } & Cover)[];
}

const GRADES: readonly Severity[] = ['I', 'II', 'III', 'IV'];
const rank = (severity: Severity): number => GRADES.indexOf(severity);
/** Degrees: about a kilometre, so that a mark on a wall is no address. */
const BLUR = 100;
/** A run of digits that could be a telephone or the number of an identity card. */
const NUMBERS = /\+?\d(?:[\s-]?\d){6,}/g;

/** The gravest first, then the oldest. */
export const byGravity = (a: IncidentDto, b: IncidentDto): number =>
  rank(a.severity) - rank(b.severity) || a.reportedAt.localeCompare(b.reportedAt) || (a.id < b.id ? -1 : 1);

/** How many incidents are open of each grade, and how many of them nobody has. */
export function tallyOf(facts: readonly IncidentFacts[]): ScreenPicture['tally'] {
  const tally = { I: { open: 0, nobody: 0 }, II: { open: 0, nobody: 0 }, III: { open: 0, nobody: 0 }, IV: { open: 0, nobody: 0 } }; // prettier-ignore
  for (const { incident, nobody } of facts) {
    tally[incident.severity].open += 1;
    if (nobody) tally[incident.severity].nobody += 1;
  }
  return tally;
}

/** What nobody has: how many, since when the oldest waits, and which, the gravest first. The count is of all, also where the list ends. */
export function laneOf(facts: readonly IncidentFacts[], most: number): ScreenPicture['lane'] {
  const waiting = facts.filter(({ nobody }) => nobody).map(({ incident }) => incident).sort(byGravity); // prettier-ignore
  const oldest = waiting.map(({ reportedAt }) => reportedAt).sort()[0] ?? null;
  return { count: waiting.length, oldestAt: oldest, ids: waiting.slice(0, most).map(({ id }) => id) };
}

type Sum = { severity: Severity; priority: number; needed: number; missing: number; incidents: number };

/**
 * What is missing most, over all incidents together: one line a speciality or item. First what the gravest incident lacks, then the more
 * urgent need, then the larger part that is missing; people and goods are not compared by number.
 */
export function shortagesOf(
  facts: readonly IncidentFacts[],
  itemOf: (id: string) => Pick<ItemDto, 'name' | 'nameEn' | 'unit'> | undefined,
  most: number,
): Shortage[] {
  const people = sums(facts, (one) => one.people.map((need) => [need.speciality, need]));
  const goods = sums(facts, (one) => one.goods.map((need) => [need.itemId, need]));
  const lines = [
    ...people.map(([speciality, sum]) => ({ sum, key: speciality, line: { what: 'people' as const, speciality: speciality as Speciality, ...plain(sum) } })),
    ...goods.flatMap(([itemId, sum]) => {
      const item = itemOf(itemId);
      if (!item) return [];
      const { name, nameEn, unit } = item;
      return [{ sum, key: itemId, line: { what: 'goods' as const, itemId, name, nameEn, unit, ...plain(sum) } }];
    }),
  ]; // prettier-ignore
  const press = ({ missing, needed }: Sum) => missing / needed;
  return lines
    .sort((a, b) => rank(a.sum.severity) - rank(b.sum.severity) || a.sum.priority - b.sum.priority || press(b.sum) - press(a.sum) || (a.key < b.key ? -1 : 1))
    .slice(0, most)
    .map(({ line }) => line); // prettier-ignore
}

const plain = ({ severity, needed, missing, incidents }: Sum) => ({ severity, needed, missing, incidents });

/** Needs that are not covered, by key. What is needed is summed over those incidents alone, so that both figures are of the same places. */
function sums(facts: readonly IncidentFacts[], needsOf: (one: IncidentFacts) => [string, Cover][]): [string, Sum][] {
  const found = new Map<string, Sum>();
  for (const one of facts) {
    const { severity } = one.incident;
    for (const [key, { needed, missing, priority }] of needsOf(one)) {
      if (missing <= 0) continue;
      const held = found.get(key) ?? { severity, priority, needed: 0, missing: 0, incidents: 0 };
      found.set(key, {
        severity: rank(severity) < rank(held.severity) ? severity : held.severity,
        priority: Math.min(priority, held.priority),
        needed: held.needed + needed,
        missing: held.missing + missing,
        incidents: held.incidents + 1,
      });
    }
  }
  return [...found];
}

/** A place without the digits of a telephone or an identity card, which somebody in a hurry may have typed behind it. */
export const placeWords = (text: string): string => text.replace(NUMBERS, '…').trim();
export const blurred = ({ lon, lat }: Point): Point => ({
  lon: Math.round(lon * BLUR) / BLUR,
  lat: Math.round(lat * BLUR) / BLUR,
});

/** What a screen shows of an incident. The title is free text and the exact point an address: without leave for names neither goes out. */
export function screenIncident({ incident, teams, nobody }: IncidentFacts, namesAllowed: boolean): ScreenIncident {
  const { id, kind, severity, status, placeText, location, reportedAt, title } = incident;
  return {
    id, kind, severity, status, reportedAt, teams, nobody, place: namesAllowed ? placeText : placeWords(placeText),
    at: namesAllowed ? location : blurred(location), title: namesAllowed ? title : null,
  }; // prettier-ignore
}

/** What a screen shows of a unit; at its base it stands at its base. */
export function screenUnit(unit: TeamUnitDto, namesAllowed: boolean): ScreenUnit {
  const { id, teamId, teamName, headcount, state, base, position, positionAt, booking } = unit;
  const at = booking ? position : base;
  return {
    id, teamId, team: teamName, people: headcount, state, at: namesAllowed ? at : blurred(at), positionAt,
    booking: booking && { incidentId: booking.incidentId, status: booking.status as AssignmentStatus, since: booking.since },
  }; // prettier-ignore
}
