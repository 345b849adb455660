import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IncidentDto } from '../incidents/incidents.dto.js';
import type { TeamUnitDto } from '../rescue-teams/rescue-teams.dto.js';
import { eventsOf, type Told } from './events.rules.js';
import {
  blurred, type IncidentFacts, laneOf, placeWords, screenIncident, screenUnit, shortagesOf, tallyOf,
} from './picture.rules.js'; // prettier-ignore

const GRADES = ['I', 'II', 'III', 'IV'] as const;
let made = 0;
const fact = (more: Partial<IncidentDto> = {}, rest: Partial<IncidentFacts> = {}): IncidentFacts => ({
  incident: {
    id: `i${made++}`, kind: 'flood', severity: 'III', status: 'verified', placeText: '临海古城', title: '王某求助', commander: '李四',
    location: { lon: 121.14249, lat: 28.86151 }, reportedAt: '2026-07-21T01:00:00.000Z', exercise: false, ...more,
  } as IncidentDto,
  teams: 0, nobody: true, people: [], goods: [], ...rest,
}); // prettier-ignore
const items = (id: string) => (id === 'gone' ? undefined : { name: `${id}名`, nameEn: `${id} name`, unit: '件' });

describe('the tally of a wall', () => {
  it('counts open incidents by grade, and those that nobody has', () => {
    const facts = [fact({ severity: 'I' }), fact({ severity: 'I' }, { nobody: false }), fact({ severity: 'IV' })];
    expect(tallyOf(facts)).toEqual({
      I: { open: 2, nobody: 1 },
      II: { open: 0, nobody: 0 },
      III: { open: 0, nobody: 0 },
      IV: { open: 1, nobody: 1 },
    });
  });

  it('never loses one: the grades add up to all, and the lane to what nobody has', () => {
    const one = fc.record({ severity: fc.constantFrom(...GRADES), nobody: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.integer({ min: 0, max: 12 }), (given, most) => {
        const facts = given.map(({ severity, nobody }) => fact({ severity }, { nobody }));
        const tally = tallyOf(facts);
        const sum = (of: 'open' | 'nobody') => GRADES.reduce((total, grade) => total + tally[grade][of], 0);
        expect(sum('open')).toBe(facts.length);
        expect(laneOf(facts, most).count).toBe(sum('nobody'));
        expect(laneOf(facts, most).ids.length).toBe(Math.min(most, sum('nobody')));
      }),
    );
  });

  it('lists the gravest of the lane first, then the oldest, and tells since when the oldest waits', () => {
    const late = fact({ severity: 'II', reportedAt: '2026-07-21T03:00:00.000Z' });
    const early = fact({ severity: 'II', reportedAt: '2026-07-21T02:00:00.000Z' });
    const small = fact({ severity: 'IV', reportedAt: '2026-07-21T01:30:00.000Z' });
    const taken = fact({ severity: 'I', reportedAt: '2026-07-21T00:00:00.000Z' }, { nobody: false });
    const lane = laneOf([small, late, taken, early], 2);
    expect(lane).toEqual({ count: 3, oldestAt: small.incident.reportedAt, ids: [early.incident.id, late.incident.id] });
    expect(laneOf([taken], 5)).toEqual({ count: 0, oldestAt: null, ids: [] });
  });
});

describe('the shortages of a wall', () => {
  const needs = (itemId: string, needed: number, missing: number, priority = 2) => ({
    itemId,
    needed,
    missing,
    priority,
  });

  it('are summed over incidents, covered needs left out', () => {
    const facts = [
      fact({ severity: 'III' }, { goods: [needs('tent', 100, 40), needs('bed', 10, 0)] }),
      fact({ severity: 'II' }, { goods: [needs('tent', 50, 50)] }),
    ];
    expect(shortagesOf(facts, items, 5)).toEqual([
      { what: 'goods', itemId: 'tent', name: 'tent名', nameEn: 'tent name', unit: '件', severity: 'II', needed: 150, missing: 90, incidents: 2 },
    ]); // prettier-ignore
  });

  it('begin with what the gravest incident lacks, then the more urgent, then the larger part', () => {
    const facts = [
      fact({ severity: 'IV' }, { goods: [needs('water', 10, 10, 1)] }),
      fact({ severity: 'II' }, { goods: [needs('half', 10, 5), needs('most', 10, 9), needs('urgent', 10, 1, 1)] }),
      fact({ severity: 'III' }, { people: [{ speciality: 'water', needed: 20, missing: 12, priority: 3 }] }),
    ];
    const order = (most: number) => shortagesOf(facts, items, most).map((line) => (line.what === 'people' ? line.speciality : line.itemId)); // prettier-ignore
    expect(order(9)).toEqual(['urgent', 'most', 'half', 'water', 'water']);
    expect(order(2)).toEqual(['urgent', 'most']);
    expect(shortagesOf(facts, items, 9).map(({ what }) => what)).toEqual(['goods', 'goods', 'goods', 'people', 'goods']); // prettier-ignore
  });

  it('leave out an item that the catalogue no longer has', () => {
    expect(shortagesOf([fact({}, { goods: [needs('gone', 5, 5)] })], items, 5)).toEqual([]);
  });
});

