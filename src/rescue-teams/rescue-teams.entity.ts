import type { Point } from '../shared/fields.dto.js';
import { unitReadiness } from './readiness.rules.js';
import { SPECIALITIES, type Speciality, type TeamDto, type TeamUnitDto, type UnitBooking } from './rescue-teams.dto.js';

/** Who is called: the leader first, then the deputy. */
export interface Person {
  memberId: string;
  userId: string | null;
  name: string;
  phone: string;
  email: string | null;
}

/** People of a unit or team, counted on one day; a credential counts once a person and kind, by its newest paper. */
export interface PeopleFacts {
  members: number;
  certified: number;
  insured: number;
  expiring: number;
  expired: number;
  /** Not reached by any channel in the last silent test. */
  unreachable: number;
}
export interface KitFacts {
  overdue: number;
  inRepair: number;
}
interface Led {
  leader: Person | null;
  deputy: Person | null;
}

export interface Team extends Point, Led {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  speciality: Speciality;
  societyId: string;
  societyPath: string;
  grade: TeamDto['grade'];
  departureTargetMin: number;
  members: number;
  scope: string[];
  version: number;
}

/** A team unit with all that its readiness is worked out from. */
export interface Unit extends Point, Led {
  id: string;
  teamId: string;
  teamCode: string;
  teamName: string;
  speciality: Speciality;
  code: string;
  name: string;
  societyId: string;
  societyPath: string;
  capabilities: string[];
  headcount: number;
  standBy: boolean;
  departureTargetMin: number;
  base: Point;
  positionAt: Date | null;
  stateSince: Date;
  booking: UnitBooking | null;
  people: PeopleFacts;
  kit: KitFacts;
  scope: string[];
  version: number;
}

/** A team as its row of the picture says it. */
export interface TeamRow extends Omit<Team, 'societyPath' | 'scope' | 'leader' | 'deputy'> {
  leaderName: string | null;
  leaderPhone: string | null;
  deputyName: string | null;
  deputyPhone: string | null;
}

/** What a unit's row of the picture is worked out from. */
export interface UnitRow extends Omit<Unit, 'societyPath' | 'scope' | 'leader' | 'deputy'> {
  leader: Person | string | null;
  deputy: Person | string | null;
}

/** What dispatch/ and suggestions/ need to know of a unit. `ready` leaves booking and duty aside: they are told beside it. */
export interface UnitForDispatch extends Point, Led {
  id: string;
  code: string;
  name: string;
  teamId: string;
  teamName: string;
  societyId: string;
  societyPath: string;
  scope: string[];
  capabilities: Speciality[];
  headcount: number;
  departureTargetMin: number;
  standBy: boolean;
  bookingAssignmentId: string | null;
  bookingIncidentId: string | null;
  ready: boolean;
  reasons: TeamUnitDto['reasons'];
}

/** Units may name skills finer than a speciality (boat, rope); the wire knows specialities. */
const specialitiesOf = (capabilities: string[]): Speciality[] =>
  SPECIALITIES.filter((speciality) => capabilities.includes(speciality));

/** Written out, as the others are: taking "the rest" of an object costs ten times as much, and a picture has 20,000. */
export function teamDtoOf(row: TeamRow): TeamDto {
  const { id, code, name, nameEn, speciality, societyId, grade, departureTargetMin, version, members } = row;
  return {
    id, code, name, nameEn, speciality, societyId, grade, departureTargetMin, version, members, base: { lon: row.lon, lat: row.lat },
    leaderName: row.leaderName, leaderPhone: row.leaderPhone, deputyName: row.deputyName, deputyPhone: row.deputyPhone,
  }; // prettier-ignore
}

export function toTeamDto({ leader, deputy, ...team }: Team): TeamDto {
  const led = { leaderName: leader && leader.name, leaderPhone: leader && leader.phone };
  return teamDtoOf({ ...team, ...led, deputyName: deputy && deputy.name, deputyPhone: deputy && deputy.phone });
}

export function toTeamUnitDto(unit: UnitRow): TeamUnitDto {
  const { state, reasons } = unitReadiness(unit);
  const { id, teamId, teamCode, teamName, code, name, societyId, speciality, headcount, standBy } = unit;
  return {
    id, teamId, teamCode, teamName, code, name, societyId, speciality, headcount, standBy, state, reasons,
    capabilities: specialitiesOf(unit.capabilities), departureTargetMin: unit.departureTargetMin, base: unit.base,
    position: { lon: unit.lon, lat: unit.lat }, positionAt: unit.positionAt && unit.positionAt.toISOString(),
    stateSince: unit.stateSince.toISOString(), booking: unit.booking, version: unit.version,
  }; // prettier-ignore
}

export function toUnitForDispatch(unit: Unit): UnitForDispatch {
  const { ready, reasons } = unitReadiness(unit);
  const { id, code, name, teamId, teamName, societyId, societyPath, scope, headcount, departureTargetMin, standBy } =
    unit;
  return {
    id, code, name, teamId, teamName, societyId, societyPath, scope, headcount, departureTargetMin, standBy, ready, reasons,
    capabilities: specialitiesOf(unit.capabilities), lon: unit.lon, lat: unit.lat, leader: unit.leader, deputy: unit.deputy,
    bookingAssignmentId: unit.booking && unit.booking.assignmentId, bookingIncidentId: unit.booking && unit.booking.incidentId,
  }; // prettier-ignore
}
