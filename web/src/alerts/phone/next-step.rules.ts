import type { AssignmentStatus } from '../../../../src/dispatch/dispatch.dto.js';

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
