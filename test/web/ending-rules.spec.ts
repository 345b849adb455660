import { describe, expect, it } from '@jest/globals';
import type { TaskDto } from '../../src/incidents/response/responses.dto.js';
import { hasEnded, hindrancesOf, type Open } from '../../web/src/incidents/ending.rules.js';
import { idleOf } from '../../web/src/incidents/response/tasks.rules.js';
import { labelOf } from '../../web/src/relief-stock/scan/scan.rules.js';

const nothing: Open = {
  work: { assignments: [], alerts: [], orders: [], rolls: [] }, helpCalls: [], responses: [], tasks: [],
}; // prettier-ignore
const open = (more: object): Open => ({ ...nothing, ...more }) as Open;
const work = (more: object) => ({ work: { ...nothing.work, ...more } });

describe('what an incident may not end over', () => {
  it.each([
    ['nothing when nothing is open', {}, []],
    ['a call for help', { helpCalls: [{ byName: '王' }] }, ['help 1 王 people']],
    ['teams that are out', work({ assignments: [{ teamName: '队', unitCode: 'A' }] }), ['teams 1 队 A work']],
    ['orders on their way', work({ orders: [{ number: 'N1', status: 'shipped' }, { number: 'N2', status: 'received' }] }), ['orders 1 N1 work']],
    ['people without account, not those who are back', work({ rolls: [{ unitCode: 'A', counts: { unaccounted: 3 } }, { unitCode: 'B', counts: { unaccounted: 0 } }] }), ['people 3 A people']],
    ['a response and its tasks', { responses: [{ planTitle: '预案' }], tasks: [{ id: 't' }, { id: 'u' }] }, ['responses 1 预案 response', 'tasks 2  response']],
  ])('%s', (_, more, expected) => {
    const found = hindrancesOf(open(more)).map(({ key, count, which, tab }) => `${key} ${count} ${which.join()} ${tab}`);
    expect(found).toEqual(expected);
  }); // prettier-ignore

  it('is asked of incidents that go on only', () => {
    expect(['closed', 'dismissed', 'merged'].every((status) => hasEnded(status as 'closed'))).toBe(true);
    expect(hasEnded('stabilised')).toBe(false);
  });
});

describe('tasks that nothing asks for any more', () => {
  const task = (id: string, more: Partial<TaskDto> = {}) =>
    ({ id, responseId: 'r', act: 'start', kind: 'team', code: 'water', count: 8, title: '', state: 'open', ...more }) as TaskDto;
  const idle = (tasks: TaskDto[], ...running: string[]) => idleOf(tasks, new Set(running)).map(({ id }) => id);

  it('are those released before anybody began, with their release', () => {
    const pair = [task('start'), task('release', { act: 'release' })];
    expect(idle([...pair, task('other', { code: 'medical' })], 'r')).toEqual(['start', 'release']);
  });
  it('are not those whose work somebody took, nor the release of it', () =>
    expect(idle([task('start', { state: 'taken' }), task('release', { act: 'release' })], 'r')).toEqual([]));
  it('are not the same line of another response', () =>
    expect(idle([task('start'), task('release', { act: 'release', responseId: 's' })], 'r', 's')).toEqual([]));
  it('are all that wait once the response has ended, but what somebody took is his to settle', () =>
    expect(idle([task('start'), task('mine', { state: 'taken' })])).toEqual(['start']));
}); // prettier-ignore

describe('labels to stick on again', () => {
  it.each([
    ['lot', '/api/v1/stock/labels/lot.pdf?ids=x'],
    ['bin', '/api/v1/stock/labels/bin.pdf?ids=x'],
    ['box', '/api/v1/stock/labels/box.pdf?ids=x&size=a6'],
    ['transfer', null],
  ] as const)('%s', (kind, path) => expect(labelOf({ kind, id: 'x' })).toBe(path));
});
