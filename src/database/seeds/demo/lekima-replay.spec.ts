import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { generateDemo } from './index.js';

interface Entry {
  at: string;
  note: string;
  sourceKey: string;
  kind: string;
  payload: Record<string, unknown>;
}
interface Mission {
  key: string;
  incidentKey: string;
  assignments: { unitCode: string; headcount: number; task: string }[];
  supplies: { warehouseCode: string; itemCode: string; units: number }[];
}
interface Receipt {
  warehouseCode: string;
  ownerAdcode: string;
  lines: { itemCode: string; units: number; valueFen: number }[];
  goodsValueFen: number;
  cashFen: number | null;
}
interface Report {
  incidentKey: string;
  asOf: string;
  figures: Record<string, number>;
}

const file = new URL('../../../drills/scripts/lekima-2019.json', import.meta.url);
const timeline = JSON.parse(readFileSync(file, 'utf8')) as Entry[];
const payloads = <T>(kind: string) =>
  timeline.filter((entry) => entry.kind === kind).map((entry) => entry.payload as T);
const missions = payloads<Mission>('mission');
const receipts = payloads<Receipt>('receipt');
const reports = payloads<Report>('situation-report');
const expectation = (letter: string) => payloads<Record<string, unknown>>('expect').find((e) => e.assertion === letter);
const demo = generateDemo({ now: new Date('2026-07-21T08:00:00Z') });

const teamOf = (unitCode: string) => unitCode.slice(0, -2);
const provinceReport = (day: string, time: string) =>
  reports.find(({ incidentKey, asOf }) => incidentKey === 'zj' && asOf === `2019-08-${day}T${time}:00+08:00`)?.figures;

/** The figures a desk should show after these reports, in order of entry: the newest "as of" of each figure wins. */
function shownFigures(entered: Report[]): Record<string, number> {
  const byAge = [...entered].sort((a, b) => a.asOf.localeCompare(b.asOf));
  return Object.assign({}, ...byAge.map((report) => report.figures)) as Record<string, number>;
}

