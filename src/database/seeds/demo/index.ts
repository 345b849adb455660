import { buildItems } from './catalogue.js';
import { buildCrossings, buildTravelAreas } from './crossings.js';
import { demoId } from './identity.js';
import { buildIncidents } from './incidents.js';
import { buildCredentials, buildMembers } from './members.js';
import { callUpPeople } from './people.js';
import { buildPlans } from './plans.js';
import type { DemoData } from './rows.js';
import { buildScenarios } from './scenarios.js';
import { buildSocieties } from './societies.js';
import { buildFunds, buildStock } from './stock.js';
import { buildEquipment, buildTeams } from './teams.js';
import { buildCheckers, buildDutyColleagues, buildUsers } from './users.js';
import { buildBins, buildWarehouses } from './warehouses.js';

export { dayAfter } from './days.js';
export { PAPER_WORDS } from './papers.js';
export type * from './rows.js';

/** The account by which a database is known to hold the demonstration. */
export const DEMO_DESK = demoId('user', 'duty.330000');

/**
 * The whole Zhejiang demonstration: real places and codes, invented stock, teams and people, all marked 示范.
 * Pure and deterministic: the same `now` gives the same data, and only expiry, insurance and inspection days move with it.
 */
export function generateDemo({ now }: { now: Date }): DemoData {
  const callUp = callUpPeople();
  const items = buildItems();
  const warehousePlans = buildWarehouses(callUp);
  const warehouses = warehousePlans.map((plan) => plan.row);
  const bins = buildBins(warehouses);
  const teamPlans = buildTeams();
  const { users, grants } = buildUsers({ teams: teamPlans, warehouses, callUp });
  const incidents = buildIncidents(callUp);
  const members = buildMembers(now, { teams: teamPlans, users, callUp });
  const checkers = buildCheckers(callUp);
  return {
    societies: buildSocieties(),
    users: [...users, ...checkers.users],
    grants: [...grants, ...checkers.grants],
    dutyColleagues: buildDutyColleagues(callUp),
    warehouses,
    bins,
    items,
    funds: buildFunds(),
    ...buildStock(now, { warehouses: warehousePlans, bins, items }),
    teams: teamPlans.map((plan) => plan.row),
    units: teamPlans.flatMap((plan) => plan.units),
    members,
    credentials: buildCredentials(now, { teams: teamPlans, members }),
    equipment: buildEquipment(now, teamPlans),
    incidents,
    plans: buildPlans(now),
    scenarios: buildScenarios(),
    crossings: buildCrossings(),
    travelAreas: buildTravelAreas(),
  };
}
