import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, may, visibleOr404 } from '../access/index.js';
import {
  type AlertRow,
  lockAlertOfAssignment,
  peopleTold,
  raiseAlert,
  recordAnswer,
  stopAlert,
} from '../alerts/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, read, type Tx } from '../database/index.js';
import { type IncidentForDispatch, lockIncident } from '../incidents/index.js';
import { lockUnits, type UnitForDispatch } from '../rescue-teams/index.js';
import { Clock } from '../shared/clock.js';
import { ensure, notFound, Problem } from '../shared/problem.js';
import { type Step, takeStep } from './assignment.rules.js';
import {
  type AssignmentRow, findAssignment, lockAssignment, toAssignmentDto, visibleAssignments, type WorkFilter,
} from './assignment.store.js'; // prettier-ignore
import { changeAssignment, incidentPaths } from './changes.service.js';
import type { AssignmentDto, AssignmentStep } from './dispatch.dto.js';
import { phoneOf } from './people.store.js';

/** An assignment with everything that a change of it touches, locked in the order of the house: incident, unit, assignment. */
export interface HeldAssignment {
  incident: IncidentForDispatch;
  unit: UnitForDispatch;
  assignment: AssignmentRow;
}

export async function holdAssignment(tx: Tx, id: string, now: Date): Promise<HeldAssignment> {
  const known = await findAssignment(tx, id);
  if (!known) throw notFound('assignment', id);
  const incident = await lockIncident(tx, known.incidentId);
  const [unit] = await lockUnits(tx, [known.unitId], now);
  const assignment = await lockAssignment(tx, id);
  ensure(
    incident !== undefined && unit !== undefined && assignment !== undefined,
    'an assignment keeps its incident and unit',
  );
  return { incident, unit, assignment };
}

/** Societies whose officers may act on an assignment: where the incident is, who leads it, whose team it is. */
export const assignmentPaths = ({ incident, unit }: Pick<HeldAssignment, 'incident' | 'unit'>): string[] => [
  ...incidentPaths(incident),
  unit.societyPath,
];

/** Whether the actor speaks as the team itself (its leader or deputy), not for it. */
export const speaksAsTeam = (actor: Actor, teamId: string): boolean => may(actor, 'assignment.step', { teamId });

@Injectable()
export class AssignmentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async assignments(actor: Actor, filter: WorkFilter): Promise<AssignmentDto[]> {
    return read(this.db, (tx) => visibleAssignments(tx, actor.keys, filter));
  }

  /** 404 `assignment.not-found`. */
  async assignment(actor: Actor, id: string): Promise<AssignmentDto> {
    return read(this.db, async (tx) =>
      toAssignmentDto(visibleOr404(actor, await findAssignment(tx, id), 'assignment', id)),
    );
  }

  /**
   * Takes a step of the table in assignment.rules.ts: the team's leader or an officer for it; withdrawing is the officers'. An answer or a
   * withdrawal also ends the alert. 409 `assignment.step-not-allowed`, `assignment.stale`; 422 `fact.in-future`.
   */
  async takeStep(actor: Actor, id: string, step: Exclude<Step, 'miss'>, input: AssignmentStep): Promise<AssignmentDto> {
    return inCommand(this.db, actor, async (tx) => {
      const now = this.clock.now();
      visibleOr404(actor, await findAssignment(tx, id), 'assignment', id);
      const held = await holdAssignment(tx, id, now);
      const { assignment } = held;
      const action = step === 'withdraw' ? 'assignment.withdraw' : 'assignment.step';
      allow(actor, action, { paths: assignmentPaths(held), teamId: assignment.teamId });
      if (input.version !== undefined && input.version !== assignment.version)
        throw new Problem('assignment.stale', { version: assignment.version });
      const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
      const asked = step === 'accept' ? { headcount: assignment.headcount, ...input } : input;
      const decided = takeStep(assignment, step, { ...asked, occurredAt, now });
      const alert = await lockAlertOfAssignment(tx, id);
      const recordedAt = input.recordedAt ? new Date(input.recordedAt) : now;
      const heads = step === 'accept' ? null : input.headcount;
      const dto = await changeAssignment(tx, decided, { step, heads, actor, now, occurredAt, recordedAt });
      if (alert)
        await endAlert(tx, {
          alert,
          held,
          step,
          input,
          actor,
          times: { now, occurredAt, recordedAt },
          answerS: this.config.ALERT_ANSWER_S,
        });
      return dto;
    });
  }
}

interface Ending {
  alert: AlertRow;
  held: HeldAssignment;
  step: Step;
  input: AssignmentStep;
  actor: Actor;
  times: { now: Date; occurredAt: Date; recordedAt: Date };
  answerS: number;
}

/** The alert hears of the step: a yes or no is an answer like one by link, a withdrawal stops the run (D2) and is told to who was told. */
async function endAlert(tx: Tx, { alert, held, step, input, actor, times, answerS }: Ending): Promise<void> {
  if (step === 'accept' || step === 'decline') {
    const team = speaksAsTeam(actor, held.assignment.teamId);
    const onBehalfOf = team ? null : (held.unit.leader?.name ?? held.unit.teamName);
    await recordAnswer(tx, alert, {
      answer: step, minutes: input.etaMin ?? null, headcount: input.headcount ?? null, reason: input.reason ?? null, by: actor, onBehalfOf,
      channel: team ? 'in-app' : 'desk', ...times,
    }); // prettier-ignore
  }
  if (step !== 'withdraw') return;
  await stopAlert(tx, alert, { reason: 'withdrawn', now: times.now, actor });
  const people = (await peopleTold(tx, alert.id)).filter((person) => person.role !== 'duty');
  if (people.length === 0) return;
  const { incident, unit, assignment } = held;
  await raiseAlert(tx, {
    kind: 'stand-down', incident, missionId: assignment.missionId, assignmentId: assignment.id,
    team: { id: unit.teamId, name: unit.teamName, unitCode: unit.code }, message: input.reason ?? '', dutyPhone: await phoneOf(tx, actor.userId),
    steps: [{ role: 'leader', people }], scope: assignment.scope, answerS, now: times.now, actor,
  }); // prettier-ignore
}
