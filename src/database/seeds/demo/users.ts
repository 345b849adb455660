import { demoId } from './identity.js';
import { deputyAccount, leaderAccount } from './members.js';
import type { Person } from './people.js';
import { cities, counties, province } from './places.js';
import type { DutyColleagueRow, GrantRow, UserRow, WarehouseRow } from './rows.js';
import { societyId } from './societies.js';
import type { TeamPlan } from './teams.js';

const PROVINCIAL_POSTS: [string, GrantRow['role']][] = [
  ['lead', 'dutyLead'],
  ['checker', 'checker'],
  ['auditor', 'auditor'],
  ['supervisor', 'supervisor'],
  ['admin', 'administrator'],
];

/** Accounts and what each may do: duty desks, provincial posts, keepers, team leaders and deputies. No passwords here. */
export function buildUsers({
  teams,
  warehouses,
  callUp,
}: {
  teams: TeamPlan[];
  warehouses: WarehouseRow[];
  callUp: () => Person;
}): { users: UserRow[]; grants: GrantRow[] } {
  const users: UserRow[] = [];
  const grants: GrantRow[] = [];
  const appoint = (account: string, person: Person, post: Omit<GrantRow, 'userId'>) => {
    const id = demoId('user', account);
    users.push({ id, account, ...person, societyId: post.societyId });
    grants.push({ userId: id, ...post });
  };
  const everywhere = { teamId: null, warehouseId: null };
  for (const { adcode } of [province, ...cities, ...counties]) {
    const post = { role: 'dutyOfficer' as const, societyId: societyId(adcode), ...everywhere };
    appoint(`duty.${adcode}`, callUp(), post);
  }
  for (const [desk, role] of PROVINCIAL_POSTS) {
    appoint(`${desk}.${province.adcode}`, callUp(), { role, societyId: societyId(province.adcode), ...everywhere });
  }
  for (const { id, code, societyId: society, keeperName, keeperPhone } of warehouses) {
    const keeper = { name: keeperName, phone: keeperPhone };
    appoint(`keeper.${code}`, keeper, { role: 'keeper', societyId: society, teamId: null, warehouseId: id });
  }
  for (const { row } of teams) {
    const post = { role: 'teamLeader' as const, societyId: row.societyId, teamId: row.id, warehouseId: null };
    appoint(leaderAccount(row.code), callUp(), post);
    appoint(deputyAccount(row.code), callUp(), post);
  }
  return { users, grants };
}

/** One checker a city, for all its stores: whoever counts second and signs after the keeper. */
export function buildCheckers(callUp: () => Person): { users: UserRow[]; grants: GrantRow[] } {
  const users = cities.map(({ adcode }) => {
    const account = `checker.${adcode}`;
    return { id: demoId('user', account), account, ...callUp(), societyId: societyId(adcode) };
  });
  const grants = users.map(({ id, societyId: society }) => ({
    userId: id, role: 'checker' as const, societyId: society, teamId: null, warehouseId: null,
  })); // prettier-ignore
  return { users, grants };
}

const DESKS_WITH_ROSTER = ['330000', '331000', '331081', '331082'];
const HANDED_OVER = '下半夜有雨，平安村的电话随时会来；发电机租赁公司答应早上回话。';

/** A second and a third officer for some desks, so that there is somebody to take turns with. */
export function buildDutyColleagues(callUp: () => Person): DutyColleagueRow[] {
  return DESKS_WITH_ROSTER.flatMap((adcode) =>
    [2, 3].map((n) => {
      const account = `duty${n}.${adcode}`;
      return {
        id: demoId('user', account),
        account,
        ...callUp(),
        societyId: societyId(adcode),
        adcode,
        words: HANDED_OVER,
      };
    }),
  );
}
