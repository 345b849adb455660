import { describe, expect, it } from '@jest/globals';
import type { Incident } from './incident.entity.js';
import { dutyToTakeLead, incidentScope, leadOf, underLead } from './lead.rules.js';
import { levelProposals, THRESHOLDS } from './levels.rules.js';
import { estimateItems, NEED_RULES } from './needs-estimate.rules.js';
import { replaceNeeds } from './needs.rules.js';
import { incidentNumber, numberSeries, shanghaiDay } from './numbering.rules.js';

describe('level proposals', () => {
  it('shows national II by people moved and IV by the dead and missing, and decides none (Lekima, assertion d)', () => {
    const proposals = levelProposals({
      affected: 4_979_000,
      moved: 1_079_000,
      dead: 28,
      missing: 20,
      roomsDamaged: 34_000,
    });
    expect(proposals.map(({ code, params }) => ({ code, ...params, source: undefined }))).toEqual([
      {
        code: 'level.dead-and-missing',
        scale: 'national-relief',
        level: 'IV',
        by: 'deadAndMissing',
        value: 48,
        threshold: 20,
      },
      {
        code: 'level.moved',
        scale: 'national-relief',
        level: 'II',
        by: 'moved',
        value: 1_079_000,
        threshold: 1_000_000,
      },
    ]);
  });

  it.each(THRESHOLDS)(
    'includes the number itself: $by $from is level $level, one less is not',
    ({ by, from, level }) => {
      const at = (value: number) =>
        levelProposals(by === 'deadAndMissing' ? { dead: 1, missing: value - 1 } : { [by]: value });
      expect(at(from)[0]!.params).toMatchObject({ level, value: from, threshold: from });
      expect(at(from - 1)[0]?.params.level).not.toBe(level);
    },
  );

  it('proposes nothing from figures that nobody has reported', () => {
    expect(levelProposals({})).toEqual([]);
    expect(levelProposals({ missing: 25 })[0]!.params.value).toBe(25);
  });
});

describe('what is already there', () => {
  const ask = { kind: 'typhoon' as const, sheltered: 1200, days: 3, on: '2019-08-11' };
  const packs = (more: object) => estimateItems({ ...ask, ...more }).find(({ itemCode }) => itemCode === 'FK01')!;

  it('is taken off once, with what the government brings, and never below nothing', () => {
    const supplied = [
      { itemCode: 'FK01', units: 100, by: 'present' as const },
      { itemCode: 'FK01', units: 200, by: 'government' as const },
    ];
    expect(packs({ supplied })).toMatchObject({
      low: 0,
      mid: 200,
      high: 259,
      rule: { params: { present: 100, government: 200 } },
    });
  });

  it('the household size moves the middle, and the range keeps it inside', () => {
    expect(packs({ householdSize: 3 })).toMatchObject({ low: 240, mid: 400, high: 559 });
    expect(packs({ householdSize: 6 })).toMatchObject({ low: 200, mid: 200, high: 559 });
  });
});

describe('the first estimate of needs', () => {
  const items = (kind: Incident['kind'], sheltered: number, on: string) =>
    Object.fromEntries(estimateItems({ kind, sheltered, days: 3, on }).map((item) => [item.itemCode, item]));

  it('gives a shelter of 1,200 people packs by household, water by day and towel quilts in July', () => {
    const july = items('typhoon', 1200, '2026-07-21');
    expect(july.FK01).toMatchObject({ low: 240, mid: 500, high: 559, rule: { code: 'estimate.family-pack' } });
    expect(july.WF01).toMatchObject({ low: 682, mid: 819, high: 2046, priority: 1 });
    expect(july.WF06).toMatchObject({ low: 600, mid: 900, high: 900 });
    expect(july.BD03).toMatchObject({ low: 1200, mid: 1200, high: 1200 });
    expect(july.BD01).toBeUndefined();
    expect(july.SH01).toBeUndefined();
  });

  it('puts people into padded tents and quilts after a winter earthquake', () => {
    const january = items('earthquake', 1200, '2026-01-05');
    expect(january.SH02).toMatchObject({ low: 450, mid: 500, high: 550 });
    expect(january.SH09).toMatchObject({ mid: 60 });
    expect([january.SH01, january.BD03]).toEqual([undefined, undefined]);
    expect(january.BD01).toMatchObject({ mid: 1200 });
  });

  it('never asks for a summer and a winter cover at once, and for nothing when nobody is in shelter', () => {
    for (let month = 1; month <= 12; month++) {
      const held = items('landslide', 10, `2026-${String(month).padStart(2, '0')}-15`);
      expect([held.BD01, held.BD03].filter(Boolean)).toHaveLength(1);
      expect([held.SH01, held.SH02].filter(Boolean)).toHaveLength(1);
    }
    expect(items('typhoon', 0, '2026-07-21')).toEqual({});
  });

  it('keeps low, middle and high in order and names a source for every rule', () => {
    for (const { perPerson, source } of NEED_RULES) {
      expect(perPerson.low).toBeLessThanOrEqual(perPerson.mid);
      expect(perPerson.mid).toBeLessThanOrEqual(perPerson.high);
      expect(source).not.toBe('');
    }
  });
});

