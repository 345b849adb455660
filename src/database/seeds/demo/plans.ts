import { dayAfter } from './days.js';
import { demoId } from './identity.js';
import type { PlanRow } from './rows.js';
import { DEMO_MARK, societyId } from './societies.js';

const NATURAL = ['typhoon', 'flood', 'landslide', 'earthquake', 'snow'] as const;
const SPECIAL = ['mountain-search', 'drowning', 'chemical', 'event-standby'] as const;
const TITLES: Record<string, [zh: string, en: string]> = {
  typhoon: ['台风应急预案', 'Typhoon plan'],
  flood: ['洪涝应急预案', 'Flood plan'],
  landslide: ['滑坡泥石流应急预案', 'Landslide plan'],
  earthquake: ['地震应急预案', 'Earthquake plan'],
  snow: ['低温雨雪冰冻应急预案', 'Snow and ice plan'],
  'mountain-search': ['山地搜救预案', 'Mountain search plan'],
  drowning: ['溺水救援预案', 'Drowning plan'],
  chemical: ['危险化学品事故配合预案', 'Chemical accident plan'],
  'event-standby': ['活动救护保障预案', 'Event standby plan'],
};
const NO_ADDS = { I: [], II: [], III: [], IV: [] };
const planIdOf = (adcode: string, hazard: string): string => demoId('plan', `${adcode}/${hazard}`);

/**
 * Plans in force, made from the templates: the province's for each hazard (the national figures for natural disasters), Taizhou's
 * for typhoon and flood, which inherits and adds a city's figures, and Linhai's for typhoon, which adds to both. One review is overdue.
 */
export function buildPlans(now: Date): PlanRow[] {
  const base = (adcode: string, hazard: string, place: string, reviewInDays: number) => ({
    id: planIdOf(adcode, hazard), societyId: societyId(adcode), hazard, title: `${place}${TITLES[hazard]![0]}${DEMO_MARK}`,
    titleEn: `${TITLES[hazard]![1]} (demo)`, source: '示范数据，由模板改写', note: '', reviewOn: dayAfter(now, reviewInDays),
  }); // prettier-ignore
  const province = [...NATURAL, ...SPECIAL].map((hazard): PlanRow => ({
    ...base('330000', hazard, '浙江省红十字会', hazard === 'snow' ? -45 : 300),
    triggersOf: (NATURAL as readonly string[]).includes(hazard) ? 'national-relief' : hazard,
    addsOf: hazard,
    inheritsId: null,
    triggers: [],
    adds: NO_ADDS,
  }));
  const city = (['typhoon', 'flood'] as const).map((hazard): PlanRow => ({
    ...base('331000', hazard, '台州市红十字会', 200),
    triggersOf: hazard,
    addsOf: null,
    inheritsId: planIdOf('330000', hazard),
    triggers: [],
    adds: {
      ...NO_ADDS,
      IV: [task('islands', '核实海岛和渔港人员回港情况', 'Check that people of islands and ports are ashore', 60)],
      III: [{ ...line, kind: 'team', code: 'water', count: 10, dueMin: 45 }],
    },
  }));
  const county: PlanRow = {
    ...base('331082', 'typhoon', '临海市红十字会', 120),
    triggersOf: null,
    addsOf: null,
    inheritsId: planIdOf('331000', 'typhoon'),
    triggers: [{ level: 'IV', by: 'movedOrNeedingAid', from: 100, source: 'no-source' }],
    adds: {
      ...NO_ADDS,
      IV: [task('old-town', '派人到古城值守并查看灵江水位', 'Post people in the old town and watch the Lingjiang', 45)],
      III: [{ ...line, kind: 'goods', code: 'RE02', count: 2, dueMin: 90 }],
    },
  };
  return [...province, ...city, county];
}

const line = { title: '', titleEn: '', ownerRole: 'dutyOfficer', dueMin: 60 } as const;
const task = (code: string, title: string, titleEn: string, dueMin: number) =>
  ({ ...line, kind: 'task', code, count: 1, title, titleEn, dueMin }) as const;
