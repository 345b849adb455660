import { describe, expect, it } from '@jest/globals';
import { cities, counties } from './places.js';
import { generateDemo, type DemoData } from './index.js';

const NOW = new Date('2026-07-21T08:00:00Z');
const TODAY = '2026-07-21';
const IN_90_DAYS = '2026-10-19';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const demo = generateDemo({ now: NOW });

const countBy = <T>(rows: T[], key: (row: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[key(row)] = (counts[key(row)] ?? 0) + 1;
  return counts;
};
const ids = (rows: { id: string }[]) => new Set(rows.map((row) => row.id));
const repeated = (values: string[]) => values.filter((value, index) => values.indexOf(value) !== index);

describe('the Zhejiang demonstration', () => {
  it('is the same data each time for the same moment', () => {
    expect(generateDemo({ now: NOW })).toEqual(demo);
  });

  it('moves only days when the moment moves', () => {
    const later = generateDemo({ now: new Date(NOW.getTime() + 40 * 86_400_000) });
    const still = ['societies', 'users', 'grants', 'warehouses', 'bins', 'items', 'openings', 'policies'] as const;
    for (const table of [...still, 'teams', 'units', 'incidents'] as const) expect(later[table]).toEqual(demo[table]);
    expect(later.lots.map((lot) => lot.id)).toEqual(demo.lots.map((lot) => lot.id));
    expect(later.lots).not.toEqual(demo.lots);
  });

  it('has the province, 11 cities, 90 counties, 40 townships with caches and the partners outside', () => {
    const expected = { province: 1, city: 11, county: 90, township: 40, partner: 7 };
    expect(countBy(demo.societies, (society) => society.level)).toEqual(expected);
    expect(demo.societies.find((society) => society.level === 'province')?.population).toBe(64_568_000);
  });

  it('hangs every society below the right one, and counties add up to their city', () => {
    const byId = new Map(demo.societies.map((society) => [society.id, society]));
    for (const { level, adcode, parentId } of demo.societies) {
      const parent = parentId === null ? null : byId.get(parentId)?.adcode;
      const above = { province: null, partner: null, city: '330000', county: `${adcode.slice(0, 4)}00` };
      expect(parent).toBe(level === 'township' ? adcode.slice(0, 6) : above[level]);
    }
    for (const city of cities) {
      const below = counties.filter((county) => county.adcode.startsWith(city.adcode.slice(0, 4)));
      const people = below.reduce((sum, county) => sum + county.population, 0);
      expect(Math.abs(people - city.population)).toBeLessThanOrEqual(3000); // both sides are rounded to 1,000
    }
  });

  it('has 46 stores, 40 caches and 3 reserves under contract', () => {
    const expected = { provincial: 1, regional: 2, city: 9, county: 34, cache: 40, agreement: 3 };
    expect(countBy(demo.warehouses, (warehouse) => warehouse.tier)).toEqual(expected);
    for (const { tier, mode, dailyCapacityUnits, areaM2 } of demo.warehouses) {
      const contract = tier === 'agreement';
      expect([dailyCapacityUnits !== null, areaM2 === null]).toEqual([contract, contract]);
      expect(['agreement', 'virtual'].includes(mode)).toBe(contract);
    }
    const bins = countBy(demo.bins, (bin) => bin.warehouseId);
    const allowed = {
      provincial: [3, 8],
      regional: [3, 8],
      city: [3, 8],
      county: [3, 8],
      cache: [1, 1],
      agreement: [0, 0],
    };
    for (const { id, tier } of demo.warehouses) {
      expect(bins[id] ?? 0).toBeGreaterThanOrEqual(allowed[tier][0] as number);
      expect(bins[id] ?? 0).toBeLessThanOrEqual(allowed[tier][1] as number);
    }
  });

  it('lists 66 items, seven of them for one season only', () => {
    expect(demo.items).toHaveLength(66);
    expect(
      demo.items
        .filter((item) => item.seasonMonths !== null)
        .map((item) => item.code)
        .sort(),
    ).toEqual(['BD01', 'BD02', 'BD03', 'BD06', 'BD07', 'FK07', 'SH02']);
    const pack = demo.items.find((item) => item.code === 'FK01');
    expect(pack).toMatchObject({ weightG: 9000, volumeCm3: 60_000, shelfMonths: 36, priceFen: 30_600, gbClass: 1 });
  });

  it('opens with a handful of incidents, some of them in Taizhou and one not yet verified there', () => {
    expect(demo.incidents.length).toBeGreaterThanOrEqual(5);
    expect(demo.incidents.length).toBeLessThanOrEqual(7);
    const taizhou = demo.incidents.filter((incident) => incident.societyAdcode.startsWith('3310'));
    expect(taizhou.length).toBeGreaterThanOrEqual(2);
    expect(taizhou.map((incident) => incident.status)).toContain('reported');
  });
});

describe('the teams of the demonstration', () => {
  it('has 96 teams in the promised specialities, cities and grades', () => {
    expect(countBy(demo.teams, (team) => team.speciality)).toEqual({
      'search-rescue': 26,
      water: 24,
      relief: 16,
      medical: 12,
      psychosocial: 6,
      'water-supply': 3,
      sanitation: 3,
      telecom: 4,
      logistics: 2,
    });
    const adcodeOf = new Map(demo.societies.map((society) => [society.id, society.adcode]));
    const perCity = countBy(demo.teams, (team) => adcodeOf.get(team.societyId)?.slice(0, 4) ?? '');
    expect(perCity).toEqual({
      3301: 14,
      3302: 11,
      3303: 13,
      3304: 6,
      3305: 6,
      3306: 10,
      3307: 9,
      3308: 7,
      3309: 4,
      3310: 10,
      3311: 6,
    });
    expect(demo.teams.filter(({ grade }) => grade === 'national' || grade === 'provincial')).toHaveLength(20);
  });

  it('has 3,300 people, and each unit is as strong as it says', () => {
    expect(demo.members).toHaveLength(3300);
    const strength = countBy(demo.members, (member) => member.unitId ?? 'reserve');
    for (const unit of demo.units) expect(strength[unit.id]).toBe(unit.headcount);
    const teamOfUnit = new Map(demo.units.map((unit) => [unit.id, unit.teamId]));
    for (const { unitId, teamId } of demo.members) {
      if (unitId !== null) expect(teamOfUnit.get(unitId)).toBe(teamId);
    }
  });

  it('gives each team one leader and one deputy with an account that may lead it', () => {
    for (const position of ['leader', 'deputy'] as const) {
      const holders = demo.members.filter((member) => member.position === position);
      expect(new Set(holders.map((member) => member.teamId)).size).toBe(96);
      expect(holders).toHaveLength(96);
      const grants = new Map(demo.grants.map((grant) => [grant.userId, grant]));
      for (const { userId, teamId } of holders) {
        expect(grants.get(userId ?? '')).toMatchObject({ role: 'teamLeader', teamId });
      }
    }
  });

  it('keeps the promised shares of first-aid certificates and insurance', () => {
    const firstAid = demo.credentials.filter((credential) => credential.kind === 'first-aid');
    const people = demo.members.length;
    const share = (from: string, to: string) =>
      firstAid.filter(({ validUntil }) => validUntil >= from && validUntil <= to).length / people;
    expect(share(IN_90_DAYS.replace('-19', '-20'), '9999')).toBeCloseTo(0.8, 3);
    expect(share(TODAY, IN_90_DAYS)).toBeCloseTo(0.06, 3);
    expect(share('0000', '2026-07-20')).toBeCloseTo(0.04, 3);
    expect(firstAid.length / people).toBeCloseTo(0.9, 3);
    const insured = demo.members.filter(({ insuredUntil }) => insuredUntil !== null && insuredUntil > TODAY);
    expect(insured.length / people).toBeCloseTo(0.92, 3);
  });

  it('sends the Zhuji water unit with eight people and three boats', () => {
    const unit = demo.units.find(({ code }) => code === 'T-330681-WR-1-A');
    const boats = demo.equipment.filter(({ unitId, kind }) => unitId === unit?.id && kind.endsWith('-boat'));
    expect(unit?.headcount).toBe(8);
    expect(boats.reduce((sum, boat) => sum + boat.quantity, 0)).toBe(3);
  });
});

describe('identity, references and marks of the demonstration', () => {
  it('gives every row a well-formed id that no other row has', () => {
    const all = Object.values(demo).flatMap((rows: object[]) =>
      rows.flatMap((row) => ('id' in row ? [String(row.id)] : [])),
    );
    expect(all.filter((id) => !UUID.test(id))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('repeats no code, account, certificate number or telephone number', () => {
    for (const rows of [demo.warehouses, demo.items, demo.lots, demo.teams, demo.units]) {
      expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
    }
    expect(repeated(demo.societies.map((society) => society.adcode))).toEqual([]);
    expect(repeated(demo.users.map((user) => user.account))).toEqual([]);
    expect(new Set(demo.credentials.map(({ number }) => number)).size).toBe(demo.credentials.length);
    const ownNumbers = demo.members.filter(({ userId }) => userId === null).map(({ phone }) => phone);
    const callers = demo.incidents.map(({ reporterPhone }) => reporterPhone);
    const phones = [...demo.users.map(({ phone }) => phone), ...ownNumbers, ...callers];
    expect(new Set(phones).size).toBe(phones.length);
    expect(phones.filter((phone) => !/^1990000\d{4}$/.test(phone))).toEqual([]);
  });

  it('appoints every account that the desk is told about', () => {
    const accounts = new Set(demo.users.map((user) => user.account));
    const duty = demo.societies.filter(({ level }) => ['province', 'city', 'county'].includes(level));
    const wanted = [
      ...duty.map(({ adcode }) => `duty.${adcode}`),
      ...demo.warehouses.map(({ code }) => `keeper.${code}`),
      ...cities.map(({ adcode }) => `checker.${adcode}`),
      ...demo.teams.flatMap(({ code }) => [`leader.${code}`, `deputy.${code}`]),
      ...['lead', 'checker', 'auditor', 'supervisor', 'admin'].map((desk) => `${desk}.330000`),
    ];
    expect(wanted.filter((account) => !accounts.has(account))).toEqual([]);
    expect(demo.users).toHaveLength(wanted.length);
  });

  it('refers only to rows that exist', () => {
    const known = { ...demo, societies: ids(demo.societies), items: ids(demo.items), lots: ids(demo.lots) };
    const targets: [keyof DemoData, string, Set<string>][] = [
      ['societies', 'parentId', known.societies],
      ['users', 'societyId', known.societies],
      ...(['userId', 'societyId', 'teamId', 'warehouseId'] as const).map(
        (field): [keyof DemoData, string, Set<string>] => [
          'grants',
          field,
          {
            userId: ids(demo.users),
            societyId: known.societies,
            teamId: ids(demo.teams),
            warehouseId: ids(demo.warehouses),
          }[field],
        ],
      ),
      ['warehouses', 'societyId', known.societies],
      ['bins', 'warehouseId', ids(demo.warehouses)],
      ['lots', 'itemId', known.items],
      ['lots', 'ownerSocietyId', known.societies],
      ['openings', 'lotId', known.lots],
      ['openings', 'itemId', known.items],
      ['openings', 'warehouseId', ids(demo.warehouses)],
      ['openings', 'binId', ids(demo.bins)],
      ['openings', 'ownerSocietyId', known.societies],
      ['policies', 'warehouseId', ids(demo.warehouses)],
      ['policies', 'itemId', known.items],
      ['teams', 'societyId', known.societies],
      ['units', 'teamId', ids(demo.teams)],
      ['members', 'teamId', ids(demo.teams)],
      ['members', 'unitId', ids(demo.units)],
      ['members', 'userId', ids(demo.users)],
      ['credentials', 'memberId', ids(demo.members)],
      ['equipment', 'teamId', ids(demo.teams)],
      ['equipment', 'unitId', ids(demo.units)],
    ];
    for (const [table, field, set] of targets) {
      const refs = (demo[table] as unknown as Record<string, unknown>[]).map((row) => row[field]);
      expect(refs.filter((ref) => ref !== null && !set.has(ref as string))).toEqual([]);
    }
    const adcodes = new Set(demo.societies.map(({ adcode }) => adcode));
    const itemCodes = new Set(demo.items.map(({ code }) => code));
    for (const { societyAdcode, needs } of demo.incidents) {
      expect(adcodes.has(societyAdcode)).toBe(true);
      expect(needs.items.filter(({ itemCode }) => !itemCodes.has(itemCode))).toEqual([]);
    }
  });

  it('places everything in Zhejiang, to 0.01 degree, and the partners outside', () => {
    const inside = ({ lon, lat }: { lon: number; lat: number }) => lon > 118 && lon < 123 && lat > 27 && lat < 31.2;
    const own = demo.societies.filter(({ level }) => level !== 'partner');
    for (const point of [...own, ...demo.warehouses, ...demo.teams, ...demo.units, ...demo.incidents]) {
      expect(inside(point)).toBe(true);
      expect([Number(point.lon.toFixed(2)), Number(point.lat.toFixed(2))]).toEqual([point.lon, point.lat]);
    }
    const partners = demo.societies.filter(({ level }) => level === 'partner');
    expect(partners.filter(({ adcode }) => adcode.startsWith('33'))).toEqual([]);
    const seat = new Map(counties.map((county) => [county.adcode, county]));
    for (const { level, adcode, lon, lat } of demo.societies) {
      const county = level === 'township' ? seat.get(adcode.slice(0, 6)) : undefined;
      if (county) expect(Math.hypot(lon - county.lon, lat - county.lat)).toBeLessThan(0.8);
    }
  });

  it('marks every invented organisation and person', () => {
    const names = [
      ...[...demo.societies, ...demo.users, ...demo.warehouses, ...demo.teams, ...demo.units, ...demo.members].map(
        ({ name }) => name,
      ),
      ...demo.warehouses.map(({ keeperName }) => keeperName),
      ...demo.incidents.flatMap(({ title, reporterName, placeText }) => [title, reporterName, placeText]),
    ];
    expect(names.filter((name) => !name.includes('示范'))).toEqual([]);
    expect(demo.teams.filter(({ nameEn }) => !nameEn.endsWith('(demo)'))).toEqual([]);
  });
});
