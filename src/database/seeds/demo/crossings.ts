import { demoId } from './identity.js';
import type { CrossingRow, TravelAreaRow } from './rows.js';
import { societyId } from './societies.js';
import { numberIn, readTable } from './table.js';

/** What every figure here rests on: piers are set by hand, minutes are planning values. */
const SOURCE = '示范数据：码头位置手工标定，时刻为估计值';

// Islands that only water reaches: adcode of the society whose ground it is;name of the island.
const ISLANDS = `
330900;舟山岛
330921;岱山岛
330922;泗礁岛
330903100;六横岛
330903102;虾峙岛
330903104;桃花岛
330903105;东极岛
330921105;长涂岛
330921106;衢山岛
330922101;嵊山岛
330922202;枸杞岛
330922102;洋山岛
330922203;花鸟岛
330922201;黄龙岛
331002101;大陈岛
331083201;鸡山岛
331083202;茅埏岛
330326119;南麂岛
330305202;鹿西岛
330305101;大门岛
330381222;北麂岛
330225103;南田岛
330225204;高塘岛
`;

// kind;adcode of the society;name;from;lon;lat;island or -;to;lon;lat;island;crossing min;headway or -;first hour or -;last hour;lorries up to t, 0 none, - no limit
const CROSSINGS = `
bridge;330900;舟山跨海大桥;镇海蛟川;121.70;29.97;-;定海双桥;122.01;30.06;舟山岛;50;-;-;-;-
bridge;330921;舟岱大桥;定海马岙;122.10;30.13;舟山岛;岱山双合;122.11;30.24;岱山岛;30;-;-;-;-
ferry;330922;三江至泗礁;定海三江;122.07;30.13;舟山岛;李柱山;122.42;30.71;泗礁岛;170;240;7;15;30
ferry;330903;郭巨至六横;北仑郭巨;121.98;29.85;-;六横涨起;122.06;29.76;六横岛;40;30;6;18;30
ferry;330903;沈家门至虾峙;沈家门墩头;122.30;29.94;舟山岛;虾峙;122.25;29.77;虾峙岛;50;120;7;16;20
ferry;330903;沈家门至桃花;沈家门墩头;122.30;29.94;舟山岛;桃花茅草屋;122.27;29.83;桃花岛;45;60;6;17;20
ferry;330903;沈家门至东极;半升洞;122.31;29.95;舟山岛;庙子湖;122.69;30.19;东极岛;110;300;8;14;0
ferry;330921;岱山至长涂;高亭;122.21;30.24;岱山岛;小长涂;122.29;30.23;长涂岛;25;60;6;18;20
ferry;330921;岱山至衢山;岱山东沙;122.15;30.31;岱山岛;衢山;122.33;30.43;衢山岛;60;90;6;17;30
ferry;330922;泗礁至嵊山;小菜园;122.49;30.71;泗礁岛;嵊山;122.80;30.72;嵊山岛;70;240;8;15;0
ferry;330922;泗礁至枸杞;小菜园;122.49;30.71;泗礁岛;枸杞;122.76;30.71;枸杞岛;65;240;8;15;0
ferry;330922;泗礁至洋山;李柱山;122.42;30.71;泗礁岛;洋山;122.09;30.60;洋山岛;90;180;7;15;20
ferry;330922;泗礁至花鸟;小菜园;122.49;30.71;泗礁岛;花鸟;122.67;30.85;花鸟岛;60;300;8;14;0
ferry;330922;泗礁至黄龙;小菜园;122.49;30.71;泗礁岛;黄龙;122.56;30.67;黄龙岛;25;120;7;16;20
ferry;331002;椒江至大陈;椒江中心港;121.47;28.68;-;下大陈;121.89;28.44;大陈岛;110;300;8;14;20
ferry;331083;坎门至鸡山;坎门;121.28;28.07;-;鸡山;121.32;28.12;鸡山岛;25;60;6;17;20
ferry;331083;大麦屿至茅埏;大麦屿;121.15;28.10;-;海山;121.16;28.20;茅埏岛;25;60;6;17;20
ferry;330326;鳌江至南麂;鳌江港;120.62;27.59;-;南麂;121.07;27.46;南麂岛;120;360;8;14;0
ferry;330305;洞头至鹿西;洞头东沙港;121.16;27.86;-;鹿西;121.18;27.99;鹿西岛;45;90;6;17;20
bridge;330305;大门大桥;乐清翁垟;121.05;28.00;-;大门;121.07;27.97;大门岛;10;-;-;-;-
ferry;330381;瑞安至北麂;瑞安东山;120.68;27.75;-;北麂;121.19;27.63;北麂岛;120;360;8;14;0
ferry;330225;石浦至鹤浦;石浦;121.94;29.20;-;鹤浦;121.93;29.18;南田岛;20;20;5;19;30
ferry;330225;石浦至高塘;石浦;121.94;29.20;-;高塘;121.88;29.17;高塘岛;25;30;6;18;20
`;

const MINUTES_AN_HOUR = 60;
const orNull = (text: string | undefined): number | null => (text === '-' ? null : numberIn(text));
const hour = (text: string | undefined): number | null => {
  const value = orNull(text);
  return value === null ? null : value * MINUTES_AN_HOUR;
};
const land = (text: string | undefined): string | null => (text === '-' ? null : text!);

/** Ferries and bridges to the islands of the demonstration. */
export function buildCrossings(): CrossingRow[] {
  return readTable(CROSSINGS, 16).map((row) => {
    const [kind, adcode, name, fromName, fromLon, fromLat, fromIsland, toName, toLon, toLat, toIsland, ...times] = row;
    const [crossing, headway, first, last, tonnes] = times;
    const most = orNull(tonnes);
    return {
      id: demoId('crossing', name!), societyId: societyId(adcode!), kind: kind as CrossingRow['kind'], name: name!,
      from: { name: fromName!, lon: numberIn(fromLon), lat: numberIn(fromLat), island: land(fromIsland) },
      to: { name: toName!, lon: numberIn(toLon), lat: numberIn(toLat), island: land(toIsland) },
      crossingMin: numberIn(crossing), headwayMin: orNull(headway), firstMin: hour(first), lastMin: hour(last), carriesVehicles: most !== 0,
      maxVehicleT: most === 0 ? null : most, source: SOURCE,
    }; // prettier-ignore
  });
}

/** The islands, and the one city whose ground is known by a saying. */
export function buildTravelAreas(): TravelAreaRow[] {
  const islands = readTable(ISLANDS, 2).map(([adcode, island]) => ({
    societyId: societyId(adcode!), terrain: null, island: island!, source: SOURCE,
  })); // prettier-ignore
  const mountains = { terrain: 'mountain' as const, island: null, source: '示范数据：丽水素称“九山半水半分田”' };
  return [...islands, { societyId: societyId('331100'), ...mountains }];
}
