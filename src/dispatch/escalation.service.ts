import { Inject, Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import { type AlertRow, DeliveryService, moveAlertOn, overdueAlerts, raiseAlert } from '../alerts/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction, read, type Tx } from '../database/index.js';
import { type IncidentForDispatch, lockIncident } from '../incidents/index.js';
import { JobQueue } from '../queue/index.js';
import { Clock } from '../shared/clock.js';
import { ensure } from '../shared/problem.js';
import { takeStep } from './assignment.rules.js';
import { type HeldAssignment, holdAssignment } from './assignment.service.js';
import { changeAssignment, workScope } from './changes.service.js';
import { dutyStepsAbove, dutyStepsOf } from './people.store.js';

const JOB = 'alerts.escalate';
const TICK_MS = 1000;
const BATCH = 100;
const ACTOR = systemActor(JOB);

/** Time is up: the next person is told, or, after the last, the team is given up and the duty desk above is called. */
@Injectable()
export class EscalationService {
  private readonly log = new Logger('escalation');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly delivery: DeliveryService,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.tick()));
  }

  /**
   * D18: what is due leaves before anybody is given up over it. After a standstill messages and deadlines are due together, and whichever were
   * looked at first would decide whether the last people are asked at all.
   */
  async tick(): Promise<number> {
    const overdue = await read(this.db, (tx) => overdueAlerts(tx, this.clock.now(), 1));
    if (overdue.length === 0) return 0;
    await this.delivery.startDue().catch((error: unknown) => {
      this.log.error(`what is due did not leave before the deadlines: ${String(error)}`);
    });
    return this.moveOnOverdueAlerts();
  }

  /**
   * Moves every run on whose step had its time, the longest overdue first, each in its own transaction. Right if run twice, late, or by
   * several processes at once: what is due is looked at again under the locks. Answers how many runs moved.
   */
  async moveOnOverdueAlerts(): Promise<number> {
    const due = await read(this.db, (tx) => overdueAlerts(tx, this.clock.now(), BATCH));
    let moved = 0;
    for (const alert of due) {
      try {
        if (await inTransaction(this.db, (tx) => this.moveOn(tx, alert))) moved++;
      } catch (error) {
        // One run that cannot move must not silence the others; the next tick tries it again.
        this.log.error(`alert ${alert.id} did not move on: ${String(error)}`);
      }
    }
    return moved;
  }

  private async moveOn(
    tx: Tx,
    { id, incidentId, assignmentId }: { id: string; incidentId: string; assignmentId: string | null },
  ): Promise<boolean> {
    const now = this.clock.now();
    const held = assignmentId ? await holdAssignment(tx, assignmentId, now) : null;
    const incident = held?.incident ?? (await lockIncident(tx, incidentId));
    ensure(incident !== undefined, 'an alert keeps its incident');
    const moved = await moveAlertOn(tx, id, { now, answerS: this.config.ALERT_ANSWER_S, actor: ACTOR });
    if (moved?.exhausted && moved.row.kind === 'deploy' && held) await this.giveUp(tx, held, { alert: moved.row, now });
    return moved !== null;
  }

  /** Nobody answered: the unit is free again (D1), and a person at the desk above hears of it in the app. */
  private async giveUp(
    tx: Tx,
    { assignment, incident }: HeldAssignment,
    { alert, now }: { alert: AlertRow; now: Date },
  ): Promise<void> {
    const decided = takeStep(assignment, 'miss', { occurredAt: now, now });
    await changeAssignment(tx, decided, { step: 'miss', actor: ACTOR, now, occurredAt: now });
    const { unitCode, teamName, teamId, missionId, message } = alert;
    await raiseAlert(tx, {
      kind: 'duty-call', incident, missionId, assignmentId: assignment.id, team: { id: teamId!, name: teamName, unitCode }, message,
      dutyPhone: null, steps: (await this.desksFor(tx, incident, now)).map((people) => ({ role: 'duty' as const, people })),
      channels: ['in-app'], scope: workScope(incident, { paths: [] }), answerS: this.config.ALERT_ANSWER_S, now, actor: ACTOR,
    }); // prettier-ignore
  }

  /** The desks above the one that leads, the nearest first, of each who is on duty first; at the top there is only its own. */
  private async desksFor(tx: Tx, incident: IncidentForDispatch, now: Date) {
    const above = await dutyStepsAbove(tx, incident.leadPath, now);
    return above.length > 0 ? above : dutyStepsOf(tx, incident.leadPath, now);
  }
}
