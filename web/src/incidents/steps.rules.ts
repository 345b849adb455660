import type { IncidentStatus } from '../../../src/incidents/incidents.dto.js';

export type IncidentStepName = 'verify' | 'dismiss' | 'stabilise' | 'close' | 'reopen';
const STEPS: Partial<Record<IncidentStatus, IncidentStepName[]>> = {
  reported: ['verify', 'dismiss'],
  verified: ['dismiss'],
  responding: ['stabilise'],
  'on-scene': ['stabilise'],
  stabilised: ['close', 'reopen'],
  demobilising: ['close', 'reopen'],
  closed: ['reopen'],
};
export const incidentStepsOf = (status: IncidentStatus): IncidentStepName[] => STEPS[status] ?? [];
/** Steps that end or revive something say why; closing also shows what is still open (C-24). */
export const asksFirst = (step: IncidentStepName): boolean =>
  step === 'dismiss' || step === 'close' || step === 'reopen';
