import { Problem } from '../../shared/problem.js';
import { type Measure, type Requirement, RESPONSE_LEVELS, type ResponseLevel, type Trigger } from './plans.dto.js';

export { RESPONSE_LEVELS };
export type { Measure, Requirement, ResponseLevel, Trigger };
/** What is known, in the area that the plan speaks of. A measure that nobody reported is left out, which is not zero. */
export type LevelFacts = Partial<Record<Measure, number>> & { neighbourAlsoHit?: boolean };

/** One released text of a plan. Levels add up: a level asks for its own requirements and those of every lesser level. */
export interface PlanVersion {
  plan: string;
  version: number;
  triggers: readonly Trigger[];
  adds: Readonly<Partial<Record<ResponseLevel, readonly Requirement[]>>>;
}
/** A trigger that is reached, with the fact that reached it: what the person who decides is shown. */
export interface Reached extends Trigger {
  value: number;
}
export interface Proposal {
  plan: string;
  version: number;
  /** The gravest level that a fact speaks for; null when none does. People set levels. */
  level: ResponseLevel | null;
  /** Gravest first; for each measure only its gravest line. */
  reached: Reached[];
  /** Measures that the plan asks for and nobody reported: silence is not zero. */
  unknown: Measure[];
}

/** 0 for I to 3 for IV. */
export const gravity = (level: ResponseLevel): number => RESPONSE_LEVELS.indexOf(level);

/** Which level the facts speak for under a version of a plan. Decides nothing: same facts and version, same answer. */
export function proposeLevel(plan: PlanVersion, facts: LevelFacts): Proposal {
  const gravest = new Map<Measure, Reached>();
  for (const trigger of plan.triggers) {
    const value = facts[trigger.by];
    if (value === undefined || value < trigger.from) continue;
    if (trigger.onlyWhen && facts[trigger.onlyWhen] !== true) continue;
    const held = gravest.get(trigger.by);
    if (!held || gravity(trigger.level) < gravity(held.level)) gravest.set(trigger.by, { ...trigger, value });
  }
  const reached = [...gravest.values()].sort((a, b) => gravity(a.level) - gravity(b.level) || a.by.localeCompare(b.by));
  const asked = [...new Set(plan.triggers.map(({ by }) => by))];
  const unknown = asked.filter((by) => facts[by] === undefined);
  return { plan: plan.plan, version: plan.version, level: reached[0]?.level ?? null, reached, unknown };
}

/** Everything that a level asks for, lesser levels included, summed by kind and code. */
export function requirementsAt(plan: PlanVersion, level: ResponseLevel | null): Requirement[] {
  if (level === null) return [];
  const sums = new Map<string, Requirement>();
  for (const each of [...RESPONSE_LEVELS].reverse().filter((one) => gravity(one) >= gravity(level))) {
    for (const one of plan.adds[each] ?? []) {
      const key = `${one.kind} ${one.code}`;
      sums.set(key, { ...one, count: one.count + (sums.get(key)?.count ?? 0) });
    }
  }
  return [...sums.values()];
}

export interface Difference {
  start: Requirement[];
  /** In reverse order of how they were asked for. */
  release: Requirement[];
}

/** What a change of level newly asks for and what it no longer does. A change and its way back cancel out. */
export function differenceOf(
  plan: PlanVersion,
  change: { from: ResponseLevel | null; to: ResponseLevel | null },
): Difference {
  const [before, after] = [requirementsAt(plan, change.from), requirementsAt(plan, change.to)];
  return { start: beyond(after, before), release: beyond(before, after).reverse() };
}

function beyond(these: Requirement[], those: Requirement[]): Requirement[] {
  return these.flatMap((one) => {
    const held = those.find((other) => other.kind === one.kind && other.code === one.code)?.count ?? 0;
    return one.count > held ? [{ ...one, count: one.count - held }] : [];
  });
}

export type LevelStep = 'approve' | 'raise' | 'lower' | 'end';
/** The level after a signed act. 409 `response-level.step-not-allowed`; 400 `request.invalid` without a reason. */
export function changeLevel(
  from: ResponseLevel | null,
  act: { step: LevelStep; to?: ResponseLevel; reason: string },
): ResponseLevel | null {
  if (act.reason.trim() === '')
    throw new Problem('request.invalid', {}, { errors: [{ pointer: '/reason', code: 'required' }] });
  const to = act.step === 'end' ? null : (act.to ?? null);
  if (!allowed(from, act.step, to))
    throw new Problem('response-level.step-not-allowed', { step: act.step, from: from ?? 'none', to: to ?? 'none' });
  return to;
}

function allowed(from: ResponseLevel | null, step: LevelStep, to: ResponseLevel | null): boolean {
  if (step === 'approve') return from === null && to !== null;
  if (from === null) return false;
  if (step === 'end') return true;
  if (to === null) return false;
  return step === 'raise' ? gravity(to) < gravity(from) : gravity(to) > gravity(from);
}
