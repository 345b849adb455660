import type { SnapshotTx, Tx } from '../database/index.js';
import { type RecordedActor, recordChange } from '../journal/index.js';
import { ensure, notFound, Problem } from '../shared/problem.js';
import {
  type Team,
  teamDtoOf,
  toTeamDto,
  toTeamUnitDto,
  toUnitForDispatch,
  type Unit,
  type UnitForDispatch,
} from './rescue-teams.entity.js';
import { shanghaiDay } from './duty.rules.js';
import { eachVisibleTeam, eachVisibleUnit } from './picture.store.js';
import type { TeamDto, TeamUnitDto, UnitBooking } from './rescue-teams.dto.js';
import { saveReach } from './roster.store.js';
import * as teams from './teams.store.js';
import * as units from './units.store.js';

export interface Telling {
  kind: string;
  actor: RecordedActor;
  occurredAt?: Date;
  recordedAt?: Date;
}

export async function tellUnit(tx: Tx, unit: Unit, telling: Telling): Promise<TeamUnitDto> {
  const data = toTeamUnitDto(unit);
  const { id, version, scope } = unit;
  await recordChange(tx, { ...telling, subject: 'team-unit', id, version, scope, data });
  return data;
}

export async function tellTeam(tx: Tx, team: Team, telling: Telling): Promise<TeamDto> {
  const data = toTeamDto(team);
  const { id, version, scope } = team;
  await recordChange(tx, { ...telling, subject: 'team', id, version, scope, data });
  return data;
}

/** The unit as consoles show it, told after a write under its lock. */
async function tellUnitById(tx: Tx, id: string, telling: Telling): Promise<Unit> {
  const [unit] = await units.unitsByIds(tx, [id], await units.readinessDay(tx));
  ensure(unit !== undefined, `unit ${id} exists`);
  await tellUnit(tx, unit, telling);
  return unit;
}

interface Picture {
  team: Team;
  units: Unit[];
}
async function pictureOf(tx: Tx, teamId: string): Promise<Picture> {
  const team = await teams.findTeam(tx, teamId);
  ensure(team !== undefined, `team ${teamId} is locked`);
  return { team, units: await units.unitsOfTeams(tx, [teamId], await units.readinessDay(tx)) };
}

/**
 * R2: runs a change of a locked team and tells every row of it that looks different afterwards, the team and each unit, one version on.
 * What a member, a paper or a piece of kit does to readiness so reaches the consoles whoever made the change.
 */
export async function changeTeam(
  tx: Tx,
  teamId: string,
  telling: Omit<Telling, 'kind'> & { teamKind: string; unitKind: string; now: Date },
  change: () => Promise<void>,
): Promise<Picture> {
  const { teamKind, unitKind, now, ...by } = telling;
  const before = await pictureOf(tx, teamId);
  await change();
  const after = await pictureOf(tx, teamId);
  if (looks(toTeamDto(before.team)) !== looks(toTeamDto(after.team))) {
    await teams.advanceTeam(tx, teamId);
    after.team.version++;
    await tellTeam(tx, after.team, { ...by, kind: teamKind });
  }
  await tellDifferences(tx, before.units, after.units, { ...by, kind: unitKind, now });
  return after;
}

/** Tells the units that look different; new ones as they are, the others one version on. */
export async function tellDifferences(
  tx: Tx,
  before: Unit[],
  after: Unit[],
  { now, ...telling }: Telling & { now: Date },
): Promise<number> {
  const held = new Map(before.map((unit) => [unit.id, toTeamUnitDto(unit)]));
  let told = 0;
  for (const unit of [...after].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const [was, is] = [held.get(unit.id), toTeamUnitDto(unit)];
    if (was && looks(was) === looks(is)) continue;
    if (was) {
      const since = was.state === is.state ? null : now;
      await units.advanceUnit(tx, unit.id, since);
      Object.assign(unit, { version: unit.version + 1, stateSince: since ?? unit.stateSince });
    }
    await tellUnit(tx, unit, telling);
    told++;
  }
  return told;
}

const looks = (row: TeamDto | TeamUnitDto) => JSON.stringify({ ...row, version: 0 });

/** Locks units in id order and works out who is ready on the day of `now`; unknown ids are left out. */
export async function lockUnits(tx: Tx, unitIds: string[], now: Date): Promise<UnitForDispatch[]> {
  await units.lockUnitRows(tx, unitIds);
  return (await units.unitsByIds(tx, unitIds, shanghaiDay(now))).map(toUnitForDispatch);
}

