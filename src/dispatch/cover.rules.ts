import type { IncidentDto } from '../incidents/incidents.dto.js';
import type { TeamUnitDto } from '../rescue-teams/rescue-teams.dto.js';
import type { AssignmentDto, SupplyOrderDto } from './dispatch.dto.js';

/** What is under way for one incident: active assignments and open supply orders. Shared by the desk's pages and the big screen. */
export type UnderWay = { assignments: AssignmentDto[]; orders: SupplyOrderDto[] };
type Coverage = { needed: number; sent: number; missing: number };
export type NeedsCoverage = {
  capabilities: (IncidentDto['needs']['capabilities'][number] & Coverage)[];
  items: (IncidentDto['needs']['items'][number] & Coverage)[];
  unmet: number;
};

const DONE = new Set(['stabilised', 'demobilising', 'closed', 'dismissed', 'merged']);
const cover = (needed: number, sent: number): Coverage => ({ needed, sent, missing: Math.max(0, needed - sent) });

/** No team and no goods on the way although the incident is open: the lane that is always on screen (C-03). */
export const nobodyHasIt = (incident: Pick<IncidentDto, 'status'>, work: UnderWay): boolean =>
  !DONE.has(incident.status) && work.assignments.length === 0 && work.orders.length === 0;

/** How far people and goods under way cover what the incident needs. People count for every speciality their unit has. */
export function coverageOf(
  incident: Pick<IncidentDto, 'needs'>,
  work: UnderWay,
  unitOf: (unitId: string) => Pick<TeamUnitDto, 'capabilities'> | undefined,
): NeedsCoverage {
  const capabilities = incident.needs.capabilities.map((need) => {
    const sent = work.assignments
      .filter(({ unitId }) => unitOf(unitId)?.capabilities.includes(need.speciality))
      .reduce((sum, each) => sum + (each.actualHeadcount ?? each.promisedHeadcount ?? each.headcount), 0);
    return { ...need, ...cover(need.headcount, sent) };
  });
  const items = incident.needs.items.map((need) => {
    const sent = work.orders
      .flatMap((order) => order.lines)
      .filter((line) => line.itemId === need.itemId)
      .reduce((sum, line) => sum + line.units - line.damagedUnits - line.missingUnits, 0);
    return { ...need, ...cover(need.units, sent) };
  });
  const unmet = [...capabilities, ...items].filter((need) => need.missing > 0).length;
  return { capabilities, items, unmet };
}
