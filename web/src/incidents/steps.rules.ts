import type { IncidentStatus } from '../../../src/incidents/incidents.dto.js';

export type IncidentStepName = 'verify' | 'dismiss' | 'merge' | 'stabilise' | 'demobilise' | 'close' | 'reopen';
/** Steps that people take, the usual one first; responding and on scene follow from the teams. The server has the last word. */
const STEPS: Partial<Record<IncidentStatus, IncidentStepName[]>> = {
  reported: ['verify', 'merge', 'dismiss'],
  verified: ['merge', 'stabilise', 'dismiss'],
  responding: ['stabilise'],
  'on-scene': ['stabilise'],
  stabilised: ['demobilise', 'close'],
  demobilising: ['close'],
  closed: ['reopen'],
};
export const incidentStepsOf = (status: IncidentStatus): IncidentStepName[] => STEPS[status] ?? [];
/** Steps that end or revive something are asked about first, with what is still open (C-24). */
export const asksFirst = (step: IncidentStepName, status: IncidentStatus): boolean =>
  step === 'close' || step === 'merge' || reasonRequired(step, status);
export const ends = (step: IncidentStepName): boolean => step === 'close' || step === 'merge' || step === 'dismiss';
/** Without anybody at the scene somebody must say how it is known to be under control. */
export const reasonRequired = (step: IncidentStepName, status: IncidentStatus): boolean =>
  step === 'dismiss' || step === 'reopen' || (step === 'stabilise' && status !== 'on-scene');
