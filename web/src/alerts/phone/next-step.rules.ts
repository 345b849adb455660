import type { AssignmentStatus, LinkedProgressDto } from '../../../../src/dispatch/dispatch.dto.js';
import type { View } from './face.rules.js';
import type { Sending } from './outbox.rules.js';

export type LeaderStep =
  'accept' | 'assemble' | 'depart' | 'arrive' | 'work' | 'rest' | 'resume' | 'release' | 'return' | 'close';

type Choice = { main: LeaderStep; others: LeaderStep[] };

/** What a leader may say next: the usual step is the big button. Declining goes through the alert, with its reasons. */
const CHOICES: Partial<Record<AssignmentStatus, Choice>> = {
  alerted: { main: 'accept', others: [] },
  accepted: { main: 'assemble', others: ['depart'] },
  assembling: { main: 'depart', others: [] },
  departed: { main: 'arrive', others: [] },
  'on-scene': { main: 'release', others: ['work', 'rest'] },
  working: { main: 'release', others: ['rest'] },
  resting: { main: 'resume', others: ['release'] },
  released: { main: 'return', others: [] },
  returning: { main: 'close', others: [] },
};
const LEADS_TO: Record<LeaderStep, AssignmentStatus> = {
  accept: 'accepted', assemble: 'assembling', depart: 'departed', arrive: 'on-scene', work: 'working', rest: 'resting',
  resume: 'working', release: 'released', return: 'returning', close: 'closed',
}; // prettier-ignore

export const choicesAt = (status: AssignmentStatus): Choice | null => CHOICES[status] ?? null;

/** Where the team stands for its leader: the server's status and the steps that are still on their way. */
export const statusAfter = (status: AssignmentStatus, waiting: readonly LeaderStep[]): AssignmentStatus =>
  waiting.reduce((_, step) => LEADS_TO[step], status);

/** Steps at which the leader counts heads. */
export const countsHeads = (step: LeaderStep): boolean => step === 'assemble' || step === 'arrive';

/** The step that a sending tells: by link in its content, by a session in its address. */
export const stepOf = ({ path, body }: Pick<Sending, 'path' | 'body'>): LeaderStep =>
  (body.step ?? path.slice(path.lastIndexOf('/') + 1)) as LeaderStep;

/** Where a unit stands, as far as its page can know. */
export type Standing = NonNullable<LinkedProgressDto['unit']>;

/**
 * Where the unit of a link stands. Who has just said yes goes on at once: the server's word comes later, or much later where there is no
 * network.
 */
export function standingOf(unit: Standing | null, view: View, asked: number | null): Standing | null {
  if (unit && unit.status !== 'alerted') return unit;
  if (view.name !== 'unsent' && view.name !== 'sent') return null;
  const { body, writtenAtMs } = view.sending;
  if (body.answer !== 'accept') return null;
  return {
    status: 'accepted',
    statusSince: (body.occurredAt as string | undefined) ?? new Date(writtenAtMs).toISOString(),
    headcount: asked ?? 1,
    promisedHeadcount: (body.headcount as number | undefined) ?? null,
    actualHeadcount: null,
    active: true,
    named: unit?.named ?? true,
    mayStep: true,
  };
}
