import { describe, expect, it } from '@jest/globals';
import { requirement } from './plans.dto.js';
import { TASK_STATES } from './responses.dto.js';
import { mayTake, mustHold, taskAfter, tasksOf } from './tasks.rules.js';

describe('a task', () => {
  it('takes the steps of its table and no other', () => {
    const allowed: Record<string, string> = {
      'open take': 'taken', 'taken give-back': 'open', 'taken finish': 'done', 'open drop': 'dropped', 'taken drop': 'dropped',
    }; // prettier-ignore
    for (const state of TASK_STATES) {
      for (const step of ['take', 'give-back', 'finish', 'drop'] as const) {
        const wanted = allowed[`${state} ${step}`];
        if (wanted) expect(taskAfter(state, step)).toBe(wanted);
        else expect(() => taskAfter(state, step)).toThrow('task.step-not-allowed');
      }
    }
  });

  it('is finished by who took it', () => {
    expect(() => mustHold({ takenById: 'a', takenBy: 'A' }, 'a')).not.toThrow();
    expect(() => mustHold({ takenById: 'a', takenBy: 'A' }, 'b')).toThrow('task.held-by-other');
  });

  it.each([
    ['dutyOfficer', '/33/3310/', true], ['dutyOfficer', '/33/', true], ['dutyOfficer', '/33/3301/', false], ['dutyLead', '/33/3310/', true],
    ['supervisor', '/33/', true], ['administrator', '/33/', false], ['keeper', '/33/3310/', false],
  ])('of a supervisor may be taken by %s at %s: %s', (role, path, may) => {
    const at = { role, path, teamId: null, warehouseId: null };
    expect(mayTake([at], { ownerRole: 'supervisor', path: '/33/3310/' })).toBe(may);
    expect(mayTake([{ ...at, teamId: 't' }], { ownerRole: 'supervisor', path: '/33/3310/' })).toBe(false);
  }); // prettier-ignore

  it('comes one for each line of a difference, due so many minutes after the signature', () => {
    const line = (code: string, dueMin: number) => requirement.parse({ kind: 'goods', code, count: 5, dueMin });
    const at = new Date('2026-07-21T03:00:00Z');
    const tasks = tasksOf({ start: [line('a', 30)], release: [line('c', 90), line('b', 60)] }, { level: 'III', at });
    expect(tasks.map((task) => [task.line, task.act, task.code, task.level, task.dueAt.toISOString()])).toEqual([
      [1, 'start', 'a', 'III', '2026-07-21T03:30:00.000Z'],
      [2, 'release', 'c', 'III', '2026-07-21T04:30:00.000Z'],
      [3, 'release', 'b', 'III', '2026-07-21T04:00:00.000Z'],
    ]);
  });
});