describe('the Lekima timeline', () => {
  it('runs forward in time and names a source for every entry', () => {
    const times = timeline.map((entry) => entry.at);
    expect([...times].sort()).toEqual(times);
    expect(times.filter((time) => !/^2019-08-\d\dT\d\d:\d\d:00\+08:00$/.test(time))).toEqual([]);
    expect(timeline.filter(({ sourceKey }) => !/^(S\d{2}|I|D)(\+(S\d{2}|I|D))*$/.test(sourceKey))).toEqual([]);
    expect(timeline.filter(({ note }) => note === '')).toEqual([]);
  });

  it('refers only to incidents and missions that came before', () => {
    const incidents = new Set<unknown>();
    const sent = new Set<unknown>();
    for (const { kind, payload } of timeline) {
      const named = [payload.incidentKey, payload.intoKey, ...((payload.incidentKeys as unknown[]) ?? [])];
      expect(named.filter((key) => key !== undefined && !incidents.has(key))).toEqual([]);
      expect(((payload.missionKeys as unknown[]) ?? []).filter((key) => !sent.has(key))).toEqual([]);
      if (kind === 'incident') incidents.add(payload.key);
      if (kind === 'mission') sent.add(payload.key);
    }
    expect(incidents.size).toBe(11); // ten, and one second call for help that is merged
    expect(sent.size).toBe(33);
  });

  it('sends 73 teams with units of the demonstration, each unit once and never more people than it has', () => {
    const units = new Map(demo.units.map((unit) => [unit.code, unit]));
    const assignments = missions.flatMap((mission) => mission.assignments);
    for (const { unitCode, headcount } of assignments) {
      expect(units.get(unitCode)).toMatchObject({ state: 'stand-by' });
      expect(headcount).toBeLessThanOrEqual(units.get(unitCode)?.headcount ?? 0);
    }
    expect(new Set(assignments.map(({ unitCode }) => unitCode)).size).toBe(assignments.length);
    expect(new Set(assignments.map(({ unitCode }) => teamOf(unitCode))).size).toBe(73);
  });

  it('takes every mission to the scene and home, and every load to a signature', () => {
    const stepsOf = (key: string, kind: string) =>
      payloads<{ missionKeys: string[]; steps: string[] }>(kind)
        .filter(({ missionKeys }) => missionKeys.includes(key))
        .flatMap(({ steps }) => steps);
    const away = ['accept', 'assemble', 'depart', 'arrive', 'release', 'return', 'close'];
    for (const { key, assignments, supplies } of missions) {
      expect(stepsOf(key, 'assignment-steps')).toEqual(assignments.length > 0 ? away : []);
      expect(stepsOf(key, 'supply-steps')).toEqual(supplies.length > 0 ? ['approve', 'pick', 'ship', 'receive'] : []);
    }
  });

  it('asks each warehouse for no more usable goods than it has, and only for goods that were asked for', () => {
    const usableFrom = new Date(Date.parse('2026-07-21') + 90 * 86_400_000).toISOString().slice(0, 10);
    const usable = new Set(
      demo.lots
        .filter(({ state, expiresOn }) => state === 'good' && (expiresOn === null || expiresOn > usableFrom))
        .map(({ id }) => id),
    );
    const warehouseCode = new Map(demo.warehouses.map(({ id, code }) => [id, code]));
    const itemCode = new Map(demo.items.map(({ id, code }) => [id, code]));
    const onHand = new Map<string, number>();
    const move = (warehouse: string, item: string, units: number) => {
      const left = (onHand.get(`${warehouse}/${item}`) ?? 0) + units;
      onHand.set(`${warehouse}/${item}`, left);
      return left;
    };
    for (const { lotId, warehouseId, itemId, units } of demo.openings) {
      if (usable.has(lotId)) move(warehouseCode.get(warehouseId) ?? '', itemCode.get(itemId) ?? '', units);
    }
    const asked = new Set<string>();
    for (const { kind, payload } of timeline) {
      if (kind === 'needs') {
        for (const { itemCode: item } of payload.items as { itemCode: string }[])
          asked.add(`${payload.incidentKey}/${item}`);
      }
      if (kind === 'receipt') {
        const { warehouseCode: warehouse, lines } = payload as unknown as Receipt;
        for (const { itemCode: item, units } of lines) move(warehouse, item, units);
      }
      if (kind !== 'mission') continue;
      const { incidentKey, supplies } = payload as unknown as Mission;
      for (const { warehouseCode: warehouse, itemCode: item, units } of supplies) {
        expect([warehouse, item, move(warehouse, item, -units) >= 0]).toEqual([warehouse, item, true]);
        expect(asked.has(`${incidentKey}/${item}`)).toBe(true);
      }
    }
  });
});

