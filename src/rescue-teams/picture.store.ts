import type { SnapshotTx } from '../database/index.js';
import type { TeamRow, UnitRow } from './rescue-teams.entity.js';
import type { UnitBooking } from './rescue-teams.dto.js';
import { countedBy } from './units.store.js';

/** Teams within the keys, each with nothing but what its row of the picture says. */
export async function eachVisibleTeam(tx: SnapshotTx, keys: string[], take: (team: TeamRow) => void): Promise<void> {
  await tx.each<TeamRow>(
    `select t.id, t.code, t.name, t.name_en as "nameEn", t.speciality, t.society_id as "societyId", t.grade,
       t.departure_target_min as "departureTargetMin", t.lon, t.lat, t.version, coalesce(m.members, 0) as members,
       l.name as "leaderName", l.phone as "leaderPhone", d.name as "deputyName", d.phone as "deputyPhone"
     from team t
       left join (select team_id, count(*)::int as members from team_member group by 1) m on m.team_id = t.id
       left join team_member l on l.team_id = t.id and l.position = 'leader'
       left join team_member d on d.team_id = t.id and d.position = 'deputy'
     where t.scope && $1 order by t.id`,
    [keys],
    take,
  );
}

/** A unit with its facts of a day side by side: objects of the database would be written and read once more for each of 20,000. */
interface FlatUnit extends Omit<UnitRow, 'base' | 'capabilities' | 'people' | 'kit' | 'booking'> {
  capabilities: string;
  booking: UnitBooking | null;
  baseLon: number;
  baseLat: number;
  members: number | null;
  insured: number | null;
  unreachable: number | null;
  certified: number | null;
  expired: number | null;
  expiring: number | null;
  overdue: number | null;
  inRepair: number | null;
}

/** Units within the keys, each with nothing but what its row of the picture is worked out from. */
export async function eachVisibleUnit(
  tx: SnapshotTx,
  asked: { keys: string[]; day: string },
  take: (unit: UnitRow) => void,
): Promise<void> {
  const skills = new Map<string, string[]>(); // few kinds of units, so few lists: each is read once
  const skillsOf = (text: string): string[] => {
    const held = skills.get(text) ?? (JSON.parse(text) as string[]);
    skills.set(text, held);
    return held;
  };
  await tx.each<FlatUnit>(
    `with chosen as (select id from team_unit where scope && $2), ${countedBy('unit_id')}
     select u.id, u.team_id as "teamId", t.code as "teamCode", t.name as "teamName", t.speciality, u.code, u.name,
       t.society_id as "societyId", array_to_json(u.capabilities)::text as capabilities, u.headcount, u.stand_by as "standBy",
       t.departure_target_min as "departureTargetMin", u.base_lon as "baseLon", u.base_lat as "baseLat", u.lon, u.lat,
       u.position_at as "positionAt", u.state_since as "stateSince", u.booking, u.version,
       l.id as leader, d.id as deputy, r.members, r.insured, r.unreachable, f.certified, f.expired,
       f.expiring, k.overdue, k.in_repair as "inRepair"
     from team_unit u join team t on t.id = u.team_id
       left join team_member l on l.team_id = t.id and l.position = 'leader'
       left join team_member d on d.team_id = t.id and d.position = 'deputy'
       left join roster r on r.unit_id = u.id left join dated f on f.unit_id = u.id left join kit k on k.unit_id = u.id
     where u.scope && $2 order by u.id`,
    [asked.day, asked.keys],
    (flat) => take(toUnitRow(flat, skillsOf(flat.capabilities))),
  );
}

function toUnitRow(flat: FlatUnit, capabilities: string[]): UnitRow {
  return {
    id: flat.id, teamId: flat.teamId, teamCode: flat.teamCode, teamName: flat.teamName, code: flat.code, name: flat.name,
    societyId: flat.societyId, speciality: flat.speciality, headcount: flat.headcount, standBy: flat.standBy, capabilities,
    departureTargetMin: flat.departureTargetMin, base: { lon: flat.baseLon, lat: flat.baseLat }, lon: flat.lon, lat: flat.lat,
    positionAt: flat.positionAt, stateSince: flat.stateSince, booking: flat.booking, version: flat.version,
    leader: flat.leader, deputy: flat.deputy,
    people: {
      members: flat.members ?? 0, insured: flat.insured ?? 0, unreachable: flat.unreachable ?? 0, certified: flat.certified ?? 0,
      expired: flat.expired ?? 0, expiring: flat.expiring ?? 0,
    },
    kit: { overdue: flat.overdue ?? 0, inRepair: flat.inRepair ?? 0 },
  }; // prettier-ignore
}
