import { describe, expect, it } from '@jest/globals';
import { bindingPlan, mustBeInheritable, mustNotRepeat, planAfter, wholePlan } from './plan.rules.js';
import { planAdds, requirement, type Requirement } from './plans.dto.js';
import { factsOf } from './facts.rules.js';
import { differenceOf, proposeLevel } from './response-plan.rules.js';

const line = (kind: Requirement['kind'], code: string, count = 1): Requirement =>
  requirement.parse({ kind, code, count, title: kind === 'task' ? code : '' });
const adds = (levels: object) => planAdds.parse(levels);

describe('a version of a plan', () => {
  it('takes the steps of its table and no other', () => {
    const states = ['template', 'draft', 'in-force', 'retired'] as const;
    const allowed: Record<string, string> = {
      'draft amend': 'draft', 'draft release': 'in-force', 'draft retire': 'retired', 'in-force retire': 'retired',
      'in-force renew': 'in-force', 'retired renew': 'retired',
    }; // prettier-ignore
    for (const state of states) {
      for (const step of ['amend', 'release', 'retire', 'renew'] as const) {
        const wanted = allowed[`${state} ${step}`];
        if (wanted) expect(planAfter(state, step)).toBe(wanted);
        else expect(() => planAfter(state, step)).toThrow('plan.step-not-allowed');
      }
    }
  });

  it('keeps what it inherits whole and only adds', () => {
    const province = { triggers: [{ level: 'III', by: 'deadAndMissing', from: 50, source: 'x' }], adds: adds({ IV: [line('task', 'duty'), line('team', 'relief', 10)] }) } as const; // prettier-ignore
    const county = { triggers: [{ level: 'IV', by: 'deadAndMissing', from: 1, source: 'x' }], adds: adds({ IV: [line('team', 'relief', 5)], III: [line('goods', 'FK01', 100)] }) } as const; // prettier-ignore
    const whole = wholePlan([province, county]);
    expect(whole.triggers).toEqual([...province.triggers, ...county.triggers]);
    for (const { level, by, from } of province.triggers)
      expect(proposeLevel({ plan: 'p', version: 1, ...whole }, { [by]: from }).level).toBe(level);
    expect(proposeLevel({ plan: 'p', version: 1, ...whole }, { deadAndMissing: 1 }).level).toBe('IV');
    const { start } = differenceOf({ plan: 'p', version: 1, ...whole }, { from: null, to: 'III' });
    expect(start.map(({ code, count }) => [code, count])).toEqual([['duty', 1], ['relief', 15], ['FK01', 100]]); // prettier-ignore
  });

  it('names a duty once in all levels, and a team or item once a level', () => {
    const good = adds({ IV: [line('team', 'relief', 5)], III: [line('team', 'relief', 5)] });
    expect(() => mustNotRepeat({ adds: good }, good)).not.toThrow();
    const twice = adds({ IV: [line('team', 'relief', 5), line('team', 'relief', 1)] });
    expect(() => mustNotRepeat({ adds: twice }, twice)).toThrow('plan.line-repeated');
    const duty = adds({ IV: [line('task', 'duty')], II: [line('task', 'duty')] });
    expect(() => mustNotRepeat({ adds: duty }, duty)).toThrow('plan.line-repeated');
  });

  it('knows whole lines only', () => {
    const task = { kind: 'task', code: 'a', count: 1, title: 'a' };
    expect(requirement.safeParse(task).success).toBe(true);
    for (const bad of [
      { ...task, title: '' },
      { ...task, count: 2 },
      { kind: 'team', code: 'nonsense', count: 3 },
      { kind: 'goods', code: 'FK01', count: 0 },
    ])
      // prettier-ignore
      expect(requirement.safeParse(bad).success).toBe(false);
  });

  it.each([
    ['/33/', 'typhoon', 'in-force', true], ['/33/', 'any', 'in-force', true], ['/33/3310/', 'typhoon', 'in-force', false],
    ['/32/', 'typhoon', 'in-force', false], ['/33/', 'flood', 'in-force', false], ['/33/', 'typhoon', 'draft', false],
    ['/33/', 'typhoon', 'retired', false], [null, 'any', 'template', false],
  ] as const)('inherited from %s for %s, %s: %s', (path, hazard, state, fits) => {
    const act = () => mustBeInheritable({ path, hazard, state }, { path: '/33/3310/', hazard: 'typhoon' });
    if (fits) expect(act).not.toThrow();
    else expect(act).toThrow('plan.not-inheritable');
  }); // prettier-ignore

  it('binds by the nearest society, then by the hazard', () => {
    const plans = [
      { id: 'p-any', path: '/33/', hazard: 'any' }, { id: 'p', path: '/33/', hazard: 'typhoon' }, { id: 'c', path: '/33/3310/', hazard: 'any' },
    ] as const; // prettier-ignore
    const of = (path: string, hazard: string) => bindingPlan(plans, { path, hazard })?.id;
    expect([of('/33/3310/331082/', 'typhoon'), of('/33/3301/', 'typhoon'), of('/33/', 'flood'), of('/32/', 'typhoon')]).toEqual(['c', 'p', 'p-any', undefined]); // prettier-ignore
  });
});

describe('the facts of an incident', () => {
  const of = (figures: object, peopleAffected: number | null = null, stated = {}) => factsOf({ figures, peopleAffected }, stated); // prettier-ignore
  it.each([
    [{}, {}],
    [{ dead: 3 }, { deadAndMissing: 3 }],
    [{ missing: 2 }, { deadAndMissing: 2 }],
    [{ dead: 0, missing: 0 }, { deadAndMissing: 0 }],
    [{ dead: 100, missing: 60 }, { deadAndMissing: 160 }],
    [{ moved: 5 }, { movedOrNeedingAid: 5 }],
    [{ moved: 5, needingAid: 9 }, { movedOrNeedingAid: 9 }],
    [
      { roomsCollapsed: 7, affected: 8, injured: 9 },
      { roomsCollapsed: 7, affected: 8, injured: 9 },
    ],
  ])('%j says %j', (figures, wanted) => expect(of(figures)).toEqual(wanted));

  it('takes the first count of people until a report has one, and what the person who decides adds', () => {
    expect(of({}, 40)).toEqual({ affected: 40 });
    expect(of({ affected: 90 }, 40)).toEqual({ affected: 90 });
    expect(of({ dead: 160 }, null, { neighbourAlsoHit: true, householdsCollapsed: undefined })).toEqual({ deadAndMissing: 160, neighbourAlsoHit: true }); // prettier-ignore
  });
});
