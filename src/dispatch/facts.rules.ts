import { Problem } from '../shared/problem.js';

/** Clocks of phones differ; a step that happened later than this from now is a mistake. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** 422 `fact.in-future`. */
export function mustHaveHappened({ occurredAt, now }: { occurredAt: Date; now: Date }): void {
  if (occurredAt.getTime() > now.getTime() + CLOCK_SKEW_MS)
    throw new Problem('fact.in-future', { occurredAt: occurredAt.toISOString() });
}

/** 400 `request.invalid` at a field that this step cannot do without. */
export const fieldMissing = (pointer: string) =>
  new Problem('request.invalid', {}, { errors: [{ pointer, code: 'required' }] });