describe('the list of needs', () => {
  const held = {
    capabilities: [{ id: 'a', speciality: 'water' as const, headcount: 8, priority: 1 as const, neededBy: null }],
    items: [{ id: 'b', itemId: 'packs', units: 10, priority: 2 as const, neededBy: null }],
  };
  const ask = (more: object) => ({ version: 1, capabilities: [], items: [], ...more });

  it('keeps the id of a need that is still asked for, and gives new ones theirs', () => {
    const asked = ask({
      capabilities: [
        { speciality: 'relief', headcount: 5, priority: 1 },
        { speciality: 'water', headcount: 16, priority: 2, neededBy: '2026-07-21T08:00:00+08:00' },
      ],
    });
    const ids = ['new'];
    expect(replaceNeeds(held, asked, () => ids.shift()!)).toEqual({
      capabilities: [
        { id: 'new', speciality: 'relief', headcount: 5, priority: 1, neededBy: null },
        { id: 'a', speciality: 'water', headcount: 16, priority: 2, neededBy: '2026-07-21T00:00:00.000Z' },
      ],
      items: [],
    });
  });

  it('refuses a need that is named twice', () => {
    const twice = ask({ items: [{ itemId: 'packs', units: 1, priority: 1 }, { itemId: 'packs', units: 2, priority: 1 }] }); // prettier-ignore
    expect(() => replaceNeeds(held, twice, () => 'x')).toThrow(
      expect.objectContaining({ code: 'incident.need-repeated', params: { need: 'packs' } }),
    );
  });
});

describe('who leads', () => {
  const province = { id: 'p', path: '/330000/' };
  const city = { id: 'c', path: '/330000/331000/' };
  const county = { id: 'k', path: '/330000/331000/331082/' };
  const elsewhere = { id: 'e', path: '/330000/330100/' };
  const incident = (leadPath: string) =>
    ({
      societyPath: county.path,
      leadPath,
      version: 1,
      commander: null,
      scope: ['/330000/', leadPath, 'team:x'],
    }) as Incident;

  it("is the lowest of the officer's societies that covers the place, or the officer's own when none does", () => {
    expect(leadOf([province, city], county.path)).toBe(city);
    expect(leadOf([elsewhere, province], county.path)).toBe(province);
    expect(leadOf([elsewhere], county.path)).toBe(elsewhere);
    expect(leadOf([], county.path)).toBeUndefined();
  });

  it('can be taken by any level above the place, and handed down only by who leads now', () => {
    expect(dutyToTakeLead(incident(county.path), city)).toEqual([city.path]);
    expect(dutyToTakeLead(incident(province.path), county)).toEqual([county.path, province.path]);
    expect(dutyToTakeLead(incident(elsewhere.path), county)).toEqual([county.path]);
    expect(() => dutyToTakeLead(incident(county.path), elsewhere)).toThrow('incident.lead-outside');
  });

  it('keeps the incident in sight of everyone who saw it', () => {
    const scopeWithoutShared = incidentScope({
      society: ['/330000/', city.path, county.path],
      lead: ['/330000/'],
      shared: [],
    });
    const led = underLead(incident(elsewhere.path), province, { commander: undefined, scopeWithoutShared });
    expect(led).toMatchObject({ leadSocietyId: 'p', version: 2, sharedKeys: [elsewhere.path, 'team:x'] });
    expect(led.scope).toEqual(['/330000/', city.path, county.path, elsewhere.path, 'team:x']);
  });
});

describe('numbers', () => {
  it('counts by the year of Shanghai and the society', () => {
    const newYear = new Date('2026-12-31T16:30:00Z');
    expect(shanghaiDay(newYear)).toBe('2027-01-01');
    expect(incidentNumber(numberSeries('331082', newYear), 7)).toBe('2027-331082-0007');
  });
});
