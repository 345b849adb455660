import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, read, type Tx } from '../../database/index.js';
import { type IncidentForDispatch, lockIncident, readIncident } from '../../incidents/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { Problem } from '../../shared/problem.js';
import { incidentPaths } from '../changes.service.js';
import { holdRoll } from './check-in.service.js';
import { type ParSettingRow, parSettingOf, saveParSetting } from './facts.store.js';
import { tellRoll } from './following.service.js';
import { stopAsking } from './par-alerts.service.js';
import { giveParAnswer, mustRun, saveAnswered } from './par-answering.service.js';
import { excusePar, PAR_DEFAULTS, reschedulePar } from './par.rules.js';
import type { AnswerParBody, HoldPar, ParSettingDto, RollDto, SetPar } from './roll.dto.js';
import { lockRunningRolls, saveRoll, settingsOf } from './roll.store.js';
import { timesOf, voiceFor } from './voice.service.js';

/** A silence that is known beforehand ends within this time; afterwards it is said anew. */
const LONGEST_HOLD_MS = 12 * 3_600_000;

@Injectable()
export class ParService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Who of a unit at the scene is there, asked or not: by its leader, or by the desk in his words. Whoever is expected and not named is
   * missing, and the duty desks are called. 404; 403; 409 `par.step-not-allowed` while the unit is not at the scene; 422 `fact.in-future`.
   */
  async answer(actor: Actor, id: string, input: AnswerParBody): Promise<RollDto> {
    return inCommand(this.db, actor, async (tx) => {
      const times = timesOf(input, this.clock.now());
      const held = await holdRoll(tx, actor, { id, action: 'assignment.step', now: times.now });
      const said = { ...input, by: actor, voice: voiceFor(actor, held, input), times };
      return giveParAnswer(tx, held, said, this.config.ALERT_ANSWER_S);
    });
  }

  /** Nothing is asked until a known silence ends; then the question comes at once. 409 `par.step-not-allowed`; 422 `par.hold-too-long`. */
  async hold(actor: Actor, id: string, input: HoldPar): Promise<RollDto> {
    return inCommand(this.db, actor, async (tx) => {
      const times = timesOf(input, this.clock.now());
      const held = await holdRoll(tx, actor, { id, action: 'assignment.step', now: times.now });
      const par = mustRun(held, 'excuse');
      const until = new Date(input.untilAt);
      if (until.getTime() > times.now.getTime() + LONGEST_HOLD_MS)
        throw new Problem('par.hold-too-long', { hours: LONGEST_HOLD_MS / 3_600_000 });
      const clock = excusePar(par.clock, until, times.now);
      await stopAsking(tx, held.roll, { now: times.now, actor });
      const next = { ...held.roll, par: { ...par, clock, holdReason: input.reason } };
      const fact = { kind: 'par-held' as const, cycle: clock.cycle, words: input.reason, by: actor, times };
      return saveAnswered(tx, held, next, { fact, kind: 'par.held', actor });
    });
  }

  /** How often the units of an incident are asked. 404 `incident.not-found`. */
  async setting(actor: Actor, incidentId: string): Promise<ParSettingDto> {
    return read(this.db, async (tx) => {
      visibleOr404(actor, await readIncident(tx, incidentId), 'incident', incidentId);
      return toSettingDto(incidentId, await parSettingOf(tx, incidentId));
    });
  }

  /** Another interval for one incident; units that wait for their next question are asked by it, a running question goes on. */
  async set(actor: Actor, incidentId: string, input: SetPar): Promise<ParSettingDto> {
    return inCommand(this.db, actor, async (tx) => {
      const now = this.clock.now();
      const incident = visibleOr404(actor, await lockIncident(tx, incidentId), 'incident', incidentId);
      allow(actor, 'incident.step', { paths: incidentPaths(incident) });
      const intervalS = input.intervalMin * 60;
      const row = await saveParSetting(tx, incidentId, {
        intervalS,
        reason: input.reason,
        setBy: actor.name,
        setAt: now,
      });
      const times = { now, occurredAt: now, recordedAt: now };
      for (const roll of await lockRunningRolls(tx, incidentId)) {
        const par = roll.par!;
        const clock = reschedulePar(par.clock, par.accountedAt, settingsOf(intervalS));
        const saved = await saveRoll(tx, { ...roll, intervalS, par: { ...par, clock, intervalS } }, roll.people);
        await tellRoll(tx, saved, { kind: 'par.rescheduled', actor, ...times });
      }
      const data = toSettingDto(incidentId, row);
      await tellSetting(tx, incident, { data, actor, version: row.version });
      return data;
    });
  }
}

const toSettingDto = (incidentId: string, row: ParSettingRow | undefined): ParSettingDto => ({
  incidentId, intervalS: row?.intervalS ?? PAR_DEFAULTS.intervalS, own: row !== undefined, reason: row?.reason ?? null,
  setBy: row?.setBy ?? null, setAt: row?.setAt.toISOString() ?? null,
}); // prettier-ignore

async function tellSetting(
  tx: Tx,
  incident: IncidentForDispatch,
  { data, actor, version }: { data: ParSettingDto; actor: Actor; version: number },
): Promise<void> {
  const subject = { subject: 'par-setting', id: incident.id, incidentId: incident.id, version, scope: incident.scope };
  await recordChange(tx, { kind: 'par.set', actor, data, ...subject });
}
