import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { EVENT_KINDS } from '../../src/screens/events.rules.js';
import type { ScreenPicture, ScreenUnit } from '../../src/screens/screens.dto.js';
import {
  eventAbout,
  frameOf,
  inLines,
  laneRows,
  looksOf,
  readClock,
  stageFor,
} from '../../web/src/screens/wall/wall.rules.js';

const at = { lon: 121, lat: 29 };
const picture = (more: Partial<ScreenPicture>): ScreenPicture =>
  ({ places: [], incidents: [], lane: { count: 0, oldestAt: null, ids: [] }, ...more }) as ScreenPicture;

describe('the stage of a wall', () => {
  it.each([
    [1920, 1080, 'wide', 1, 0, 0],
    [3840, 2160, 'wide', 2, 0, 0],
    [1366, 768, 'wide', 768 / 1080, 0.33, 0],
    [1920, 1200, 'wide', 1, 0, 60],
    [3840, 1080, 'double', 1, 0, 0],
    [7680, 2160, 'double', 2, 0, 0],
    [2560, 1080, 'wide', 1, 320, 0],
  ])('fits %i×%i whole and in the middle', (width, height, name, scale, left, top) => {
    const stage = stageFor({ width, height });
    expect(stage.name).toBe(name);
    expect(stage.scale).toBeCloseTo(scale, 3);
    expect(stage.left).toBeCloseTo(left, 1);
    expect(stage.top).toBeCloseTo(top, 1);
  });
});

describe('the clock of a wall', () => {
  it('is the server’s, told between question and answer', () => {
    const times = { askedAt: 1000, readAt: 1200 };
    expect(readClock('2026-07-21T01:00:00.000Z 1', times)).toEqual({ at: Date.UTC(2026, 6, 21, 1), readAt: 1100, pace: 1 });
    expect(readClock('2026-07-21T01:00:00.000Z 0', times)).toMatchObject({ pace: 0 });
    for (const odd of [null, '', 'soon 1', '2026-07-21T01:00:00.000Z', '2026-07-21T01:00:00.000Z fast'])
      expect(readClock(odd, times)).toBeNull();
  }); // prettier-ignore
});

describe('what a wall shows', () => {
  const unit = (state: ScreenUnit['state'], status?: NonNullable<ScreenUnit['booking']>['status']): ScreenUnit => ({
    id: 'u', teamId: 't', team: '队', people: 8, state, at, positionAt: null,
    booking: status ? { incidentId: 'i', status, since: '2026-07-21T01:00:00.000Z' } : null,
  }); // prettier-ignore

  it('counts units and people by what they do', () => {
    const units = [unit('available'), unit('booked', 'alerted'), unit('booked', 'departed'), unit('booked', 'working'), unit('stood-down'), unit('not-ready')]; // prettier-ignore
    expect(looksOf(units)).toEqual({
      ready: { units: 1, people: 8 }, waiting: { units: 1, people: 8 }, moving: { units: 1, people: 8 }, 'on-scene': { units: 1, people: 8 },
      unavailable: { units: 2, people: 16 },
    }); // prettier-ignore
  });

  it('lists the lane in the server’s order, as far as there is room', () => {
    const incidents = ['a', 'b', 'c'].map((id) => ({ id }) as ScreenPicture['incidents'][number]);
    const shown = picture({ incidents, lane: { count: 3, oldestAt: null, ids: ['c', 'a', 'b'] } });
    expect(laneRows(shown, 2).map(({ id }) => id)).toEqual(['c', 'a']);
  });

  it.each([
    ['临海水库', '临海水库'],
    ['舟山市普陀区码头附近', '舟山市普陀区码头附\n近'],
    ['嘉兴市嘉善县省界河道（示范地点）附近', '嘉兴市嘉善县省界河\n道（示范地点）附近'],
    ['嘉兴市嘉善县省界河道（示范地点）附近第二号码头', '嘉兴市嘉善县省界河\n道（示范地点）附近…'],
  ])('writes a place on the map in at most two short lines: %s', (place, lines) => expect(inLines(place)).toBe(lines));

  it('says of an event who acted and where', () => {
    const event = { seq: 1, at: '', kind: '', incidentKind: null, severity: null, who: null };
    expect(eventAbout({ ...event, team: '临海队', number: null, place: '古城' })).toEqual(['临海队', '古城']);
    expect(eventAbout({ ...event, team: null, number: 'WZ-1', place: null })).toEqual(['WZ-1']);
  });

  it('frames every place and incident, and nothing when there is nothing', () => {
    expect(frameOf(picture({}))).toBeNull();
    const incidents = [{ at: { lon: 123, lat: 27 } }] as ScreenPicture['incidents'];
    expect(frameOf(picture({ incidents, places: [{ name: '', level: 'city', at }] }))).toEqual([
      { lon: 121, lat: 27 },
      { lon: 123, lat: 29 },
    ]);
  });

  it('has words for every kind of event', () => {
    for (const locale of ['zh-CN', 'en']) {
      const words = JSON.parse(readFileSync(`src/shared/i18n/journal.${locale}.json`, 'utf8')) as Record<
        string,
        string
      >;
      expect(EVENT_KINDS.filter((kind) => !(`change.${kind}` in words))).toEqual([]);
    }
  });
});
