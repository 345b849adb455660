import { dayAfter } from './days.js';
import { deal, diceFor, type Dice } from './dice.js';
import { demoId } from './identity.js';
import type { Person } from './people.js';
import type { CredentialRow, MemberRow, UserRow } from './rows.js';
import type { TeamPlan } from './teams.js';

/** Accounts of a team's leader and deputy. */
export const leaderAccount = (teamCode: string): string => `leader.${teamCode}`;
export const deputyAccount = (teamCode: string): string => `deputy.${teamCode}`;

/** Everyone on the rosters: leader and deputy with their accounts, unit members, and the reserve without a unit. */
export function buildMembers(
  now: Date,
  { teams, users, callUp }: { teams: TeamPlan[]; users: UserRow[]; callUp: () => Person },
): MemberRow[] {
  const byAccount = new Map(users.map((user) => [user.account, user]));
  const members = teams.flatMap(({ row, units, rosterSize }) => {
    const places = units.flatMap((unit) => Array<string>(unit.headcount).fill(unit.id));
    return Array.from({ length: rosterSize }, (_, index): MemberRow => {
      const position = index === 0 ? 'leader' : index === 1 ? 'deputy' : 'member';
      const user = byAccount.get(index === 0 ? leaderAccount(row.code) : index === 1 ? deputyAccount(row.code) : '');
      const { name, phone } = user ?? callUp();
      return {
        id: demoId('member', `${row.code}/${index + 1}`),
        teamId: row.id,
        unitId: places[index] ?? null,
        userId: user?.id ?? null,
        name,
        phone,
        position,
        insuredUntil: null,
      };
    });
  });
  insure(now, members);
  return members;
}

/** 92 % are insured on the day; of the rest half have let it lapse and half never had any. Leaders always are. */
function insure(now: Date, members: MemberRow[]): void {
  const dice = diceFor('insurance');
  const ordinary = members.filter((member) => member.position === 'member');
  const uninsured = Math.round(members.length * 0.08);
  const cards = dice.shuffled(ordinary);
  const lapsed = new Set(cards.slice(0, Math.floor(uninsured / 2)));
  const never = new Set(cards.slice(Math.floor(uninsured / 2), uninsured));
  for (const member of members) {
    if (never.has(member)) continue;
    member.insuredUntil = dayAfter(now, lapsed.has(member) ? -dice.between(1, 120) : dice.between(30, 360));
  }
}

/**
 * Certificates. First aid (valid three years): 80 % of all people have more than 90 days left, 6 % expire within 90 days,
 * 4 % have expired, 10 % have none; leaders and deputies are among the 80 %. Unit members hold the papers of their trade.
 */
export function buildCredentials(
  now: Date,
  { teams, members }: { teams: TeamPlan[]; members: MemberRow[] },
): CredentialRow[] {
  return [...firstAid(now, members), ...tradePapers(now, teams, members)];
}

function firstAid(now: Date, members: MemberRow[]): CredentialRow[] {
  const dice = diceFor('first-aid');
  const leading = members.filter((member) => member.position !== 'member');
  const rest = members.filter((member) => member.position === 'member');
  const of = (share: number) => Math.round(members.length * share) / rest.length;
  const labels = deal<'valid' | 'expiring' | 'expired' | 'none'>(dice, {
    count: rest.length,
    shares: [
      ['valid', of(0.8) - leading.length / rest.length],
      ['expiring', of(0.06)],
      ['expired', of(0.04)],
    ],
    otherwise: 'none',
  });
  const stateOf = new Map(rest.map((member, index) => [member, labels[index]]));
  return members.flatMap((member, index) => {
    const state = stateOf.get(member) ?? 'valid';
    if (state === 'none') return [];
    return [credential(member, 'first-aid', { serial: index + 1, validUntil: dayAfter(now, daysLeft(state, dice)) })];
  });
}

function daysLeft(state: 'valid' | 'expiring' | 'expired', dice: Dice): number {
  if (state === 'valid') return dice.between(91, 1095);
  return state === 'expiring' ? dice.between(1, 90) : -dice.between(1, 300);
}

function tradePapers(now: Date, teams: TeamPlan[], members: MemberRow[]): CredentialRow[] {
  const dice = diceFor('trade-papers');
  const factsOf = new Map(teams.map((team) => [team.row.id, team.facts]));
  return members.flatMap((member, index) => {
    if (member.unitId === null) return [];
    const wanted = factsOf.get(member.teamId)?.credentials ?? [];
    return wanted
      .filter(([, percent]) => dice.between(1, 100) <= percent)
      .map(([kind]) => {
        const state = dice.next() < 0.94 ? 'valid' : 'expired';
        return credential(member, kind, { serial: index + 1, validUntil: dayAfter(now, daysLeft(state, dice)) });
      });
  });
}

const NUMBER_LETTERS: Record<CredentialRow['kind'], string> = {
  'first-aid': 'FA',
  boat: 'BT',
  rope: 'RP',
  drone: 'DR',
  doctor: 'DC',
  nurse: 'NS',
  psychology: 'PY',
  radio: 'RD',
  driver: 'DV',
};

function credential(
  member: MemberRow,
  kind: CredentialRow['kind'],
  { serial, validUntil }: { serial: number; validUntil: string },
): CredentialRow {
  const number = `DEMO-${NUMBER_LETTERS[kind]}-${String(serial).padStart(5, '0')}`;
  return { id: demoId('credential', number), memberId: member.id, kind, number, validUntil };
}