/** The same without a lock: to look before anything is sent. */
export const unitsToTell = async (tx: Tx, unitIds: string[], now: Date): Promise<UnitForDispatch[]> =>
  (await units.unitsByIds(tx, unitIds, shanghaiDay(now))).map(toUnitForDispatch);

/** Units whose society lies under any of the paths, nearest first. */
export async function unitsForPlanning(
  tx: Tx,
  asked: { lon: number; lat: number; now: Date; paths: string[] },
): Promise<(UnitForDispatch & { distanceM: number })[]> {
  const { lon, lat, now, paths } = asked;
  const rows = await units.unitsByDistance(tx, { lon, lat, paths, day: shanghaiDay(now) });
  return rows.map((unit) => ({ ...toUnitForDispatch(unit), distanceM: unit.distanceM }));
}

/** Books a unit for an assignment. 409 `team.not-available` { unit, incidentId } when it is on another one. */
export async function bookUnit(
  tx: Tx,
  unitId: string,
  { booking, actor }: { booking: UnitBooking; actor: RecordedActor },
): Promise<void> {
  // D1: the guarded update decides a race; assignment_one_active_per_unit stands behind it.
  if (!(await units.claimUnit(tx, unitId, booking))) throw await notAvailable(tx, unitId);
  await tellUnitById(tx, unitId, { kind: 'team.booked', actor, occurredAt: new Date(booking.since) });
}

async function notAvailable(tx: Tx, unitId: string): Promise<Problem> {
  const [unit] = await units.unitsByIds(tx, [unitId], await units.readinessDay(tx));
  if (!unit) return notFound('team-unit', unitId);
  return new Problem('team.not-available', { unit: unit.code, incidentId: unit.booking?.incidentId ?? null });
}

/** Keeps the status of the assignment on the booked unit. */
export async function noteBooking(
  tx: Tx,
  unitId: string,
  { status, since, actor }: { status: string; since: Date; actor: RecordedActor },
): Promise<void> {
  ensure(await units.saveBookingStatus(tx, unitId, status, since), `D1 unit ${unitId} is booked`);
  await tellUnitById(tx, unitId, { kind: 'team.booking-changed', actor, occurredAt: since });
}

/** Frees a unit from its assignment. */
export async function freeUnit(
  tx: Tx,
  unitId: string,
  { assignmentId, actor, now }: { assignmentId: string; actor: RecordedActor; now: Date },
): Promise<void> {
  ensure(await units.releaseUnit(tx, unitId, assignmentId, now), `D1 unit ${unitId} is booked for ${assignmentId}`);
  await tellUnitById(tx, unitId, { kind: 'team.freed', actor, occurredAt: now });
}

export const teamRows = async (tx: Tx, keys: string[]): Promise<TeamDto[]> =>
  (await teams.visibleTeams(tx, keys)).map(toTeamDto);
export const unitRows = async (tx: Tx, keys: string[]): Promise<TeamUnitDto[]> =>
  (await units.visibleUnits(tx, keys, await units.readinessDay(tx))).map(toTeamUnitDto);
/** The same rows one by one, for a picture that would not be held in memory twice. */
export const eachTeamRow = (tx: SnapshotTx, keys: string[], take: (row: TeamDto) => void): Promise<void> =>
  eachVisibleTeam(tx, keys, (team) => take(teamDtoOf(team)));
export const eachUnitRow = async (tx: SnapshotTx, keys: string[], take: (row: TeamUnitDto) => void): Promise<void> =>
  eachVisibleUnit(tx, { keys, day: await units.readinessDay(tx) }, (unit) => take(toTeamUnitDto(unit)));
/** Units by id, whoever they belong to: for what was sent to an incident that the asker may see. */
export const unitRowsByIds = async (tx: Tx, ids: string[]): Promise<TeamUnitDto[]> =>
  (await units.unitsByIds(tx, ids, await units.readinessDay(tx))).map(toTeamUnitDto);

/** R2: what a test of the channels found about people of a team; readiness warns of those whom nothing reached. */
export async function noteReach(
  tx: Tx,
  teamId: string,
  found: { reached: string[]; silent: string[]; now: Date; actor: RecordedActor },
): Promise<void> {
  if (!(await teams.lockTeam(tx, teamId))) return;
  const { now, actor } = found;
  const kind = 'team.reach-tested';
  await changeTeam(tx, teamId, { teamKind: kind, unitKind: kind, now, actor }, () =>
    saveReach(tx, teamId, { ...found, at: now }),
  );
}
