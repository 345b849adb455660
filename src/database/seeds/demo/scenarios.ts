import { demoId } from './identity.js';
import { DEMO_MARK, societyId } from './societies.js';
import { numberIn, readTable } from './table.js';

/** An incident that stock is placed for. */
export interface ScenarioRow {
  id: string;
  societyId: string;
  name: string;
  kind: string;
  month: number;
  perYear: number;
  source: string;
  waterOnly: boolean;
  counties: { societyId: string; people: number }[];
}

// name;kind;month;times a year;what the frequency rests on;1 = only water;county:people,…
// People are those whom the Red Cross supplies: 3 % of those moved, as after Lekima (8,000 packs of 3-5 people to 1.08 million).
const SCENARIOS = `
台风正面登陆台州;typhoon;8;0.5;2019年“利奇马”一类;0;331081:1600,331083:900,331082:1500,331022:700,331002:600,331004:700,331024:500
台风正面登陆温州;typhoon;8;0.7;2020年“黑格比”一类;0;330382:1500,330381:1200,330326:900,330327:1100,330305:300,330324:800,330328:400,330329:400
台风登陆宁波舟山;typhoon;7;0.5;2021年“烟花”一类;0;330225:900,330226:700,330213:500,330903:500,330921:300,330922:200
台风内陆暴雨浙西南;typhoon;9;0.4;推定;0;331121:600,331122:300,331127:300,331126:300,330328:400,330329:400
钱塘江流域洪水;flood;6;0.4;2020年新安江泄洪一类;0;330182:700,330781:800,330803:500,330825:500,330824:500,330127:600
甬江平原内涝;flood;10;0.2;2013年“菲特”余姚一类;0;330281:3000,330213:500,330282:500
杭嘉湖平原洪水;flood;6;0.3;推定;0;330421:400,330482:400,330503:500,330522:500,330521:400
浙西山洪;flood;6;0.5;推定;0;330112:500,330122:300,330523:400,330127:300
瓯江上游山洪;flood;6;0.5;推定;0;331121:400,331123:300,331124:200,331125:150,331127:200,331181:300
遂昌一带滑坡;landslide;9;0.2;2016年苏村一类;0;331123:150,331124:100
永嘉仙居泥石流;landslide;8;0.3;2019年永嘉山早一类;0;330324:200,331024:150
文成泰顺地震;earthquake;3;0.03;推定;0;330328:900,330329:700,331127:300
浙西南低温雨雪;snow;1;0.4;2016年寒潮一类;0;330824:300,331123:250,331181:250,331126:200,331127:150
浙北雨雪冰冻;snow;1;0.4;2008年雨雪一类;0;330523:400,330112:400,330522:300,330127:200
海岛干旱缺水;other;9;0.3;推定;1;330903:800,330921:600,330922:500,330225:400
`;

/** Typical incidents of the province, switched on: what its stock should be placed for. Frequencies are assumptions, marked so. */
export function buildScenarios(): ScenarioRow[] {
  return readTable(SCENARIOS, 7).map((cells) => {
    const [name, kind, month, perYear, source, waterOnly, counties] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    return {
      id: demoId('scenario', name), societyId: societyId('330000'), name: `${name}${DEMO_MARK}`, kind, month: numberIn(month),
      perYear: numberIn(perYear), source, waterOnly: waterOnly === '1',
      counties: counties.split(',').map((one) => {
        const [adcode, people] = one.split(':');
        return { societyId: societyId(adcode!), people: numberIn(people) };
      }),
    }; // prettier-ignore
  });
}