describe('what the Lekima replay must show', () => {
  it('(a) two batches that add up to the published goods and money, at pack prices inside the published band', () => {
    const expected = expectation('a') as {
      packPriceBandYuan: [number, number];
      packPricesYuan: number[];
      totalFen: number;
    };
    const units = (item: string) =>
      receipts.map(({ lines }) => lines.find(({ itemCode }) => itemCode === item)?.units ?? 0);
    expect([units('FK01'), units('BD04'), units('BD03')]).toEqual([
      [3000, 5000],
      [2000, 1000],
      [3000, 4800],
    ]);
    for (const { lines, goodsValueFen } of receipts) {
      expect(lines.reduce((sum, line) => sum + line.valueFen, 0)).toBe(goodsValueFen);
    }
    expect(receipts.map(({ goodsValueFen }) => goodsValueFen)).toEqual([110_782_000, 184_755_000]);
    const cash = receipts.reduce((sum, { cashFen }) => sum + (cashFen ?? 0), 0);
    expect(110_782_000 + 184_755_000 + cash).toBe(315_537_000);
    expect(expected.totalFen).toBe(315_537_000);
    const packPrices = receipts.flatMap(({ lines }) =>
      lines.filter(({ itemCode }) => itemCode === 'FK01').map((line) => Math.round(line.valueFen / line.units / 100)),
    );
    expect(packPrices).toEqual(expected.packPricesYuan);
    const [low, high] = expected.packPriceBandYuan;
    expect(packPrices.every((price) => price >= low && price <= high)).toBe(true);
  });

  it('(a) what came from the national society is what later left for the counties', () => {
    for (const item of ['FK01', 'BD04', 'BD03']) {
      const received = receipts.flatMap(({ lines }) => lines).filter(({ itemCode }) => itemCode === item);
      const sent = missions
        .flatMap(({ supplies }) => supplies)
        .filter(({ warehouseCode, itemCode }) => warehouseCode === 'WH-330000-1' && itemCode === item);
      const sum = (lines: { units: number }[]) => lines.reduce((total, line) => total + line.units, 0);
      expect(sum(sent)).toBe(sum(received));
    }
  });

  it('(b) packs for 4.5 to 7.4 % of the people in collective shelters', () => {
    const people = provinceReport('11', '13:30')?.peopleInCollectiveShelters ?? 0;
    expect(people).toBe(538_000);
    const coverage = [3, 5].map((perPack) => Math.round(((8000 * perPack) / people) * 1000) / 10);
    expect(coverage).toEqual([4.5, 7.4]);
    expect(expectation('b')).toMatchObject({ units: 8000, people, coveragePct: coverage });
  });

  it('(c) a late paper with an earlier hour that would lower figures, were it taken at its entry', () => {
    const upTo = timeline.findIndex(({ payload }) => payload.assertion === 'c');
    const entered = timeline
      .slice(0, upTo)
      .filter(({ kind, payload }) => kind === 'situation-report' && payload.incidentKey === 'zj')
      .map(({ payload }) => payload as unknown as Report);
    const last = entered.at(-1);
    expect(last?.asOf).toBe('2019-08-11T08:00:00+08:00');
    expect(shownFigures(entered)).toMatchObject(expectation('c')?.figures as object);
    expect(last?.figures.peopleAffected ?? 0).toBeLessThan(shownFigures(entered).peopleAffected ?? 0);
  });

  it('(d) moved people at the national level II, dead and missing at level IV', () => {
    const moved = provinceReport('11', '08:00')?.peopleMoved ?? 0;
    const lost = provinceReport('11', '06:30');
    const deadAndMissing = (lost?.peopleDead ?? 0) + (lost?.peopleMissing ?? 0);
    expect(moved >= 1_000_000 && moved < 2_000_000).toBe(true);
    expect(deadAndMissing >= 20 && deadAndMissing <= 49).toBe(true);
    expect(expectation('d')?.suggestions).toEqual([
      { by: 'peopleMoved', value: moved, level: 'II' },
      { by: 'deadAndMissing', value: deadAndMissing, level: 'IV' },
    ]);
  });

  it('(d) county figures that add up to the provincial dead and missing', () => {
    const early = reports.filter(
      ({ incidentKey, asOf }) => incidentKey !== 'zj' && asOf.startsWith('2019-08-11T06:30'),
    );
    const sum = (figure: string) => early.reduce((total, { figures }) => total + (figures[figure] ?? 0), 0);
    expect([sum('peopleDead'), sum('peopleMissing')]).toEqual([28, 20]);
  });

  it('(e) 24 teams and 360 people on scene in Linhai when the hint is due', () => {
    const due = timeline.findIndex(({ payload }) => payload.assertion === 'e');
    const arrived = new Set(
      timeline
        .slice(0, due)
        .filter(({ kind, payload }) => kind === 'assignment-steps' && (payload.steps as string[]).includes('arrive'))
        .flatMap(({ payload }) => payload.missionKeys as string[]),
    );
    const inLinhai = missions.filter(({ key, incidentKey }) => incidentKey === 'linhai' && arrived.has(key));
    const assignments = inLinhai.flatMap((mission) => mission.assignments);
    expect(new Set(assignments.map(({ unitCode }) => teamOf(unitCode))).size).toBe(24);
    expect(assignments.reduce((sum, { headcount }) => sum + headcount, 0)).toBe(360);
    expect(expectation('e')).toMatchObject({ teams: 24, headcount: 360, hint: 'span-of-control' });
  });

  it('has the Zhuji unit called at 17:00 and on scene in Linhai at 23:00', () => {
    const zhuji = timeline.find(({ kind, payload }) => kind === 'mission' && payload.key === 'M18');
    expect(zhuji?.at).toBe('2019-08-10T17:00:00+08:00');
    expect(zhuji?.payload.assignments).toEqual([
      { unitCode: 'T-330681-WR-1-A', headcount: 8, task: expect.any(String) },
    ]);
    const arrival = timeline.find(
      ({ kind, payload }) =>
        kind === 'assignment-steps' && String(payload.missionKeys) === 'M18' && String(payload.steps) === 'arrive',
    );
    expect(arrival?.at).toBe('2019-08-10T23:00:00+08:00');
  });
});
