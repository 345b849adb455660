import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertDto } from '../../../src/alerts/alerts.dto.js';
import type { AssignmentDto } from '../../../src/dispatch/dispatch.dto.js';
import { type Desk, Refused } from '../../replay/desk.js';

type Page<T> = { items: T[] };
export interface Person {
  desk: Desk;
  isSilent: boolean;
}

const LOOKS_EVERY_MS = 2000;
const DECLINE_SHARE = 0.1;
/** From the yes to the closed assignment, in a night that is played some sixty times as fast. */
const STEPS = ['depart', 'arrive', 'release', 'return', 'close'];
const STEP_MS = [1000, 4000] as const;
const REACTION_MS = [1000, 5000] as const;
const isOver = ({ status }: AssignmentDto) => ['no-answer', 'declined', 'withdrawn', 'closed'].includes(status);

/** The phones of a team: its leader's and its deputy's. A silent one is never looked at. */
export class Phone {
  constructor(
    private readonly leader: Person,
    private readonly deputy: Person,
    private readonly roll: () => number,
  ) {}

  get silentPeople(): number {
    return [this.leader, this.deputy].filter(({ isSilent }) => isSilent).length;
  }

  get people(): Desk[] {
    return [this.leader, this.deputy].map(({ desk }) => desk);
  }

  /** Whoever hears it answers; then the team goes, works and comes home. Ends when nothing is left to do for this assignment. */
  async ring(assignment: AssignmentDto, look: () => Promise<AssignmentDto>): Promise<void> {
    for (const person of [this.leader, this.deputy].filter(({ isSilent }) => !isSilent)) {
      await this.pause(REACTION_MS);
      const alert = await this.heard(person, assignment.id, look);
      if (!alert) return;
      const isYes = this.roll() >= DECLINE_SHARE;
      const answer = isYes ? { answer: 'accept' } : { answer: 'decline', reason: '车辆故障' };
      const answered = await person.desk.post(`/alerts/${alert.id}/answers`, answer).then(() => true, tooLate);
      if (answered && isYes) await this.goes(person.desk, assignment.id);
      return;
    }
  }

  /** The alert of this assignment, as soon as this person is told; null when it ended before. */
  private async heard(
    { desk }: Person,
    assignmentId: string,
    look: () => Promise<AssignmentDto>,
  ): Promise<AlertDto | null> {
    for (;;) {
      const { items } = await desk.get<Page<AlertDto>>('/alerts?mine=true&open=true');
      const mine = items.find((alert) => alert.assignmentId === assignmentId && alert.kind === 'deploy');
      if (mine) return mine;
      if (isOver(await look())) return null;
      await sleep(LOOKS_EVERY_MS);
    }
  }

  private async goes(desk: Desk, id: string): Promise<void> {
    for (const step of STEPS) {
      await this.pause(STEP_MS);
      await desk.post(`/assignments/${id}/${step}`, {});
    }
  }

  private pause = ([least, most]: readonly [number, number]) => sleep(least + this.roll() * (most - least));
}

function tooLate(error: unknown): false {
  if (error instanceof Refused && error.status === 409) return false;
  throw error;
}
