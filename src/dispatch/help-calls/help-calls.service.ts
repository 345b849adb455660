import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { lockAlert, stopAlert } from '../../alerts/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { Problem } from '../../shared/problem.js';
import { assignmentPaths, holdAssignment } from '../assignment.service.js';
import { keepCall } from './calling.service.js';
import type { EndHelpCall, HelpCallDto, TakeUpHelpCall } from './help-call.dto.js';
import * as rules from './help-call.rules.js';
import * as store from './help-call.store.js';

/** What a desk does about calls for help. */
@Injectable()
export class HelpCallsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async helpCalls(actor: Actor, filter: store.HelpCallFilter): Promise<HelpCallDto[]> {
    return read(this.db, (tx) => store.visibleHelpCalls(tx, actor.keys, filter));
  }

  /**
   * Takes a call up, in one's own name; of several who do so at once one does (H3). The desks are called no further. 404
   * `help-call.not-found`; 403; 409 `help-call.step-not-allowed` with who has it, `help-call.stale`.
   */
  async takeUp(actor: Actor, id: string, input: TakeUpHelpCall): Promise<HelpCallDto> {
    return inCommand(this.db, actor, async (tx) => {
      const now = this.clock.now();
      const call = await this.hold(tx, actor, { id, step: 'take-up', version: input.version, now });
      const run = call.callAlertId ? await lockAlert(tx, call.callAlertId) : undefined;
      if (run) await stopAlert(tx, run, { reason: 'stood-down', now, actor });
      const times = { now, occurredAt: now, recordedAt: now };
      return keepCall(tx, rules.takeUp(call, { by: actor, now }), { kind: 'help-call.taken-up', actor, ...times });
    });
  }

  /** Ends a call that somebody has taken up, with what became of it and why. Refusals as for taking up. */
  async end(actor: Actor, id: string, { outcome, reason, version }: EndHelpCall): Promise<HelpCallDto> {
    return inCommand(this.db, actor, async (tx) => {
      const now = this.clock.now();
      const call = await this.hold(tx, actor, { id, step: 'end', version, now });
      const ended = rules.end(call, { outcome, reason, by: actor, now });
      return keepCall(tx, ended, { kind: 'help-call.ended', actor, now, occurredAt: now, recordedAt: now });
    });
  }

  /** Incident, unit, assignment, then the call: the order of the house. A step that has been taken is named before a stale version. */
  private async hold(
    tx: Tx,
    actor: Actor,
    { id, step, version, now }: { id: string; step: 'take-up' | 'end'; version: number | undefined; now: Date },
  ): Promise<store.HelpCallRow> {
    const known = visibleOr404(actor, await store.findHelpCall(tx, id), 'help-call', id);
    const held = await holdAssignment(tx, known.assignmentId, now);
    allow(actor, 'help-call.step', { paths: assignmentPaths(held) });
    const call = (await store.lockHelpCall(tx, id))!;
    rules.stateAfter(call, step);
    if (version !== undefined && version !== call.version) throw new Problem('help-call.stale', { version: call.version }); // prettier-ignore
    return call;
  }
}
