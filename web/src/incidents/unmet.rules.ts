import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { TeamUnitDto } from '../../../src/rescue-teams/rescue-teams.dto.js';
import type { Work } from './waiting.rules.js';

type Coverage = { needed: number; sent: number; missing: number };
export type NeedsCoverage = {
  capabilities: (IncidentDto['needs']['capabilities'][number] & Coverage)[];
  items: (IncidentDto['needs']['items'][number] & Coverage)[];
  unmet: number;
};

const cover = (needed: number, sent: number): Coverage => ({ needed, sent, missing: Math.max(0, needed - sent) });

/** How far people and goods under way cover what the incident needs. People count for every speciality their unit has. */
export function coverageOf(
  incident: IncidentDto,
  work: Work,
  unitOf: (unitId: string) => TeamUnitDto | undefined,
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
