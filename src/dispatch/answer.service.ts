import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../access/index.js';
import {
  alertFunnel, alertOfAnswer, type AlertRow, deliveryByToken, findAlert, linkedAlert, linkHash, lockAlert, recordAnswer,
  useToken,
} from '../alerts/index.js'; // prettier-ignore
import type { AlertDto, AnswerAlert, FunnelDto, LinkedAlertDto } from '../alerts/alerts.dto.js';
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import { lockIncident, readIncident } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { ensure, Problem } from '../shared/problem.js';
import { mustBeClear, takeAnswer } from './assignment.rules.js';
import { assignmentPaths, type HeldAssignment, holdAssignment, speaksAsTeam } from './assignment.service.js';
import { changeAssignment, incidentPaths } from './changes.service.js';
import { fieldMissing } from './facts.rules.js';

interface Voice {
  by: { userId: string | null; name: string };
  onBehalfOf: string | null;
  channel: 'in-app' | 'link' | 'desk';
}
/** An alert with what its answer may move, locked: incident, unit, assignment, alert. */
interface HeldAlert {
  alert: AlertRow;
  work: HeldAssignment | null;
  paths: string[];
}

@Injectable()
export class AnswerService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * An answer by the team's own people, or by an officer in their words (`onBehalfOf`). The last clear one counts until the team moves.
   * 409 `alert.closed` once the assignment is over.
   */
  async answer(actor: Actor, alertId: string, input: AnswerAlert): Promise<AlertDto> {
    return inCommand(this.db, actor, async (tx) => {
      visibleOr404(actor, await findAlert(tx, alertId), 'alert', alertId);
      const held = await this.hold(tx, alertId);
      return this.take(tx, held, input, voiceOf(actor, held, input));
    });
  }

  /** The one answer of a one-time link. 409 `link.used` for a second, `alert.closed` when the run is over; repeating the first is harmless. */
  async answerByLink(token: string, input: AnswerAlert): Promise<LinkedAlertDto> {
    return inTransaction(this.db, async (tx) => {
      const known = await deliveryByToken(tx, linkHash(token));
      if (!known) throw new Problem('link.not-found');
      const held = await this.hold(tx, known.alertId);
      const repeated = input.id !== undefined && (await alertOfAnswer(tx, input.id)) === known.alertId;
      if (!repeated) {
        if (!(await useToken(tx, known.id, this.clock.now()))) throw new Problem('link.used');
        if (held.alert.doneReason !== null) throw new Problem('alert.closed', { doneReason: held.alert.doneReason });
        const { userId, personName: name, personRole } = known;
        const onBehalfOf = personRole === 'duty' && held.work ? held.work.unit.teamName : null;
        await this.take(
          tx,
          held,
          { ...input, onBehalfOf: undefined },
          { by: { userId, name }, onBehalfOf, channel: 'link' },
        );
      }
      return linkedAlert(tx, known);
    });
  }

  /** Who was told, by which channel, how far it got, and who answered. 404 `incident.not-found`. */
  async funnel(actor: Actor, incidentId: string): Promise<FunnelDto> {
    return read(this.db, async (tx) => {
      visibleOr404(actor, await readIncident(tx, incidentId), 'incident', incidentId);
      return alertFunnel(tx, incidentId, actor.keys);
    });
  }

  private async hold(tx: Tx, alertId: string): Promise<HeldAlert> {
    const known = (await findAlert(tx, alertId))!;
    const asksTeam = known.kind === 'deploy' && known.assignmentId !== null;
    const work = asksTeam ? await holdAssignment(tx, known.assignmentId!, this.clock.now()) : null;
    const incident = work?.incident ?? (await lockIncident(tx, known.incidentId));
    ensure(incident !== undefined, 'an alert keeps its incident');
    const alert = (await lockAlert(tx, alertId))!;
    return { alert, work, paths: work ? assignmentPaths(work) : incidentPaths(incident) };
  }

  private async take(tx: Tx, { alert, work }: HeldAlert, input: AnswerAlert, voice: Voice): Promise<AlertDto> {
    const now = this.clock.now();
    const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
    const recordedAt = input.recordedAt ? new Date(input.recordedAt) : now;
    const times = { now, occurredAt, recordedAt };
    if (work) await this.move(tx, work, { input, voice, times });
    else {
      mustBeClear(input);
      if (alert.doneReason !== null) throw new Problem('alert.closed', { doneReason: alert.doneReason });
    }
    const { answer, minutes = null, headcount = null, reason = null, id } = input;
    return recordAnswer(tx, alert, { answer, minutes, headcount, reason, ...(id ? { id } : {}), ...voice, ...times });
  }

  private async move(
    tx: Tx,
    { assignment }: HeldAssignment,
    {
      input,
      voice,
      times,
    }: { input: AnswerAlert; voice: Voice; times: { now: Date; occurredAt: Date; recordedAt: Date } },
  ): Promise<void> {
    if (!assignment.active) throw new Problem('alert.closed', { doneReason: assignment.status });
    const taken = takeAnswer(assignment, input, times);
    if (!taken) return;
    const { by, onBehalfOf } = voice;
    const actor = { ...by, ...(onBehalfOf ? { onBehalfOf } : {}) };
    await changeAssignment(tx, taken.assignment, { step: taken.step, actor, ...times });
  }
}

/** In whose name an actor answers: the team's own people as themselves, an officer for them, with the name of whose words they are. */
function voiceOf(actor: Actor, { alert, work, paths }: HeldAlert, input: AnswerAlert): Voice {
  const by = { userId: actor.userId, name: actor.name };
  const told = alert.steps.some((step) => step.people.some(({ userId }) => userId === actor.userId));
  const own = work ? speaksAsTeam(actor, work.assignment.teamId) : told;
  if (own) return { by, onBehalfOf: input.onBehalfOf ?? null, channel: 'in-app' };
  allow(actor, 'alert.answer-for', { paths });
  if (work && !input.onBehalfOf) throw fieldMissing('/onBehalfOf');
  return { by, onBehalfOf: input.onBehalfOf ?? null, channel: 'desk' };
}
