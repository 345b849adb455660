import type { Trigger } from '../../../../src/incidents/response/plans.dto.js';

/** A trigger, with the fact that reached it where there is one. */
export type Reached = Trigger & { value?: number };
