import { Injectable } from '@nestjs/common';
import {
  type Actor, allow, findSociety, inCommand, may, resourceKeys, teamKey, visibleOr404,
} from '../access/index.js'; // prettier-ignore
import { Database, type Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { toWgs84 } from '../shared/geo.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { withoutPhone } from './duty.rules.js';
import { type Team, toTeamDto, toTeamUnitDto } from './rescue-teams.entity.js';
import type {
  AddEquipment, AmendTeam, ChangeMemberEmail, EnrolMember, EquipmentDto, FormUnit, MemberDto, RegisterTeam, TeamDto, TeamUnitDto,
} from './rescue-teams.dto.js'; // prettier-ignore
import { changeTeam, tellTeam } from './team-changes.service.js';
import * as roster from './roster.store.js';
import * as store from './teams.store.js';
import * as units from './units.store.js';

/** Commands that make up a team: the team itself, its units, people and kit. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** 404 `society.not-found` · 403 `access.denied` · 409 `team.exists`. */
  async registerTeam(actor: Actor, input: RegisterTeam): Promise<TeamDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society) throw notFound('society', input.societyId);
      allow(actor, 'team.manage', { paths: [society.path] });
      if (await store.teamCodeTaken(tx, input.code)) throw new Problem('team.exists', { code: input.code });
      const { code, name, nameEn, speciality, grade, departureTargetMin } = input;
      const id = input.id ?? newId();
      const team: Team = {
        ...toWgs84(input.base), id, code, name, nameEn, speciality, grade, departureTargetMin, societyId: society.id,
        societyPath: society.path, members: 0, leader: null, deputy: null, scope: [...resourceKeys(society.path), teamKey(id)], version: 1,
      }; // prettier-ignore
      await store.insertTeam(tx, team);
      return tellTeam(tx, team, { kind: 'team.registered', actor });
    });
  }

  /** Names, departure target and base; units stand at the new base unless they told where they are. 409 `team.stale`. */
  async amendTeam(actor: Actor, id: string, input: AmendTeam): Promise<TeamDto> {
    return inCommand(this.db, actor, async (tx) => {
      const team = await managedTeam(tx, actor, id);
      if (team.version !== input.version) throw new Problem('team.stale', { version: team.version });
      const base = input.base && toWgs84(input.base);
      const { name = team.name, nameEn = team.nameEn, departureTargetMin = team.departureTargetMin } = input;
      const after = await this.change(
        tx,
        actor,
        id,
        { teamKind: 'team.amended', unitKind: 'team.amended' },
        async () => {
          await store.saveTeam(tx, { id, name, nameEn, departureTargetMin, lon: team.lon, lat: team.lat, ...base });
          if (base) await units.saveUnitBases(tx, id, base);
        },
      );
      return toTeamDto(after.team);
    });
  }

  /** A unit that can be sent by itself. It is ready once people with certificates are enrolled in it. 409 `team-unit.exists`. */
  async formUnit(actor: Actor, teamId: string, input: FormUnit): Promise<TeamUnitDto> {
    return inCommand(this.db, actor, async (tx) => {
      const team = await managedTeam(tx, actor, teamId);
      if (await units.unitCodeTaken(tx, input.code)) throw new Problem('team-unit.exists', { code: input.code });
      const unit = { ...input, id: input.id ?? newId(), capabilities: [...new Set(input.capabilities)] };
      const after = await this.change(
        tx,
        actor,
        teamId,
        { teamKind: 'team.amended', unitKind: 'team.unit-formed' },
        () => units.insertUnit(tx, unit, team, this.clock.now()),
      );
      return toTeamUnitDto(after.units.find((one) => one.id === unit.id)!);
    });
  }

  /** 409 `member.exists` when the team has a leader or deputy already and another is enrolled as that. */
  async enrolMember(actor: Actor, teamId: string, input: EnrolMember): Promise<MemberDto> {
    return inCommand(this.db, actor, async (tx) => {
      const team = await managedTeam(tx, actor, teamId);
      const { name, phone, email = null, position, credentials } = input;
      const holder = position === 'leader' ? team.leader : position === 'deputy' ? team.deputy : null;
      if (holder) throw new Problem('member.exists', { position, name: holder.name });
      const member: MemberDto = {
        id: input.id ?? newId(), teamId, unitId: await unitOf(tx, teamId, input.unitId), userId: null, name, phone, email, position,
        insuredUntil: input.insuredUntil ?? null, credentials: credentials.map((paper) => ({ id: newId(), ...paper })), version: 1,
      }; // prettier-ignore
      const kinds = { teamKind: 'team.roster-changed', unitKind: 'team.readiness-changed' };
      await this.change(tx, actor, teamId, kinds, () => roster.insertMember(tx, member));
      const data = withoutPhone(member);
      const { id, version } = member;
      await recordChange(tx, {
        kind: 'team.member-enrolled',
        subject: 'team-member',
        id,
        version,
        scope: ownKeys(team),
        data,
        actor,
      });
      return member;
    });
  }

  /** 404 `member.not-found`; 409 `member.stale` when somebody changed the member meanwhile. */
  async changeMemberEmail(
    actor: Actor,
    { teamId, memberId, email, version }: ChangeMemberEmail & { teamId: string; memberId: string },
  ): Promise<MemberDto> {
    return inCommand(this.db, actor, async (tx) => {
      const team = await managedTeam(tx, actor, teamId);
      const [member] = await roster.membersOfTeam(tx, teamId, [memberId]);
      if (!member) throw notFound('member', memberId);
      if (!(await roster.saveEmail(tx, { id: memberId, email, version }))) throw new Problem('member.stale');
      const changed = { ...member, email, version: version + 1 };
      await recordChange(tx, {
        kind: 'team.member-email-changed', subject: 'team-member', id: memberId, version: changed.version, scope: ownKeys(team),
        data: withoutPhone(changed), actor,
      }); // prettier-ignore
      return changed;
    });
  }

  async addEquipment(actor: Actor, teamId: string, input: AddEquipment): Promise<EquipmentDto> {
    return inCommand(this.db, actor, async (tx) => {
      const team = await managedTeam(tx, actor, teamId);
      const { kind, name, quantity, status, inspectionDueOn = null } = input;
      const unitId = await unitOf(tx, teamId, input.unitId);
      const data: EquipmentDto = {
        id: input.id ?? newId(),
        teamId,
        unitId,
        kind,
        name,
        quantity,
        inspectionDueOn,
        status,
        version: 1,
      };
      const kinds = { teamKind: 'team.roster-changed', unitKind: 'team.readiness-changed' };
      await this.change(tx, actor, teamId, kinds, () => roster.insertEquipment(tx, data));
      const { id, version } = data;
      await recordChange(tx, {
        kind: 'team.equipment-added',
        subject: 'team-equipment',
        id,
        version,
        scope: ownKeys(team),
        data,
        actor,
      });
      return data;
    });
  }

  private change(
    tx: Tx,
    actor: Actor,
    teamId: string,
    kinds: { teamKind: string; unitKind: string },
    change: () => Promise<void>,
  ) {
    return changeTeam(tx, teamId, { ...kinds, actor, now: this.clock.now() }, change);
  }
}

/** The team behind a command: locked with its units, visible, and managed by the actor's society or one below it. */
async function managedTeam(tx: Tx, actor: Actor, id: string): Promise<Team> {
  const team = visibleOr404(actor, await store.lockTeam(tx, id), 'team', id);
  allow(actor, 'team.manage', { paths: [team.societyPath] });
  return team;
}

async function unitOf(tx: Tx, teamId: string, unitId: string | null | undefined): Promise<string | null> {
  if (!unitId) return null;
  const [unit] = await units.unitsByIds(tx, [unitId], await units.readinessDay(tx));
  if (unit?.teamId !== teamId) throw notFound('team-unit', unitId);
  return unitId;
}

/** People and kit concern the team and its societies, not the ones below that may ask for the team. */
const ownKeys = (team: Team): string[] => team.scope.filter((key) => !key.startsWith('down:'));

/** Who may see how to call a member: duty and administration of the team's societies, and the team's own leader and deputy. */
export const mayCall = (actor: Actor, team: Team): boolean =>
  may(actor, 'team.manage', { paths: [team.societyPath] }) || may(actor, 'team.stand-by', { teamId: team.id });
