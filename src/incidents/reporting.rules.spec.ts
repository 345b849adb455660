import { describe, expect, it } from '@jest/globals';
import type { IncidentDto } from './incidents.dto.js';
import { reportClocks } from './reporting.rules.js';

const REPORTED = '2026-07-21T03:00:00.000Z';
const none = { anyAt: null, writtenAt: null, lastAt: null };
const of = (facts: Partial<Pick<IncidentDto, 'kind' | 'status' | 'reporting'>>, level: 'I' | 'II' | 'III' | 'IV' | null = null) =>
  reportClocks({ kind: 'typhoon', status: 'verified', reportedAt: REPORTED, reporting: none, ...facts }, level)
    .map(({ code, dueAt, metAt }) => [code, dueAt.slice(11, 16), metAt?.slice(11, 16) ?? null]); // prettier-ignore
const at = (time: string) => `2026-07-21T${time}:00.000Z`;

describe('the clocks of reporting upwards', () => {
  it('start with the report to us: half an hour by telephone, two hours in writing', () => {
    expect(of({})).toEqual([['phone', '03:30', null], ['first', '05:00', null]]); // prettier-ignore
    expect(of({ reporting: { anyAt: at('03:10'), writtenAt: null, lastAt: at('03:10') } })).toEqual([['phone', '03:30', '03:10'], ['first', '05:00', null]]); // prettier-ignore
  });

  it('go on from the newest report until the situation is stable, twice as often at levels I and II', () => {
    const reporting = { anyAt: at('03:10'), writtenAt: at('04:00'), lastAt: at('08:00') };
    const last = (level: 'I' | 'II' | 'III' | 'IV' | null, status: IncidentDto['status'] = 'on-scene') => of({ reporting, status }, level).at(-1); // prettier-ignore
    for (const level of ['I', 'II'] as const) expect(last(level)).toEqual(['follow-up-12', '20:00', null]);
    for (const level of ['III', 'IV', null] as const) expect(last(level)).toEqual(['follow-up-24', '08:00', null]);
    for (const status of ['stabilised', 'demobilising', 'closed'] as const) expect(last('I', status)![0]).toBe('first');
  });

  it('do not run for small jobs without a response, nor for what was no incident', () => {
    expect([of({ kind: 'missing-person' }), of({ status: 'dismissed' }), of({ status: 'merged' })]).toEqual([[], [], []]); // prettier-ignore
    expect(of({ kind: 'missing-person' }, 'IV').length).toBe(2);
  });
});
