import { Injectable } from '@nestjs/common';
import { type Actor, inCommand, visibleOr404 } from '../access/index.js';
import {
  alertFunnel, alertOfAnswer, deliveryByToken, findAlert, linkedAlert, linkHash, useToken,
} from '../alerts/index.js'; // prettier-ignore
import type { AlertDto, AnswerAlert, FunnelDto, LinkedAlertDto } from '../alerts/alerts.dto.js';
import { Database, inTransaction, read } from '../database/index.js';
import { readIncident } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { giveAnswer, holdAlert, voiceOf } from './answering.service.js';

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
      const now = this.clock.now();
      const held = await holdAlert(tx, alertId, now);
      return giveAnswer(tx, held, { input, voice: voiceOf(actor, held, input), now });
    });
  }

  /** The one answer of a one-time link. 409 `link.used` for a second, `alert.closed` when the run is over; repeating the first is harmless. */
  async answerByLink(token: string, input: AnswerAlert): Promise<LinkedAlertDto> {
    return inTransaction(this.db, async (tx) => {
      const known = await deliveryByToken(tx, linkHash(token));
      if (!known) throw new Problem('link.not-found');
      const now = this.clock.now();
      const held = await holdAlert(tx, known.alertId, now);
      const repeated = input.id !== undefined && (await alertOfAnswer(tx, input.id)) === known.alertId;
      if (!repeated) {
        if (!(await useToken(tx, known.id, now))) throw new Problem('link.used');
        if (held.alert.doneReason !== null) throw new Problem('alert.closed', { doneReason: held.alert.doneReason });
        const { userId, personName: name, personRole } = known;
        const onBehalfOf = personRole === 'duty' && held.work ? held.work.unit.teamName : null;
        const voice = { by: { userId, name }, onBehalfOf, channel: 'link' as const };
        await giveAnswer(tx, held, { input: { ...input, onBehalfOf: undefined }, voice, now });
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
}
