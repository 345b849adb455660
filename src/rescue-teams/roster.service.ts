import { Injectable } from '@nestjs/common';
import { type Actor, findSociety, visibleOr404 } from '../access/index.js';
import { Database, read, type Tx } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { parseLonLat } from '../shared/geo.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound } from '../shared/problem.js';
import { shanghaiDay, withoutPhone } from './duty.rules.js';
import { teamReadiness } from './readiness.rules.js';
import { type Team, toTeamDto, toTeamUnitDto } from './rescue-teams.entity.js';
import type {
  EquipmentDto,
  ListQuery,
  MemberDto,
  ReadinessDto,
  TeamsQuery,
  TeamUnitDto,
  TeamWithUnits,
} from './rescue-teams.dto.js';
import * as roster from './roster.store.js';
import { mayCall } from './teams.service.js';
import * as store from './teams.store.js';
import * as units from './units.store.js';

type Page<T> = { items: T[]; nextCursor: string | null };
type Listed = TeamWithUnits & { order: [number, string] };

/** What can be looked up about teams. */
@Injectable()
export class RosterService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async team(actor: Actor, id: string): Promise<TeamWithUnits> {
    return read(this.db, async (tx) => {
      const team = await visibleTeam(tx, actor, id);
      const own = await units.unitsOfTeams(tx, [id], await units.readinessDay(tx));
      return { ...toTeamDto(team), units: own.map(toTeamUnitDto), distanceM: null };
    });
  }

  /** Visible teams with their units: by distance when `near` is given, otherwise by code. `available` asks for a unit that can go now. */
  async teams(actor: Actor, query: TeamsQuery): Promise<Page<TeamWithUnits>> {
    const [distanceM, code] = (decodeCursor(query.cursor, ['number', 'string']) ?? []) as [number?, string?];
    return read(this.db, async (tx) => {
      const society = query.societyId ? await findSociety(tx, query.societyId) : null;
      if (society === undefined) throw notFound('society', query.societyId!);
      const filter = {
        keys: actor.keys,
        speciality: query.speciality ?? null,
        societyPath: society && society.path,
        centre: query.near ? parseLonLat(query.near) : null,
        limit: query.limit + 1,
      };
      const after = code === undefined ? null : { distanceM: distanceM!, code };
      const found = await fittingTeams(tx, query, { ...filter, after });
      const page = toPage(found, query.limit, (team) => team.order);
      return { ...page, items: page.items.map(({ order: _order, ...team }) => team) };
    });
  }

  async units(actor: Actor, teamId: string): Promise<Page<TeamUnitDto>> {
    return { items: (await this.team(actor, teamId)).units, nextCursor: null };
  }

  /** Leader, deputy, then the others. Telephone numbers only for who may call them. */
  async members(actor: Actor, teamId: string, query: ListQuery): Promise<Page<MemberDto>> {
    const [rank, id] = (decodeCursor(query.cursor, ['number', 'string']) ?? []) as [number?, string?];
    return read(this.db, async (tx) => {
      const team = await visibleTeam(tx, actor, teamId);
      const after = id === undefined ? null : { rank: rank!, id };
      const rows = await roster.listMembers(tx, teamId, { after, limit: query.limit });
      const page = toPage(rows, query.limit, (row) => [row.rank, row.id]);
      const shown = mayCall(actor, team) ? (member: MemberDto) => member : withoutPhone;
      return { ...page, items: page.items.map(({ rank: _rank, ...member }) => shown(member)) };
    });
  }

  async equipment(actor: Actor, teamId: string, query: ListQuery): Promise<Page<EquipmentDto>> {
    const [kind, id] = (decodeCursor(query.cursor, ['string', 'string']) ?? []) as [string?, string?];
    return read(this.db, async (tx) => {
      await visibleTeam(tx, actor, teamId);
      const after = id === undefined ? null : { kind: kind!, id };
      const rows = await roster.listEquipment(tx, teamId, { after, limit: query.limit });
      return toPage(rows, query.limit, (row) => [row.kind, row.id]);
    });
  }

  /** Whether the team could be sent now, and what stands against it. */
  async readiness(actor: Actor, teamId: string): Promise<ReadinessDto> {
    const day = shanghaiDay(this.clock.now());
    return read(this.db, async (tx) => {
      const team = await visibleTeam(tx, actor, teamId);
      const facts = await store.teamFacts(tx, teamId, day);
      return teamReadiness({ ...team, ...facts }, await units.unitsOfTeams(tx, [teamId], day));
    });
  }
}

async function visibleTeam(tx: Tx, actor: Actor, id: string): Promise<Team> {
  return visibleOr404(actor, await store.findTeam(tx, id), 'team', id);
}

/** Reads on until the page is full: availability follows from rules that the database does not know. */
async function fittingTeams(tx: Tx, query: TeamsQuery, filter: store.TeamFilter): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let after = filter.after; ;) {
    const batch = await store.listTeams(tx, { ...filter, after });
    found.push(...(await withUnits(tx, query, batch)).filter((team) => fits(team, query)));
    const last = batch.at(-1);
    if (!last || batch.length < filter.limit || found.length >= filter.limit) return found;
    after = { distanceM: last.distanceM, code: last.code };
  }
}

async function withUnits(tx: Tx, query: TeamsQuery, teams: (Team & { distanceM: number })[]): Promise<Listed[]> {
  const rows = await units.unitsOfTeams(
    tx,
    teams.map((team) => team.id),
    await units.readinessDay(tx),
  );
  const byTeam = new Map<string, TeamUnitDto[]>(teams.map((team) => [team.id, []]));
  for (const unit of rows) byTeam.get(unit.teamId)!.push(toTeamUnitDto(unit));
  return teams.map(({ distanceM, ...team }) => ({
    ...toTeamDto(team),
    units: byTeam.get(team.id)!,
    distanceM: query.near ? distanceM : null,
    order: [distanceM, team.code],
  }));
}

function fits(team: Listed, { available, speciality }: TeamsQuery): boolean {
  if (available === undefined) return true;
  const can = (unit: TeamUnitDto) =>
    !speciality || team.speciality === speciality || unit.capabilities.includes(speciality);
  return team.units.some((unit) => unit.state === 'available' && can(unit)) === available;
}
