import { Problem } from '../shared/problem.js';
import { DRILL_LIMITS, type DrillDto } from './drills.dto.js';

export const DRILL_ACTS = ['start', 'end', 'set-speed', 'enter', 'score', 'inject', 'judge', 'remark', 'improve', 'report'] as const; // prettier-ignore
export type DrillAct = (typeof DRILL_ACTS)[number];
const STATES: Record<DrillAct, readonly DrillDto['state'][]> = {
  start: ['planned'],
  end: ['preparing', 'running'],
  'set-speed': ['running'],
  enter: ['running'],
  score: ['running'],
  inject: ['running'],
  judge: ['running', 'ended'],
  remark: ['running', 'ended'],
  improve: ['running', 'ended'],
  report: ['running', 'ended'],
};

/** Whether a drill may be started, ended, entered, and so on, now. 409 `drill.stale` for an old version, `drill.step-not-allowed`. */
export function mayTake(drill: Pick<DrillDto, 'state' | 'version'>, act: DrillAct, version?: number): void {
  if (!STATES[act].includes(drill.state)) throw new Problem('drill.step-not-allowed', { step: act, status: drill.state }); // prettier-ignore
  if (version !== undefined && version !== drill.version) throw new Problem('drill.stale', { version: drill.version });
}

/** What the clock of a drill may show when it starts. 422 `drill.start-out-of-range` for a time of which the database, or the calendar, knows no script. */
export function mayStartAt(startsAt: Date, now: Date): void {
  const earliest = new Date(Date.UTC(DRILL_LIMITS.firstYear, 0, 1));
  const latest = new Date(now);
  latest.setUTCFullYear(now.getUTCFullYear() + DRILL_LIMITS.yearsAhead);
  if (startsAt >= earliest && startsAt <= latest) return;
  const range = { earliest: earliest.toISOString(), latest: latest.toISOString() };
  throw new Problem('drill.start-out-of-range', range, { errors: [{ pointer: '/startsAt', code: 'drill.start-out-of-range', params: range }] }); // prettier-ignore
}

const MINUTE_MS = 60_000;
/**
 * When an inject by hand is due, by the clock of the drill: at once, or at a moment of it that is still to come, within the length of a script; the minute
 * that runs counts as now. 422 `drill.inject-out-of-range`.
 */
export function injectDue(at: Date | null, now: Date): Date {
  if (at === null) return now;
  const [earliest, latest] = [now.getTime() - MINUTE_MS, now.getTime() + DRILL_LIMITS.atMin * MINUTE_MS];
  if (at.getTime() > earliest && at.getTime() <= latest) return at > now ? at : now;
  const range = { earliest: now.toISOString(), latest: new Date(latest).toISOString() };
  throw new Problem('drill.inject-out-of-range', range, { errors: [{ pointer: '/at', code: 'drill.inject-out-of-range', params: range }] }); // prettier-ignore
}

/** How often who makes a drill says that he is still at it, and after what silence he is lost. */
export const RENEW_MS = 15_000;
export const LOST_MS = 60_000;

/** What becomes of a drill that is being made: its maker has it; he is lost and it is made again; or that was tried often enough. */
export function rescueOf(
  { state, preparingSince, attempts }: { state: DrillDto['state']; preparingSince: Date | null; attempts: number },
  now: Date,
): 'leave' | 'again' | 'give-up' {
  if (state !== 'preparing' || now.getTime() - preparingSince!.getTime() <= LOST_MS) return 'leave';
  return attempts < DRILL_LIMITS.attempts ? 'again' : 'give-up';
}
