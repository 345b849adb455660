import { describe, expect, it } from '@jest/globals';
import { besideTitle } from '../../web/src/incidents/title.rules.js';
import { loadPinyin } from '../../web/src/app/pinyin.js';
import { accepts, keyName } from '../../web/src/app/keys.rules.js';
import { byCause, byUrgency, isFlood, type Alarm } from '../../web/src/desk/alarms.rules.js';
import {
  acceptedIndexes,
  isChosen,
  isOutdated,
  toggleLine,
  type SuggestionLine,
} from '../../web/src/dispatch/choice.rules.js';
import { NOTHING_HEARD, promiseOf, type Heard } from '../../web/src/dispatch/promise.rules.js';
import { manualMission } from '../../web/src/dispatch/manual.rules.js';
import { guessPlace, readCoordinates } from '../../web/src/incidents/place.rules.js';
import { queueOf, settleOrder } from '../../web/src/incidents/queue.rules.js';
import { EMPTY_REPORT, missingIn, needOf, peopleOf } from '../../web/src/incidents/report.rules.js';
import { figuresOf } from '../../web/src/incidents/figures.rules.js';
import { dutyRings } from '../../web/src/duty/duty-alarms.rules.js';
import { distanceM } from '../../web/src/map/distance.rules.js';
import { fitsAgain, fitted, FREE, movedByHand, shouldFit, unlocked } from '../../web/src/map/view-lock.rules.js';
import { GLYPHS, LOOKS, lookOf, neverTimesOut, stalePositionMs } from '../../web/src/rescue-teams/unit-state.rules.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SocietyDto } from '../../src/access/access.dto.js';

const press = (code: string, more = {}) => ({
  code,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});
const alarm = (id: string, part: Partial<Alarm>): Alarm => ({ id, source: id, deskIds: [], everywhere: false, code: 'nobody', severity: 'III', incidentId: id, place: '', who: '', since: '', dueAt: 0, ...part }); // prettier-ignore
const society = (shortName: string, level: SocietyDto['level']) => ({ shortName, level }) as SocietyDto;

describe('keys (C-21, C-22)', () => {
  it('go by place, not by letter, and leave combinations to the browser', () => {
    expect(keyName(press('KeyJ'))).toBe('J');
    expect(keyName(press('Numpad3'))).toBe('3');
    expect(keyName(press('Slash', { shiftKey: true }))).toBe('?');
    expect(keyName(press('KeyR', { ctrlKey: true }))).toBeNull();
  });

  it('stay text in a field, keep Enter on a button, and can be switched off', () => {
    expect(accepts('N', { editable: true, button: false }, true)).toBe(false);
    expect(accepts('Escape', { editable: true, button: false }, false)).toBe(true);
    expect(accepts('Enter', { editable: false, button: true }, true)).toBe(false);
    expect(accepts('N', { editable: false, button: false }, false)).toBe(false);
    expect(accepts('Enter', { editable: false, button: false }, false)).toBe(true);
  });
});

describe('the queue keeps still under the pointer (C-04)', () => {
  it('counts new rows instead of showing them, and shows them on leave', () => {
    expect(settleOrder(['a', '|', 'b'], ['n', 'a', '|'], true)).toEqual({ order: ['a', '|', 'b'], waiting: 1 });
    expect(settleOrder(['a', '|', 'b'], ['n', 'a', '|'], false)).toEqual({ order: ['n', 'a', '|'], waiting: 0 });
  });
});

describe('the map keeps the view that a hand chose (C-05)', () => {
  it('fits when the set of incidents changes, not when their order or a position does', () => {
    const shown = fitted(FREE, ['a', 'b']);
    expect(shouldFit(FREE, ['a', 'b'])).toBe(true);
    expect(shouldFit(shown, ['b', 'a'])).toBe(false);
    expect(shouldFit(shown, ['a', 'b', 'c'])).toBe(true);
  });

  it('fits what it showed once more in a window of another size, unless a hand moved it', () => {
    const shown = fitted(FREE, ['a', 'b']);
    expect([FREE, shown, movedByHand(shown)].map(fitsAgain)).toEqual([false, true, false]);
  });

  it('is locked by a move and freed by one key', () => {
    const held = movedByHand(fitted(FREE, ['a']));
    expect(shouldFit(held, ['a', 'b'])).toBe(false);
    expect(shouldFit(unlocked(), ['a', 'b'])).toBe(true);
  });
});

