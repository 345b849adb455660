import { describe, expect, it } from '@jest/globals';
import { STAGES, type ParDto, type RollDto } from '../../src/dispatch/accountability/roll.dto.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import { USUAL_LIMITS } from '../../src/settings/clock-limits.rules.js';
import { alarmsOf } from '../../web/src/desk/alarms.rules.js';
import { choicesOf, expectedOf, parWait, spoken, stageAt } from '../../web/src/dispatch/people/people.rules.js';
import { waitingsOf } from '../../web/src/incidents/waiting.rules.js';

const at = (time: string) => `2026-11-22T${time}Z`;
const par = (more: Partial<ParDto>): ParDto =>
  ({ state: 'due-later', intervalS: 1200, answerS: 180, accountedAt: at('01:00:00'), askedAt: null, missedAt: null, waitingFor: '张强', ...more }) as ParDto; // prettier-ignore
const roll = (more: Partial<RollDto>): RollDto =>
  ({ id: 'a', assignmentId: 'a', incidentId: 'i', unitCode: 'U-1', people: [], counts: { unaccounted: 0 }, par: null, ...more }) as unknown as RollDto; // prettier-ignore
const person = (name: string, state: string) => ({ id: name, name, state, since: at('01:10:00') });
const incident = {
  id: 'i',
  severity: 'III',
  status: 'on-scene',
  placeText: '临海',
  reportedAt: at('00:00:00'),
} as IncidentDto;
const assignment = { id: 'a', teamName: '临海队', status: 'working', statusSince: at('00:50:00') } as AssignmentDto;
const waitings = (rolls: RollDto[], time: string, assignments = [assignment]) =>
  waitingsOf(
    incident,
    { work: { assignments, alerts: [], orders: [], rolls }, limits: USUAL_LIMITS, lastHeardAt: () => at('00:50:00'), departureS: () => null, ownerOf: () => ({ id: '', name: '' }) },
    Date.parse(at(time)),
  ); // prettier-ignore

describe('the clock of a unit on the console', () => {
  it('names who is waited for and since when', () => {
    const asked = par({ state: 'asked', askedAt: at('01:20:00') });
    expect(waitings([roll({ par: asked })], '01:21:00')[0]).toEqual({ code: 'par', who: '张强', since: at('01:20:00'), limit: { limitS: 180 }, ref: 'a' }); // prettier-ignore
    expect(parWait(par({ state: 'missed', missedAt: at('01:23:00') }))).toMatchObject({ code: 'par-missed', since: at('01:23:00') }); // prettier-ignore
    expect(parWait(par({ state: 'excused' }))).toMatchObject({ code: 'par-held', limit: null });
    expect(parWait(par({}))).toMatchObject({ code: 'check-in', limit: { limitS: 1380, amberS: 1200 } });
  });

  it('raises an alarm for a unit that is silent, and for people who are missing, by name', () => {
    const lost = roll({
      par: par({ state: 'missed', missedAt: at('01:23:00') }),
      people: [person('李明', 'missing'), person('王芳', 'missing'), person('张强', 'on-scene')] as RollDto['people'],
    });
    const found = alarmsOf(incident, waitings([lost], '01:30:00'), Date.parse(at('01:30:00')));
    expect(found.map(({ code, who }) => [code, who])).toEqual([
      ['missing', '李明、王芳'],
      ['par-missed', '临海队'],
    ]);
  });

  it('waits on for a unit that has gone home and left somebody open', () => {
    const open = roll({
      people: [person('李明', 'out')] as RollDto['people'],
      counts: { unaccounted: 1 } as RollDto['counts'],
    });
    const gone = { ...assignment, id: 'other', status: 'departed' as const };
    expect(waitings([open], '01:30:00', [gone]).map(({ code, who }) => [code, who])).toContainEqual(['unaccounted', 'U-1 1']); // prettier-ignore
  });
});

describe('what may be said of a person', () => {
  it('is a mark, or where he went', () => {
    expect(spoken('')).toBeNull();
    expect(spoken('present')).toEqual({ mark: 'present' });
    expect(spoken('hospital')).toEqual({ mark: 'left', outcome: 'hospital' });
  });

  it('fits the state: nobody at home is missing, nobody settled is changed', () => {
    for (const stage of STAGES) {
      expect(choicesOf({ state: 'staying' }, stage)).toEqual(['', 'present', 'coming']);
      expect(choicesOf({ state: 'settled' }, stage)).toEqual(['']);
      expect(choicesOf({ state: 'on-scene' }, stage)).toContain('hospital');
    }
    expect(choicesOf({ state: 'out' }, 'assembling')).toContain('staying');
  });

  it('is asked where the unit stands', () => {
    expect(['accepted', 'departed', 'resting', 'released', 'returning', 'closed'].map((status) => stageAt(status as AssignmentDto['status']))).toEqual(['assembling', 'on-scene', 'on-scene', 'release', 'home', 'home']); // prettier-ignore
    const people = [person('李明', 'missing'), person('张强', 'on-scene'), person('赵', 'back')] as RollDto['people'];
    expect(expectedOf(roll({ people })).map(({ name }) => name)).toEqual(['李明', '张强']);
  });
});
