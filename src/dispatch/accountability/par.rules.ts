import { Problem } from '../../shared/problem.js';
import { CLOCK_SKEW_MS, mustHaveHappened } from '../facts.rules.js';
import type { ParChannel } from './roll.dto.js';

/**
 * The accountability clock (PAR) of one unit at the scene: due → asked → asked again → missed → escalated, or all named people present.
 * Times are instants of the server's clock; nothing here waits, so a restart loses nothing.
 */
export type ParState = 'due-later' | 'asked' | 'ok' | 'short' | 'missed' | 'excused';
export interface ParSettings {
  intervalS: number;
  /** How long the first question waits, and every further one. */
  firstS: number;
  retryS: number;
  /** Questions without an answer before the unit counts as missed. */
  asks: number;
}
/** 20 min between cycles, 60 s for the first answer, 120 s for the second, missed after two: our defaults after common practice. */
export const PAR_DEFAULTS: ParSettings = { intervalS: 1200, firstS: 60, retryS: 120, asks: 2 };

export interface ParAnswer {
  occurredAt: Date;
  receivedAt: Date;
  /** People by the id of their place on the roll: two of a team may have one name. */
  present: string[];
  channel: ParChannel;
  byName: string;
  onBehalfOf: string | null;
  words: string | null;
  /** Given after the unit had counted as missed; the miss stays on record beside it. */
  late: boolean;
  /** Expected people who were not told present, and told people who were not expected. */
  absent: string[];
  unlisted: string[];
}
export interface ParClock {
  cycle: number;
  state: ParState;
  /** When the next thing happens: the question, the retry, the miss, or the end of an excuse. Null once missed: people act. */
  nextAt: Date | null;
  /** Questions put in this cycle. */
  asked: number;
  askedAt: Date | null;
  missedAt: Date | null;
  escalatedAt: Date | null;
  answers: ParAnswer[];
}
export type ParEffect = 'ask' | 'ask-again' | 'escalate';

const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);

/** The clock of a unit that was just accounted for: at its arrival, or by an answer. */
export function startPar(at: Date, settings: ParSettings, cycle = 1): ParClock {
  const nextAt = after(at, settings.intervalS);
  return { cycle, state: 'due-later', nextAt, asked: 0, askedAt: null, missedAt: null, escalatedAt: null, answers: [] };
}

/** The clock with another interval: who was accounted for at `accountedAt` is asked that long after it. */
export function reschedulePar(clock: ParClock, accountedAt: Date, settings: ParSettings): ParClock {
  if (!['due-later', 'ok', 'short'].includes(clock.state)) return clock;
  return { ...clock, nextAt: after(accountedAt, settings.intervalS) };
}

/** The clock after the time that it goes by was turned back: it waits as long as it would have. */
export const pullBack = (clock: ParClock, backMs: number): ParClock =>
  clock.nextAt ? { ...clock, nextAt: new Date(clock.nextAt.getTime() - backMs) } : clock;

/** What the clocks of processes that follow the same one may differ by. Our own figure. */
const TOLERANCE_S = 5;
/** The longest that a clock waits, in seconds; the interval runs from a moment told, which may lie a little ahead. Null: as long as somebody said. */
function longestWait(
  { state }: ParClock,
  { intervalS, firstS, retryS }: ParSettings,
): { waitS: number; skewS: number } | null {
  if (state === 'excused') return null;
  if (state === 'asked') return { waitS: Math.max(firstS, retryS), skewS: TOLERANCE_S };
  return { waitS: intervalS, skewS: CLOCK_SKEW_MS / 1000 };
}

/** The clock without an instant further away than its settings allow: one that had not followed a turned clock yet set it. */
export function clampPar(clock: ParClock, now: Date, settings: ParSettings): ParClock {
  const longest = longestWait(clock, settings);
  if (!longest || !clock.nextAt || clock.nextAt <= after(now, longest.waitS + longest.skewS)) return clock;
  return { ...clock, nextAt: after(now, longest.waitS) };
}

/**
 * What is due at `now`, one step. Called any number of times, late or by several processes under the row's lock: without a due instant
 * nothing happens, and a miss is escalated once.
 */
export function tickPar(
  clock: ParClock,
  now: Date,
  settings: ParSettings,
): { clock: ParClock; effect: ParEffect | null } {
  if (clock.nextAt === null || clock.nextAt > now) return { clock, effect: null };
  if (clock.state === 'asked' && clock.asked >= settings.asks) {
    const missed: ParClock = { ...clock, state: 'missed', nextAt: null, missedAt: now, escalatedAt: now };
    return { clock: missed, effect: 'escalate' };
  }
  const again = clock.state === 'asked';
  const asked: ParClock = {
    ...(again ? clock : freshCycle(clock)),
    state: 'asked',
    asked: again ? clock.asked + 1 : 1,
    askedAt: again ? clock.askedAt : now,
    nextAt: after(now, again ? settings.retryS : settings.firstS),
  };
  return { clock: asked, effect: again ? 'ask-again' : 'ask' };
}

const freshCycle = (clock: ParClock): ParClock =>
  clock.asked === 0 && clock.answers.length === 0 ? clock : { ...clock, cycle: clock.cycle + 1, asked: 0, askedAt: null, missedAt: null, escalatedAt: null, answers: [] }; // prettier-ignore

/**
 * Takes an answer by names against the people who are expected. All there: ok, and the interval starts at the moment they speak of.
 * Somebody missing: short. An answer that comes after the miss is kept as late, and the miss stays beside it. 422 `fact.in-future`.
 */
export function answerPar(
  clock: ParClock,
  said: Omit<ParAnswer, 'late' | 'absent' | 'unlisted'>,
  { roster, settings }: { roster: readonly string[]; settings: ParSettings },
): ParClock {
  mustHaveHappened({ occurredAt: said.occurredAt, now: said.receivedAt });
  const present = new Set(said.present);
  const absent = roster.filter((one) => !present.has(one));
  const unlisted = [...present].filter((one) => !roster.includes(one));
  const late = clock.missedAt !== null;
  const answer: ParAnswer = { ...said, present: [...present], late, absent, unlisted };
  const answers = [...clock.answers, answer];
  if (isOutdated(clock, said.occurredAt)) return { ...clock, answers };
  const state = absent.length > 0 ? 'short' : 'ok';
  return { ...clock, state, nextAt: after(said.occurredAt, settings.intervalS), answers };
}

/** Whether a moment lies before one that was already told of: such an answer is kept and changes nothing. */
export const isOutdated = (clock: ParClock, occurredAt: Date): boolean =>
  clock.answers.some((held) => held.occurredAt > occurredAt);

/** Known silence (under water, in a shaft) with an end: nothing is asked until then, and at its end the question comes at once. */
export function excusePar(clock: ParClock, until: Date, now: Date): ParClock {
  if (until <= now || clock.state === 'missed')
    throw new Problem('par.step-not-allowed', { step: 'excuse', status: clock.state });
  return { ...clock, state: 'excused', nextAt: until, asked: 0, askedAt: null };
}

/** How a cycle stands in one word for the record; a late answer keeps the miss visible. */
export const parResult = (clock: ParClock): ParState | 'answered-late' =>
  clock.missedAt !== null && clock.answers.some(({ late }) => late) ? 'answered-late' : clock.state;
