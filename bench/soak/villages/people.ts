import type { SocietyDto, UserDto } from '../../../src/access/access.dto.js';
import type { SnapshotDto } from '../../../src/live/live.dto.js';
import type { TeamDto } from '../../../src/rescue-teams/rescue-teams.dto.js';
import { distanceM } from '../../../src/shared/geo.js';
import { Desk } from '../../replay/desk.js';
import { Officer } from './officer.js';
import { Phone } from './phone.js';

const PASSWORD = 'chiyuan-demo';
const COUNTIES = 30;
const TEAMS = 40;
const SILENT_SHARE = 0.2;
/** The coast where the typhoon lands. */
const LANDFALL = { lon: 121.1, lat: 28.4 };

/** A county with its two officers; who may be sent from there, nearest first. */
export interface County {
  society: SocietyDto;
  officers: [Officer, Officer];
  teams: Set<string>;
}
export interface People {
  counties: County[];
  phones: Map<string, Phone>;
  silent: number;
}

/** Thirty counties of the coast with two officers each, the forty nearest teams that they may send, and the phones of those teams. */
export async function gather(urls: string[], roll: () => number): Promise<People> {
  const desk = (account: string, n: number) => new Desk(urls[n % urls.length]!, account, PASSWORD);
  const all = await desk('duty.330000', 0).get<SnapshotDto>('/live/snapshot');
  const seats = nearest(
    all.societies.filter(({ level }) => level === 'county'),
    ({ location }) => location,
  ).slice(0, COUNTIES);
  const above = ({ id, parentId }: SocietyDto): string[] => [
    id,
    ...all.societies.filter((society) => society.id === parentId).flatMap(above),
  ];
  const reach = new Set(seats.flatMap(above));
  const teams = nearest(
    all.teams.filter((team) => reach.has(team.societyId)),
    ({ base }) => base,
  ).slice(0, TEAMS);
  if (teams.length < TEAMS) throw new Error(`the demo has ${teams.length} teams for these counties, not ${TEAMS}`);
  const admin = desk('admin.330000', 0);
  const counties: County[] = [];
  for (const [n, society] of seats.entries()) {
    const mine = new Set(teams.filter((team) => above(society).includes(team.societyId)).map(({ id }) => id));
    const second = await secondOfficer(admin, society);
    const officers: County['officers'] = [
      new Officer(desk(`duty.${society.adcode}`, n)),
      new Officer(desk(second, n + 1)),
    ];
    counties.push({ society, officers, teams: mine });
  }
  const phones = new Map(teams.map((team, n) => [team.id, phoneOf(team, desk, { n, roll })]));
  return { counties, phones, silent: [...phones.values()].reduce((sum, phone) => sum + phone.silentPeople, 0) };
}

function phoneOf(
  team: TeamDto,
  desk: (account: string, n: number) => Desk,
  { n, roll }: { n: number; roll: () => number },
) {
  const person = (role: string) => ({ desk: desk(`${role}.${team.code}`, n), isSilent: roll() < SILENT_SHARE });
  return new Phone(person('leader'), person('deputy'), roll);
}

async function secondOfficer(admin: Desk, { id: societyId, adcode }: SocietyDto): Promise<string> {
  const account = `second.${adcode}`;
  const user = await admin.post<UserDto>('/users', {
    account,
    name: '第二值班员（示范）',
    societyId,
    password: PASSWORD,
  });
  await admin.post(`/users/${user.id}/roles`, { role: 'dutyOfficer', societyId });
  return account;
}

const nearest = <T>(rows: T[], at: (row: T) => { lon: number; lat: number }): T[] =>
  [...rows].sort((a, b) => distanceM(at(a), LANDFALL) - distanceM(at(b), LANDFALL));
