import { describe, expect, it } from '@jest/globals';
import { deskSteps } from './desk-steps.rules.js';

const person = (userId: string) => ({ memberId: null, userId, name: userId, phone: null });
const desk = ['a', 'b', 'c'].map(person);
const names = (onDuty: string[], of = desk) => deskSteps(of, onDuty).map((step) => step.map(({ name }) => name));

describe('the order in which a desk is called', () => {
  it.each([
    [['b'], [['b'], ['a', 'b', 'c']]],
    [['b', 'c'], [['b', 'c'], ['a', 'b', 'c']]],
    [[], [['a', 'b', 'c']]],
    [['gone'], [['a', 'b', 'c']]],
    [['a', 'b', 'c'], [['a', 'b', 'c']]],
  ])('with %j on duty is %j', (onDuty, steps) => expect(names(onDuty)).toEqual(steps)); // prettier-ignore

  it('never leaves anybody out', () => {
    for (const onDuty of [[], ['a'], ['a', 'b'], ['x']]) expect(names(onDuty).at(-1)).toEqual(['a', 'b', 'c']);
    expect(deskSteps([], ['a'])).toEqual([[]]);
  });
});
