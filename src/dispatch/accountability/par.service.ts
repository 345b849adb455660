import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, read, type Tx } from '../../database/index.js';
import { type IncidentForDispatch, lockIncident, readIncident } from '../../incidents/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { notFound, Problem } from '../../shared/problem.js';
import { incidentPaths } from '../changes.service.js';
import { type HeldRoll, holdRoll, namesOf } from './check-in.service.js';
import { insertFact, type NewFact, type ParSettingRow, parSettingOf, saveParSetting } from './facts.store.js';
import { changedPeople, isOpen, tellRoll } from './following.service.js';
import { callDesks, stopAsking } from './par-alerts.service.js';
import { answerPar, excusePar, isOutdated, PAR_DEFAULTS, reschedulePar } from './par.rules.js';
import type { AnswerParBody, HoldPar, ParSettingDto, RollDto, SetPar } from './roll.dto.js';
import { accountAtScene, expectedAtScene, newlyMissing } from './roll.rules.js';
import { lockRunningRolls, type RollRow, type RunningPar, saveRoll, settingsOf, unnamedPlaces } from './roll.store.js';
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
      const { roll } = held;
      const par = mustRun(held, 'answer');
      const stranger = input.present.find((one) => !roll.people.some((person) => person.id === one));
      if (stranger) throw notFound('roll-person', stranger);
      const voice = voiceFor(actor, held, input);
      const { occurredAt, now: receivedAt } = times;
      const present = [
        ...input.present,
        ...unnamedPlaces(Math.min(input.unnamedPresent ?? roll.unnamed, roll.unnamed)),
      ];
      const roster = [...expectedAtScene(roll.people).map((person) => person.id), ...unnamedPlaces(roll.unnamed)];
      const said = { occurredAt, receivedAt, present, byName: actor.name, ...voice };
      const clock = answerPar(par.clock, said, { roster, settings: settingsOf(par.intervalS) });
      const outdated = isOutdated(par.clock, occurredAt);
      const people = accountAtScene(roll.people, new Set(input.present), { occurredAt, byName: actor.name });
      const next = {
        ...roll,
        people,
        par: outdated ? { ...par, clock } : { ...par, clock, accountedAt: occurredAt, holdReason: null },
      };
      const answered = outdated ? next : await this.tellDesks(tx, held, next, actor);
      const answer = clock.answers.at(-1)!;
      const fact = {
        kind: 'par-answered' as const,
        cycle: clock.cycle,
        late: answer.late,
        heads: present.length,
        by: actor,
        times,
        ...voice,
      };
      const by = {
        userId: actor.userId,
        name: actor.name,
        ...(voice.onBehalfOf ? { onBehalfOf: voice.onBehalfOf } : {}),
      };
      const kind = answer.absent.length > 0 ? 'par.short' : answer.late ? 'par.answered-late' : 'par.answered';
      return save(tx, held, answered, { fact, kind, actor: by });
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
      return save(tx, held, next, { fact, kind: 'par.held', actor });
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

  /** Somebody is missing: the desks are called. All there: the question and the call end. */
  private async tellDesks(tx: Tx, held: HeldRoll, next: RollRow, actor: Actor): Promise<RollRow> {
    const { incident, unit, assignment, roll } = held;
    const now = this.clock.now();
    await stopAsking(tx, next, { now, actor });
    const { absent } = next.par!.clock.answers.at(-1)!;
    const missing = newlyMissing(roll.people, next.people);
    const silentBefore = roll.par!.clock.answers.at(-1)?.absent.length ?? 0;
    if (missing.length === 0 && absent.length <= silentBefore) return next;
    const about = { incident, unit, missionId: assignment.missionId, answerS: this.config.ALERT_ANSWER_S, now, actor };
    const params = { people: absent.length, names: namesOf(next.people.filter(({ state }) => state === 'missing')) };
    return callDesks(tx, next, { ...about, message: { key: 'par.missing-message', params } });
  }
}

/** 409 `par.step-not-allowed` while the clock of the unit does not run. */
function mustRun({ roll, assignment }: HeldRoll, step: string): RunningPar {
  if (!roll.par) throw new Problem('par.step-not-allowed', { step, status: assignment.status });
  return roll.par;
}

async function save(
  tx: Tx,
  { roll, assignment }: HeldRoll,
  next: RollRow,
  {
    fact,
    kind,
    actor,
  }: { fact: Omit<NewFact, 'assignmentId'>; kind: string; actor: { userId: string | null; name: string } },
): Promise<RollDto> {
  await insertFact(tx, { ...fact, assignmentId: roll.assignmentId, changed: changedPeople(roll.people, next.people) });
  const saved = await saveRoll(tx, { ...next, open: isOpen(next, assignment.active) }, roll.people);
  return tellRoll(tx, saved, { kind, actor, ...fact.times });
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