describe('alarms (C-15, C-16)', () => {
  it('puts the gravest first, then the one overdue longest', () => {
    const list = [
      alarm('c', { dueAt: 1 }),
      alarm('a', { severity: 'I', dueAt: 9 }),
      alarm('b', { severity: 'I', dueAt: 5 }),
    ];
    expect(list.sort(byUrgency).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('calls more than ten in ten minutes a flood and groups them by cause without losing one', () => {
    const many = Array.from({ length: 11 }, (_, at) =>
      alarm(String(at), { code: at % 2 ? 'answer' : 'nobody', dueAt: 1000 }),
    );
    expect(isFlood(many, 1000 + 10 * 60_000)).toBe(true);
    expect(isFlood(many.slice(1), 1000)).toBe(false);
    expect(byCause(many).map(({ code, alarms }) => [code, alarms.length])).toEqual([['nobody', 6], ['answer', 5]]); // prettier-ignore
  });
});

describe('units on the board (C-10, C-27)', () => {
  const booking = (status: string) => ({ assignmentId: '', incidentId: '', status, since: '' });

  it('have one glyph per look and a look for every step', () => {
    expect(new Set(Object.values(GLYPHS)).size).toBe(LOOKS.length);
    expect(lookOf({ state: 'booked', booking: booking('alerted') })).toBe('waiting');
    expect(lookOf({ state: 'booked', booking: booking('resting') })).toBe('on-scene');
    expect(lookOf({ state: 'stood-down', booking: null })).toBe('unavailable');
  });

  it('hurry nobody while they stand by or rest (C-08)', () => {
    const still = [null, booking('resting')].map((held) => neverTimesOut({ booking: held }));
    expect([...still, neverTimesOut({ booking: booking('alerted') })]).toEqual([true, true, false]);
  });

  it('show an old position as old only in the field', () => {
    const nowMs = Date.parse('2026-11-22T04:10:00Z');
    const at = (positionAt: string | null, status: string | null) =>
      stalePositionMs({ positionAt, booking: status ? booking(status) : null }, nowMs);
    expect(at('2026-11-22T04:00:00Z', 'departed')).toBe(600_000);
    expect(at('2026-11-22T04:06:00Z', 'departed')).toBeNull();
    expect(at(null, 'working')).toBe(Infinity);
    expect(at(null, null)).toBeNull();
  });
});

describe('what is listed and found', () => {
  it('is called to duty in reality and in a drill, not beside marked exercises', () => {
    expect(dutyRings({ exercise: false, inDrill: false })).toBe(true);
    expect(dutyRings({ exercise: true, inDrill: true })).toBe(true);
    expect(dutyRings({ exercise: true, inDrill: false })).toBe(false);
  });

  it('never has drills and real incidents in one list (C-29)', () => {
    const incident = (id: string, exercise: boolean) => ({ id, exercise, severity: 'II', status: 'verified', reportedAt: id }) as IncidentDto; // prettier-ignore
    const all = [incident('real', false), incident('drill', true)];
    const listed = (exercise: boolean) => Object.values(queueOf(all, new Map(), exercise)).flat();
    expect([listed(false), listed(true)]).toEqual([['real'], ['drill']]);
  });

  it('is found by Chinese, a code and the initials of its pinyin (C-23)', async () => {
    const match = await loadPinyin();
    const team = '\u676d\u5dde\u6551\u63f4\u961f T-330100-SR-1';
    expect(['\u6551\u63f4', 'hzjy', '330100', 'hangzhou'].map((words) => match(team, words))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(match(team, 'nbjy')).toBe(false);
  });
});

describe('an incident by its title', () => {
  it('says kind and place once: what its title has already is not said beside it', () => {
    expect(besideTitle('溺水：星明村', ['溺水', '星明村'])).toEqual([]);
    expect(besideTitle('老人走失', ['走失', '普陀码头'])).toEqual(['普陀码头']);
    expect(besideTitle('台风“利奇马”', ['台风', ''])).toEqual([]);
  });
});

describe('dispatch (S4)', () => {
  const lines = [{ kind: 'team' }, { kind: 'team' }, { kind: 'supply' }] as SuggestionLine[];

  it('sends the whole proposal untouched, only the best after one press, and toggles from then on', () => {
    expect(acceptedIndexes(null, lines)).toBeUndefined();
    expect(isChosen(null, 2)).toBe(true);
    const best = toggleLine(null, 0);
    expect(acceptedIndexes(best, lines)).toEqual([0]);
    expect(acceptedIndexes(toggleLine(best, 2), lines)).toEqual([0, 2]);
    expect(acceptedIndexes(toggleLine(best, 0), lines)).toEqual([]);
  });

  it('calls a plan outdated when its incident changed, not when it was only verified', () => {
    const plan = { incidentVersion: 1, solvedAt: '2026-07-21T03:00:10.000Z' };
    const told = (version: number, statusSince: string) => isOutdated(plan, { version, statusSince });
    expect(told(1, '2026-07-21T03:00:00.000Z')).toBe(false);
    expect(told(2, '2026-07-21T03:00:20.000Z')).toBe(false);
    expect(told(2, '2026-07-21T03:00:00.000Z')).toBe(true);
    expect(told(3, '2026-07-21T03:00:20.000Z')).toBe(true);
    expect(isOutdated({ ...plan, solvedAt: null }, { version: 2, statusSince: '2026-07-21T03:00:20.000Z' })).toBe(true);
  });

  it('leaves goods without a number out of a mission by hand', () => {
    const supplies = ['12', '', '0', 'x'].map((units) => ({ warehouseId: 'w', itemId: 'i', units }));
    expect(manualMission({ unitIds: ['u'], supplies, message: ' ' })).toEqual({
      assignments: [{ teamUnitId: 'u' }],
      supplies: [{ warehouseId: 'w', itemId: 'i', units: 12 }],
    });
  });
});

describe('an answer in the words of the team', () => {
  const heard = (part: Partial<Heard>) => promiseOf({ ...NOTHING_HEARD, ...part });

  it('is a delay with minutes, a condition with words alone, and nothing with neither', () => {
    expect(heard({ minutes: '90', headcount: '6' })).toEqual({ answer: 'delay', minutes: 90, headcount: 6 });
    expect(heard({ words: ' 要有人接应 ' })).toEqual({ answer: 'conditions', reason: '要有人接应' });
    expect([heard({}), heard({ headcount: '6' }), heard({ minutes: '半小时' })]).toEqual([null, null, null]);
  });
});

describe('taking a call (S2)', () => {
  it('needs only a place with a point and a type', () => {
    expect(missingIn(EMPTY_REPORT)).toEqual(['place', 'kind']);
    expect(missingIn({ ...EMPTY_REPORT, placeText: 'x', kind: 'flood' })).toEqual(['point']);
    expect(missingIn({ ...EMPTY_REPORT, placeText: 'x', kind: 'flood', lon: 121, lat: 28 })).toEqual([]);
  });

  it('reads a place from the words of the caller, the county before the city', () => {
    const known = [society('台州', 'city'), society('临海市', 'county'), society('浙江', 'province')];
    expect(guessPlace('台州临海古城街道', known)?.shortName).toBe('临海市');
    expect(guessPlace('浙江什么地方', known)).toBeNull();
  });

  it('reads coordinates in either order', () => {
    expect(readCoordinates('28.86 121.14')).toEqual({ lon: 121.14, lat: 28.86 });
    expect(readCoordinates('121.14，28.86')).toEqual({ lon: 121.14, lat: 28.86 });
    expect(readCoordinates('13705761234')).toBeNull();
  });

  it('takes the number out of words and the usual first team from the type', () => {
    expect([peopleOf('大约 1,200 人'), peopleOf('不清楚')]).toEqual([1200, null]);
    expect(needOf({ kind: 'drowning', speciality: '', headcount: '' })).toEqual({ speciality: 'water', headcount: 8 });
    expect(needOf({ kind: 'drowning', speciality: '', headcount: '0' })).toBeNull();
    expect(needOf({ kind: 'other', speciality: '', headcount: '' })).toBeNull();
  });

  it('never turns an empty figure into zero', () => {
    expect(figuresOf({ dead: '0', moved: '1,200', missing: '', injured: 'x' })).toEqual({ dead: 0, moved: 1200 });
  });

  it('measures Hangzhou to Wenling as the crow flies', () => {
    expect(Math.round(distanceM({ lon: 120.153, lat: 30.267 }, { lon: 121.381, lat: 28.376 }) / 1000)).toBe(242);
  });
});
