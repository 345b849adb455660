import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Actor, allow, inCommand, systemActor, visibleOr404 } from '../access/index.js';
import { Database, inTransaction } from '../database/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { toWgs84 } from '../shared/geo.js';
import { factTimes, isNewer, mayStandDown, shanghaiDay, unitsOnDuty } from './duty.rules.js';
import { toTeamDto, toTeamUnitDto } from './rescue-teams.entity.js';
import type { ReportPosition, StandBy, TeamUnitDto, TeamWithUnits } from './rescue-teams.dto.js';
import { changeTeam, tellDifferences, tellUnit } from './team-changes.service.js';
import * as teams from './teams.store.js';
import * as units from './units.store.js';

const DAY_CHECK_MS = 10 * 60_000;

/** Who is on duty, where they are, and how readiness turns with the day. */
@Injectable()
export class DutyService implements OnApplicationBootstrap {
  private readonly log = new Logger('rescue-teams');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    queue: JobQueue,
  ) {
    queue.every('rescue-teams.turn-day', DAY_CHECK_MS, () => this.turnDay());
  }

  /** A start during heavy work must not fail for this: the next check turns the day. */
  async onApplicationBootstrap(): Promise<void> {
    await this.turnDay().catch((error: unknown) => this.log.warn(`the day could not be turned yet: ${String(error)}`));
  }

  /** Units are on duty from now on; those that already are stay as they are. */
  async standBy(actor: Actor, teamId: string, input: StandBy): Promise<TeamWithUnits> {
    return this.setDuty(actor, teamId, input, true);
  }

  /** Units rest. All or nothing: 409 `team-unit.step-not-allowed` when one of them is out on an assignment. */
  async standDown(actor: Actor, teamId: string, input: StandBy): Promise<TeamWithUnits> {
    return this.setDuty(actor, teamId, input, false);
  }

  private setDuty(actor: Actor, teamId: string, input: StandBy, onDuty: boolean): Promise<TeamWithUnits> {
    return inCommand(this.db, actor, async (tx) => {
      const now = this.clock.now();
      const team = visibleOr404(actor, await teams.lockTeam(tx, teamId), 'team', teamId);
      allow(actor, 'team.stand-by', { paths: [team.societyPath], teamId });
      const times = factTimes(input, now);
      const own = await units.unitsOfTeams(tx, [teamId], await units.readinessDay(tx));
      const asked = unitsOnDuty(own, input.unitIds);
      if (!onDuty) mayStandDown(asked);
      const kind = onDuty ? 'team.stood-by' : 'team.stood-down';
      const after = await changeTeam(tx, teamId, { teamKind: kind, unitKind: kind, now, actor, ...times }, () =>
        units.saveStandBy(
          tx,
          asked.map((unit) => unit.id),
          onDuty,
        ),
      );
      return { ...toTeamDto(after.team), units: after.units.map(toTeamUnitDto), distanceM: null };
    });
  }

  /** Where a unit is. An older position than the held one changes nothing. */
  async reportPosition(actor: Actor, unitId: string, input: ReportPosition): Promise<TeamUnitDto> {
    return inCommand(this.db, actor, async (tx) => {
      await units.lockUnitRows(tx, [unitId]);
      const [held] = await units.unitsByIds(tx, [unitId], await units.readinessDay(tx));
      const unit = visibleOr404(actor, held, 'team-unit', unitId);
      allow(actor, 'team.position', { paths: [unit.societyPath], teamId: unit.teamId });
      const times = factTimes(input, this.clock.now());
      if (!isNewer(times.occurredAt, unit.positionAt)) return toTeamUnitDto(unit);
      const place = toWgs84(input.location);
      await units.savePosition(tx, unitId, { ...place, at: times.occurredAt });
      const moved = { ...unit, ...place, positionAt: times.occurredAt, version: unit.version + 1 };
      return tellUnit(tx, moved, { kind: 'team.position-reported', actor, ...times });
    });
  }

  /**
   * R2: moves readiness on to today: papers and insurance that ended overnight change units that nobody touched. Runs at the start and
   * every ten minutes, does nothing on the same day, and never goes back when a process's clock is behind.
   */
  async turnDay(): Promise<void> {
    const now = this.clock.now();
    const today = shanghaiDay(now);
    await inTransaction(this.db, async (tx) => {
      const held = await units.lockReadinessDay(tx);
      if (held !== undefined && held >= today) return;
      if (held === undefined) return units.saveReadinessDay(tx, today);
      await teams.lockAll(tx);
      const before = await units.allUnits(tx, held);
      await units.saveReadinessDay(tx, today);
      const kind = 'team.readiness-changed';
      const after = await units.allUnits(tx, today);
      const told = await tellDifferences(tx, before, after, { kind, actor: systemActor('rescue-teams'), now });
      this.log.log(`readiness of ${today}: ${told} units changed`);
    });
  }
}
