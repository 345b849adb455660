import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, inTransaction, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { Problem } from '../../shared/problem.js';
import { findRoll } from '../accountability/roll.store.js';
import { type HeldAssignment, holdAssignment } from '../assignment.service.js';
import { type AssignmentRow, findAssignment } from '../assignment.store.js';
import { linkSpeaker } from '../link-speaker.service.js';
import { phoneOf } from '../people.store.js';
import { callDesks, keepCall, mustBeOwn, sayWord, workScopeOf } from './calling.service.js';
import {
  type AddToHelpCall, type CallForHelp, type CallForHelpFrom, type HelpCallDto, type LinkedHelpDto, MOST_WORDS,
} from './help-call.dto.js'; // prettier-ignore
import * as rules from './help-call.rules.js';
import * as store from './help-call.store.js';

/** Who calls, and by which way; `assignmentId` is the one that the link or the account is of. */
interface Caller extends rules.CallerIds {
  name: string;
  role: HelpCallDto['byRole'];
  phone: string | null;
  channel: HelpCallDto['channel'];
}

/** Calls for help of people who are out: by the link of their alert, or signed in. */
@Injectable()
export class RaiseHelpService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * H2: the same press twice is one call, and presses of one person are one call as long as nobody has taken it up. 404
   * `assignment.not-found`; 403 for who is not of the team; 409 `help-call.not-out`, `idempotency.mismatch`.
   */
  async raise(actor: Actor, input: CallForHelpFrom): Promise<HelpCallDto> {
    return inCommand(this.db, actor, async (tx) => {
      const { assignmentId } = input;
      const { teamId } = visibleOr404(actor, await findAssignment(tx, assignmentId), 'assignment', assignmentId);
      allow(actor, 'help-call.raise', { teamId });
      return this.press(tx, assignmentId, { caller: await this.signedIn(tx, actor, teamId), input });
    });
  }

  /** By the one-time link of an alert: it speaks for its person, also after it was answered with. 404 `link.not-found`; 403 `help-call.not-of-unit`. */
  async raiseByLink(token: string, input: CallForHelp): Promise<HelpCallDto> {
    return inTransaction(this.db, async (tx) => {
      const { caller, assignmentId } = await callerOf(tx, token);
      if (!assignmentId) throw new Problem('help-call.not-of-unit', {}, { status: 403 });
      return this.press(tx, assignmentId, { caller, input });
    });
  }

  /** Words or a position for a call, by who called; `id` is that of any press of it. 404 `help-call.not-found` for everybody else's; 422 `help-call.too-many-words`. */
  async add(actor: Actor, id: string, input: AddToHelpCall): Promise<HelpCallDto> {
    return inCommand(this.db, actor, async (tx) => {
      const known = visibleOr404(actor, await calledBy(tx, id), 'help-call', id);
      return this.say(tx, known, { caller: await this.signedIn(tx, actor, known.teamId), input });
    });
  }

  async addByLink(token: string, id: string, input: AddToHelpCall): Promise<HelpCallDto> {
    return inTransaction(this.db, async (tx) => {
      const { caller, assignmentId } = await callerOf(tx, token);
      const known = await calledBy(tx, id);
      if (!known || known.assignmentId !== assignmentId) throw new Problem('help-call.not-found', { id });
      return this.say(tx, known, { caller, input });
    });
  }

  /** What the page of a link shows of calls. 404 `link.not-found`. */
  async linked(token: string): Promise<LinkedHelpDto> {
    return read(this.db, async (tx) => {
      const { caller, assignmentId } = await callerOf(tx, token);
      const assignment = assignmentId ? await findAssignment(tx, assignmentId) : undefined;
      if (!assignment) return { mayCall: false, calls: [] };
      const calls = await store.callsOfPerson(tx, assignment.id, caller);
      return { mayCall: rules.isOut(await standingOf(tx, assignment)), calls: await store.helpCallDtos(tx, calls) };
    });
  }

  private async press(tx: Tx, assignmentId: string, { caller, input }: { caller: Caller; input: CallForHelp }): Promise<HelpCallDto> {
    const now = this.clock.now();
    const held = await holdAssignment(tx, assignmentId, now); // all presses of an assignment wait here for each other
    const repeated = (await store.findHelpCall(tx, input.id)) ?? (await store.findCallOfWord(tx, input.id));
    if (repeated) return mustBeOwn(tx, repeated, { assignmentId, caller });
    const times = { occurredAt: rules.momentOf(input.occurredAt, now), recordedAt: rules.momentOf(input.recordedAt, now), now };
    rules.mustBeOut(await standingOf(tx, held.assignment), times);
    const waiting = (await store.callsOfPerson(tx, assignmentId, caller)).find(({ state }) => state === 'raised');
    const by = { userId: caller.userId, name: caller.name };
    if (waiting) {
      const call = (await store.lockHelpCall(tx, waiting.id))!;
      await sayWord(tx, call.id, { input, kind: 'press', ...times });
      return keepCall(tx, { ...call, presses: call.presses + 1 }, { kind: 'help-call.pressed-again', actor: by, ...times });
    }
    const row = await this.open(tx, held, { caller, id: input.id, ...times });
    await sayWord(tx, row.id, { input, kind: 'press', ...times });
    return keepCall(tx, row, { kind: 'help-call.raised', actor: by, isNew: true, ...times });
  } // prettier-ignore

  /** A new call, with the call of the duty desks by every channel: no console has to be open for it. */
  private async open(
    tx: Tx,
    held: HeldAssignment,
    { caller, id, now, occurredAt, recordedAt }: { caller: Caller; id: string; now: Date; occurredAt: Date; recordedAt: Date },
  ): Promise<store.HelpCallRow> {
    const { incident, unit, assignment } = held;
    const row: store.HelpCallRow = {
      id, incidentId: incident.id, assignmentId: assignment.id, teamId: assignment.teamId, unitCode: assignment.unitCode,
      teamName: assignment.teamName, byName: caller.name, byRole: caller.role, byUserId: caller.userId, byMemberId: caller.memberId,
      phone: caller.phone, channel: caller.channel, exercise: incident.exercise, state: 'raised', presses: 1, occurredAt, recordedAt,
      receivedAt: now, takenUpAt: null, takenUpBy: null, takenUpById: null, endedAt: null, endedBy: null, endedById: null, outcome: null,
      reason: null, callAlertId: null, deskIds: [...new Set([incident.leadSocietyId, incident.societyId, unit.societyId])],
      scope: workScopeOf(held), version: 1,
    };
    const callAlertId = await callDesks(tx, held, { row, config: this.config, now });
    await store.insertHelpCall(tx, { ...row, callAlertId });
    return { ...row, callAlertId };
  } // prettier-ignore

  private async say(tx: Tx, known: store.HelpCallRow, { caller, input }: { caller: Caller; input: AddToHelpCall }): Promise<HelpCallDto> {
    const now = this.clock.now();
    await holdAssignment(tx, known.assignmentId, now);
    const call = (await store.lockHelpCall(tx, known.id))!;
    if (!rules.isSamePerson(caller, { userId: call.byUserId, memberId: call.byMemberId })) throw new Problem('help-call.not-found', { id: call.id });
    const repeated = await store.findCallOfWord(tx, input.id);
    if (repeated) return mustBeOwn(tx, repeated, { assignmentId: call.assignmentId, caller });
    if ((await store.countWords(tx, call.id)) >= MOST_WORDS) throw new Problem('help-call.too-many-words', { most: MOST_WORDS });
    const times = { occurredAt: rules.momentOf(input.occurredAt, now), recordedAt: rules.momentOf(input.recordedAt, now), now };
    await sayWord(tx, call.id, { input, kind: 'added', ...times });
    const actor = { userId: caller.userId, name: caller.name };
    return keepCall(tx, { ...call, state: rules.stateAfter(call, 'add') }, { kind: 'help-call.added', actor, ...times });
  } // prettier-ignore

  private async signedIn(tx: Tx, actor: Actor, teamId: string): Promise<Caller> {
    const leads = actor.grants.some((grant) => grant.role === 'teamLeader' && grant.teamId === teamId);
    const { userId, name } = actor;
    return { userId, memberId: null, name, role: leads ? 'leader' : 'member', phone: await phoneOf(tx, userId), channel: 'in-app' }; // prettier-ignore
  }
}

/** The person of a link, and the assignment that its alert is about. A desk that was called by link is not of the unit. */
async function callerOf(tx: Tx, token: string): Promise<{ caller: Caller; assignmentId: string | null }> {
  const { userId, memberId, name, role, phone, assignmentId } = await linkSpeaker(tx, token);
  return {
    caller: { userId, memberId, name, role: role === 'leader' ? 'leader' : 'deputy', phone, channel: 'link' },
    assignmentId,
  };
}

/** The call by its id, or by that of a further press: a phone knows only what it has made itself. */
const calledBy = async (tx: Tx, id: string): Promise<store.HelpCallRow | undefined> =>
  (await store.findHelpCall(tx, id)) ?? store.findCallOfWord(tx, id);

async function standingOf(tx: Tx, assignment: AssignmentRow): Promise<rules.Standing> {
  const roll = await findRoll(tx, assignment.id);
  const { active, statusSince } = assignment;
  return { active, rollOpen: roll?.open ?? false, endedAt: active ? null : statusSince };
}
