import { demoId } from './identity.js';
import type { Person } from './people.js';
import { cities, counties, type Place } from './places.js';
import type { BinRow, WarehouseRow } from './rows.js';
import { DEMO_MARK, societyId } from './societies.js';
import { numberIn, readTable } from './table.js';
import { townships } from './townships.js';

/** A warehouse and how much it holds, in percent of the provincial target of each item (0: see the cache table). */
export interface WarehousePlan {
  row: WarehouseRow;
  stockPercent: number;
}

// adcode;tier;square metres;percent of the provincial target
const CITY_STORES = `
330100;city;600;16
330200;city;800;18
330300;regional;1800;35
330400;city;450;12
330500;city;400;12
330600;city;600;15
330700;city;600;15
330800;regional;1500;35
330900;city;400;12
331000;city;900;20
331100;city;500;14
`;

// adcode;square metres;percent of the provincial target;who runs the building. Coast and mountains come first.
const COUNTY_STORES = `
330112;180;3;physical
330127;160;3;physical
330225;240;3.5;physical
330226;200;3;physical
330281;260;3.5;physical
330305;120;2.5;physical
330324;240;3.5;physical
330326;160;2.5;consigned
330327;220;3.5;physical
330328;100;2.5;physical
330329;100;2.5;physical
330382;260;3.5;physical
330421;120;2.5;physical
330523;140;2.5;physical
330604;180;3;consigned
330624;140;2.5;physical
330681;200;3;physical
330683;160;3;physical
330727;60;2;physical
330822;80;2;physical
330824;90;2;physical
330903;200;3;physical
330921;120;2.5;physical
330922;80;2;physical
331022;180;3;physical
331023;140;2.5;physical
331024;140;2.5;physical
331081;300;4;physical
331082;300;4;physical
331083;220;3.5;physical
331121;120;2.5;physical
331123;110;2.5;physical
331126;80;2;consigned
331181;90;2;physical
`;

// adcode;name;mode;units in 24 hours. Capacity under contract, not goods on a shelf.
const AGREEMENTS = `
330106;连锁超市协议储备点;agreement;8000
330127;瓶装水厂协议储备点;agreement;20000
330110;网上商城虚拟储备库;virtual;5000
`;

const BINS: Record<WarehouseRow['tier'], string[]> = {
  provincial: ['A-01', 'A-02', 'B-01', 'B-02', 'C-01', 'D-01', 'E-01', 'F-01'],
  regional: ['A-01', 'B-01', 'C-01', 'D-01', 'E-01', 'F-01'],
  city: ['A-01', 'B-01', 'C-01', 'D-01', 'E-01'],
  county: ['A-01', 'B-01', 'C-01'],
  cache: ['A-01'],
  agreement: [],
};

/** Id of the warehouse with this code. */
export const warehouseId = (code: string): string => demoId('warehouse', code);

/** 46 stores (1 provincial, 2 regional, 9 city, 34 county), 40 township caches, 3 agreement or virtual reserves. */
export function buildWarehouses(callUp: () => Person): WarehousePlan[] {
  const places = new Map([...cities, ...counties].map((place) => [place.adcode, place]));
  const at = (adcode: string | undefined): Place => {
    const place = places.get(adcode ?? '');
    if (place === undefined) throw new Error(`demo: no place ${adcode}`);
    return place;
  };
  const plan = (
    stockPercent: number,
    facts: Omit<WarehouseRow, 'id' | 'societyId' | 'keeperName' | 'keeperPhone'>,
  ): WarehousePlan => {
    const keeper = callUp();
    const owner = facts.code.split('-')[1] as string;
    const row = { id: warehouseId(facts.code), societyId: societyId(owner), ...facts };
    return { stockPercent, row: { ...row, keeperName: keeper.name, keeperPhone: keeper.phone } };
  };
  return [
    plan(100, { ...storeAt(at('330110'), 'WH-330000-1', '省备灾救灾中心（余杭）'), tier: 'provincial', areaM2: 4500 }),
    ...readTable(CITY_STORES, 4).map(([adcode, tier, areaM2, percent]) => {
      const regional = tier === 'regional';
      const title = `${at(adcode).name}${regional ? '区域性备灾救灾仓库' : '备灾物资库'}`;
      const store = storeAt(at(adcode), `WH-${adcode}-1`, title);
      return plan(numberIn(percent), { ...store, tier: regional ? 'regional' : 'city', areaM2: numberIn(areaM2) });
    }),
    ...readTable(COUNTY_STORES, 4).map(([adcode, areaM2, percent, mode]) => {
      const store = storeAt(at(adcode), `WH-${adcode}-1`, `${at(adcode).name}备灾物资库`);
      const run = mode === 'consigned' ? 'consigned' : 'physical';
      return plan(numberIn(percent), { ...store, tier: 'county', areaM2: numberIn(areaM2), mode: run });
    }),
    ...townships.map((town, index) => {
      const store = storeAt(town, `WH-${town.adcode}-1`, `${at(town.adcode.slice(0, 6)).name}${town.name}物资点`);
      return plan(0, { ...store, tier: 'cache', areaM2: 10 + (index % 5) * 5 });
    }),
    ...readTable(AGREEMENTS, 4).map(([adcode, title, mode, capacity], index) => {
      const store = storeAt(at(adcode), `WH-330000-${index + 2}`, title as string);
      const kind = mode === 'virtual' ? 'virtual' : 'agreement';
      return plan(0, { ...store, tier: 'agreement', areaM2: null, mode: kind, dailyCapacityUnits: numberIn(capacity) });
    }),
  ];
}

function storeAt(place: Omit<Place, 'pinyin' | 'population'>, code: string, title: string) {
  const { adcode, lon, lat } = place;
  return { code, name: `${title}${DEMO_MARK}`, adcode, lon, lat, mode: 'physical' as const, dailyCapacityUnits: null };
}

/** Zone-rack bins: one in a cache, three in a county room, five to eight in larger stores, none where no goods lie. */
export function buildBins(warehouses: WarehouseRow[]): BinRow[] {
  return warehouses.flatMap(({ id, code, tier }) =>
    BINS[tier].map((bin) => ({ id: demoId('bin', `${code}/${bin}`), warehouseId: id, code: bin })),
  );
}
