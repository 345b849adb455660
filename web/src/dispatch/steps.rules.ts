import type { AssignmentStatus } from '../../../src/dispatch/dispatch.dto.js';

export type Step =
  | 'accept'
  | 'decline'
  | 'assemble'
  | 'depart'
  | 'arrive'
  | 'work'
  | 'rest'
  | 'resume'
  | 'release'
  | 'return'
  | 'close'
  | 'withdraw';

/** Steps the desk may take for a team, the usual next one first. The server has the last word. */
const STEPS: Partial<Record<AssignmentStatus, Step[]>> = {
  planned: ['withdraw'],
  reserved: ['withdraw'],
  alerted: ['accept', 'decline', 'withdraw'],
  accepted: ['depart', 'assemble', 'decline', 'withdraw'],
  assembling: ['depart', 'withdraw'],
  departed: ['arrive', 'withdraw'],
  'on-scene': ['work', 'rest', 'release'],
  working: ['rest', 'release'],
  resting: ['resume', 'release'],
  released: ['return'],
  returning: ['close'],
};

export const stepsOf = (status: string): Step[] => STEPS[status as AssignmentStatus] ?? [];
export const needsReason = (step: Step): boolean => step === 'decline' || step === 'withdraw';
