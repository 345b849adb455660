import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Database, inTransaction, read } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { Problem } from '../../shared/problem.js';
import { holdAssignment } from '../assignment.service.js';
import { linkSpeaker } from '../link-speaker.service.js';
import { giveParAnswer } from './par-answering.service.js';
import type { LinkedCheckDto, LinkedParAnswer } from './roll.dto.js';
import { findRoll, lockRoll, toRollDto } from './roll.store.js';
import { timesOf } from './voice.service.js';

/**
 * The check of a unit by the link of a message: whoever stands in the water has that page open, and no password at hand. It speaks for its
 * person, leader or deputy, as long as the clock of the unit runs, however many questions come; a desk that was told by link is not of the unit.
 */
@Injectable()
export class LinkedCheckService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The people of the unit without their numbers; null while nobody is to be counted. 404 `link.not-found`. */
  async check(token: string): Promise<LinkedCheckDto> {
    return read(this.db, async (tx) => {
      const { assignmentId } = await linkSpeaker(tx, token);
      const roll = assignmentId ? await findRoll(tx, assignmentId) : undefined;
      return { roll: roll?.par ? withoutNumbers(toRollDto(roll)) : null };
    });
  }

  /**
   * Who is there. The same answer told again, as by a phone that did not hear that it was taken, changes nothing. 403 `par.not-of-unit`; 404
   * `link.not-found`, `roll-person.not-found`; 409 `par.step-not-allowed`; 422 `fact.in-future`.
   */
  async answer(token: string, input: LinkedParAnswer): Promise<LinkedCheckDto> {
    return inTransaction(this.db, async (tx) => {
      const { assignmentId, userId, name } = await linkSpeaker(tx, token);
      const by = { userId, name };
      if (!assignmentId) throw new Problem('par.not-of-unit', {}, { status: 403 });
      const times = timesOf(input, this.clock.now());
      const work = await holdAssignment(tx, assignmentId, times.now);
      const roll = await lockRoll(tx, assignmentId);
      if (!roll) throw new Problem('par.step-not-allowed', { step: 'answer', status: work.assignment.status });
      const told = roll.par?.clock.answers.some(
        ({ channel, byName, occurredAt }) =>
          channel === 'link' && byName === by.name && occurredAt.getTime() === times.occurredAt.getTime(),
      );
      if (told) return { roll: withoutNumbers(toRollDto(roll)) };
      const voice = { onBehalfOf: null, channel: 'link' as const, words: input.words ?? null };
      const said = { ...input, by, voice, times };
      const after = await giveParAnswer(tx, { ...work, roll }, said, this.config.ALERT_ANSWER_S);
      return { roll: withoutNumbers(after) };
    });
  }
}

const withoutNumbers = (roll: NonNullable<LinkedCheckDto['roll']>): LinkedCheckDto['roll'] => ({
  ...roll,
  people: roll.people.map((person) => ({ ...person, phone: null })),
});
