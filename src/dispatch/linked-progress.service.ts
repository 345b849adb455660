import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { inCommand } from '../access/index.js';
import { yesOfAssignment } from '../alerts/index.js';
import { Database, read, type Tx } from '../database/index.js';
import { membersOfUnit } from '../rescue-teams/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { findRoll } from './accountability/roll.store.js';
import { timesOf } from './accountability/voice.service.js';
import { takeStep } from './assignment.rules.js';
import { holdAssignment } from './assignment.service.js';
import { type AssignmentRow, findAssignment, toAssignmentDto } from './assignment.store.js';
import { changeAssignment } from './changes.service.js';
import type { LinkedProgressDto, LinkedStep } from './dispatch.dto.js';
import { type LinkSpeaker, linkSpeaker } from './link-speaker.service.js';
import { saidTheYes } from './linked-progress.rules.js';

/**
 * Where a unit stands, and its next step, by the link of a message: who said yes by it has no password at hand when the unit leaves. It speaks
 * for its person as long as the assignment lives; a desk that was told by link is not of the unit.
 */
@Injectable()
export class LinkedProgressService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** 404 `link.not-found`. */
  async progress(token: string): Promise<LinkedProgressDto> {
    return read(this.db, async (tx) => {
      const speaker = await linkSpeaker(tx, token);
      const assignment = speaker.assignmentId ? await findAssignment(tx, speaker.assignmentId) : undefined;
      return assignment ? progressOf(tx, assignment, speaker) : { unit: null };
    });
  }

  /**
   * Takes a step of the table in assignment.rules.ts in the name of the person of the link; the same `id` again answers the first answer. 403
   * `assignment.not-yours` for a desk and for who did not say the yes; 404 `link.not-found`; 409 `assignment.step-not-allowed` before the yes,
   * out of turn and after the end, `idempotency.mismatch`; 422 `fact.in-future`.
   */
  async takeStep(token: string, input: LinkedStep): Promise<LinkedProgressDto> {
    const { deliveryId } = await read(this.db, (tx) => linkSpeaker(tx, token));
    const linked = { userId: deliveryId, ...commandOf(input) }; // the link is who commands: its keys are its own
    return inCommand(this.db, linked, async (tx) => {
      const speaker = await linkSpeaker(tx, token);
      const { assignmentId, userId, name } = speaker;
      if (!assignmentId) throw new Problem('assignment.not-yours', {}, { status: 403 });
      const times = timesOf(input, this.clock.now());
      const { assignment } = await holdAssignment(tx, assignmentId, times.now);
      const { step, headcount: heads } = input;
      const decided = takeStep(assignment, step, { headcount: heads, ...times });
      const yes = await yesOfAssignment(tx, assignmentId);
      if (yes && !saidTheYes(yes, speaker)) throw new Problem('assignment.not-yours', {}, { status: 403 });
      await changeAssignment(tx, decided, { step, heads, channel: 'link', actor: { userId, name }, ...times });
      return progressOf(tx, (await findAssignment(tx, assignmentId))!, speaker);
    });
  }
}

function commandOf({ id, ...said }: LinkedStep) {
  if (id === undefined) return {};
  return { command: { key: id, fingerprint: createHash('sha256').update(JSON.stringify(said)).digest() } };
}

async function progressOf(tx: Tx, assignment: AssignmentRow, speaker: LinkSpeaker): Promise<LinkedProgressDto> {
  const { status, statusSince, headcount, promisedHeadcount, actualHeadcount, active } = toAssignmentDto(assignment);
  const yes = await yesOfAssignment(tx, assignment.id);
  const roll = await findRoll(tx, assignment.id);
  const mayStep = active && yes !== undefined && saidTheYes(yes, speaker);
  // Before the yes there is no list yet; it is made of these, and a page must not ask for a number that is gone a moment later.
  const people = roll?.people ?? (await membersOfUnit(tx, assignment.unitId));
  const named = people.length > 0;
  return { unit: { status, statusSince, headcount, promisedHeadcount, actualHeadcount, active, named, mayStep } };
}
