import { Inject, Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, inTransaction, read, type Tx } from '../../database/index.js';
import { JobQueue } from '../../queue/index.js';
import { Clock } from '../../shared/clock.js';
import { holdAssignment } from '../assignment.service.js';
import { insertFact } from './facts.store.js';
import { tellRoll } from './following.service.js';
import { type AboutUnit, askUnit, callDesks } from './par-alerts.service.js';
import { type ParEffect, tickPar } from './par.rules.js';
import { dueRolls, lockRoll, type RollRow, saveRoll, settingsOf } from './roll.store.js';

const JOB = 'dispatch.par';
const TICK_MS = 2000;
const BATCH = 200;
const ACTOR = systemActor(JOB);
const TOLD_AS: Record<ParEffect, string> = { ask: 'par.asked', 'ask-again': 'par.asked-again', escalate: 'par.missed' };

/** Time is up for units at the scene: they are asked how many are there, asked again, and given to the duty desks when they stay silent. */
@Injectable()
export class ParSweepService {
  private readonly log = new Logger('par');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.askDueUnits()));
  }

  /**
   * Moves every clock whose instant has come, one step each, the longest overdue first, each in its own transaction. Right if run twice,
   * late, or by several processes at once: what is due is looked at again under the locks. Answers how many clocks moved.
   */
  async askDueUnits(): Promise<number> {
    const due = await read(this.db, (tx) => dueRolls(tx, this.clock.now(), BATCH));
    let moved = 0;
    for (const id of due) {
      try {
        if (await inTransaction(this.db, (tx) => this.tick(tx, id))) moved++;
      } catch (error) {
        // One unit that cannot be asked must not silence the others; the next tick tries it again.
        this.log.error(`unit of assignment ${id} was not asked: ${String(error)}`);
      }
    }
    return moved;
  }

  private async tick(tx: Tx, id: string): Promise<boolean> {
    const now = this.clock.now();
    const { incident, unit, assignment } = await holdAssignment(tx, id, now);
    const roll = (await lockRoll(tx, id))!;
    if (!roll.par) return false;
    const { clock, effect } = tickPar(roll.par.clock, now, settingsOf(roll.par.intervalS));
    if (!effect) return false;
    const askedName = unit.leader?.name ?? unit.deputy?.name ?? null;
    const moved: RollRow = { ...roll, par: { ...roll.par, clock, askedName, holdReason: null } };
    const about = {
      incident,
      unit,
      missionId: assignment.missionId,
      answerS: this.config.ALERT_ANSWER_S,
      now,
      actor: ACTOR,
    };
    const next = await this.speak(tx, moved, { ...about, effect });
    const times = { now, occurredAt: now, recordedAt: now };
    const kind = effect === 'escalate' ? 'par-missed' : 'par-asked';
    await insertFact(tx, { assignmentId: id, kind, cycle: clock.cycle, by: ACTOR, times, words: askedName });
    const saved = await saveRoll(tx, next, roll.people);
    await tellRoll(tx, saved, { kind: TOLD_AS[effect], actor: ACTOR, ...times });
    return true;
  }

  private async speak(tx: Tx, row: RollRow, { effect, ...about }: AboutUnit & { effect: ParEffect }): Promise<RollRow> {
    if (effect !== 'escalate') return askUnit(tx, row, about);
    const { asked } = row.par!.clock;
    const people = row.people.filter(({ state }) => state === 'on-scene' || state === 'missing').length + row.unnamed;
    return callDesks(tx, row, { ...about, message: { key: 'par.missed-message', params: { asked, people } } });
  }
}