describe('what leaves for a wall', () => {
  it('has neither title nor address without leave for names', () => {
    const shown = screenIncident(fact({ placeText: '白水洋镇 联系 13805761234' }), false);
    expect(shown).toMatchObject({ title: null, place: '白水洋镇 联系 …', at: { lon: 121.14, lat: 28.86 } });
    const named = screenIncident(fact(), true);
    expect(named).toMatchObject({ title: '王某求助', place: '临海古城', at: { lon: 121.14249, lat: 28.86151 } });
  });

  it.each([
    ['桃渚镇 13805761234', '桃渚镇 …'],
    ['桃渚镇 138 0576 1234 东', '桃渚镇 … 东'],
    ['+86-138-0576-1234', '…'],
    ['331082199001011234', '…'],
    ['G15 高速 1648 公里', 'G15 高速 1648 公里'],
  ])('has no telephone in a place: %s', (typed, shown) => expect(placeWords(typed)).toBe(shown));

  it('is never further than a kilometre from where it is, and never exact by more than two decimals', () => {
    const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(degrees(180), degrees(90), (lon, lat) => {
        const there = blurred({ lon, lat });
        expect(Math.abs(there.lon - lon)).toBeLessThanOrEqual(0.00500001);
        expect(Number(there.lat.toFixed(2)) - there.lat).toBeCloseTo(0, 12);
      }),
    );
  });

  it('stands at its base until it is sent', () => {
    const unit = {
      id: 'u', teamId: 't', teamName: '队', headcount: 8, state: 'available', base: { lon: 1, lat: 2 }, position: { lon: 3, lat: 4 },
      positionAt: null, booking: null,
    } as unknown as TeamUnitDto; // prettier-ignore
    expect(screenUnit(unit, false).at).toEqual(unit.base);
    const booking = { assignmentId: 'a', incidentId: 'i', status: 'departed', since: '2026-07-21T01:00:00.000Z' };
    const sent = screenUnit({ ...unit, state: 'booked', booking }, false);
    expect(sent).toMatchObject({ at: unit.position, booking: { incidentId: 'i', status: 'departed' } });
    expect(JSON.stringify(sent)).not.toContain('assignmentId');
  });
});

describe('the events of a wall', () => {
  const told = (more: Partial<Told> = {}): Told => ({
    seq: 9, kind: 'team.departed', subject: 'assignment', incidentId: 'i', body: '{"teamName":"临海队","leaderName":"王五"}', actorName: '张三',
    receivedAt: new Date('2026-07-21T01:00:00Z'), ...more,
  }); // prettier-ignore
  const scene = { kind: 'flood' as const, severity: 'II' as const, placeText: '古城 13805761234', exercise: false };
  const real = { exercise: false, namesAllowed: false, most: 8 };

  it('name team and place, nobody else', () => {
    expect(eventsOf([told()], () => scene, real)).toEqual([
      { seq: 9, at: '2026-07-21T01:00:00.000Z', kind: 'team.departed', incidentKind: 'flood', severity: 'II', place: '古城 …', team: '临海队', number: null, who: null },
    ]); // prettier-ignore
    expect(eventsOf([told()], () => scene, { ...real, namesAllowed: true })[0]).toMatchObject({ who: '张三' });
    const order = told({ subject: 'supply-order', body: '{"number":"WZ-1","driverName":"赵六"}' });
    expect(eventsOf([order], () => scene, real)[0]).toMatchObject({ number: 'WZ-1', team: null });
  });

  it('keep drills and reality apart, and leave out what belongs to neither', () => {
    const drill = { ...scene, exercise: true };
    expect(eventsOf([told()], () => drill, real)).toEqual([]);
    expect(eventsOf([told()], () => drill, { ...real, exercise: true })).toHaveLength(1);
    expect(eventsOf([told(), told({ incidentId: null })], () => undefined, real)).toEqual([]);
  });

  it('are eight at most, the newest', () => {
    const changes = Array.from({ length: 20 }, (_, n) => told({ seq: 100 - n }));
    expect(eventsOf(changes, () => scene, real).map(({ seq }) => seq)).toEqual([100, 99, 98, 97, 96, 95, 94, 93]);
  });
});
