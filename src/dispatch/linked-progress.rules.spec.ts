import { describe, expect, it } from '@jest/globals';
import { saidTheYes } from './linked-progress.rules.js';

const yes = { byName: '王建国', byUserId: 'w', onBehalfOf: null };

describe('who goes on by link', () => {
  it.each([
    ['who said the yes', yes, { userId: 'w', name: '王建国' }, true],
    ['another account of the same name', yes, { userId: 'x', name: '王建国' }, false],
    ['another person of the unit', yes, { userId: null, name: '李红' }, false],
    ['the same person, told without an account', yes, { userId: null, name: '王建国' }, true],
    ['the same person, who answered without an account', { ...yes, byUserId: null }, { userId: 'w', name: '王建国' }, true],
    ['who is of the unit for which a desk said it', { ...yes, onBehalfOf: '王队长' }, { userId: null, name: '李红' }, true],
  ])('%s', (_who, said, person, may) => {
    expect(saidTheYes(said, person)).toBe(may);
  }); // prettier-ignore
});
