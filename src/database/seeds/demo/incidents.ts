import { demoId } from './identity.js';
import type { Person } from './people.js';
import type { IncidentRow } from './rows.js';

type Opening = Omit<IncidentRow, 'id' | 'reporterName' | 'reporterPhone'>;

/** Small and middling work of an ordinary day, three of the seven in Taizhou; two still wait for a duty officer. */
const OPENINGS: Opening[] = [
  {
    kind: 'drowning',
    severity: 'IV',
    title: '临海水库溺水（示范）',
    whatHappened: '两名游泳者在水库坝前水域失联，家属报警后转红十字会请求水上救援队携艇搜寻。',
    placeText: '台州市临海市某水库（示范地点）',
    lon: 121.05,
    lat: 28.9,
    societyAdcode: '331082',
    peopleAffected: 2,
    minutesAgo: 8,
    status: 'reported',
    needs: { capabilities: [], items: [] },
  },
  {
    kind: 'mountain-search',
    severity: 'IV',
    title: '仙居山区驴友被困（示范）',
    whatHappened: '四名徒步者在海拔约800米处迷路，手机电量不足，其中一人脚踝扭伤。',
    placeText: '台州市仙居县山区（示范地点）',
    lon: 120.62,
    lat: 28.73,
    societyAdcode: '331024',
    peopleAffected: 4,
    minutesAgo: 35,
    status: 'verified',
    needs: {
      capabilities: [
        { speciality: 'search-rescue', headcount: 20, priority: 1 },
        { speciality: 'medical', headcount: 6, priority: 2 },
      ],
      items: [{ itemCode: 'FK09', units: 20, priority: 2 }],
    },
  },
  {
    kind: 'flood',
    severity: 'III',
    title: '温岭暴雨内涝（示范）',
    whatHappened: '短时强降雨致低洼村居积水，一楼住户转移至三处避灾安置场所，需要家庭包、毛巾被和饮水。',
    placeText: '台州市温岭市低洼村居（示范地点）',
    lon: 121.38,
    lat: 28.38,
    societyAdcode: '331081',
    peopleAffected: 1800,
    minutesAgo: 150,
    status: 'verified',
    needs: {
      capabilities: [
        { speciality: 'water', headcount: 16, priority: 1 },
        { speciality: 'relief', headcount: 20, priority: 2 },
      ],
      items: [
        { itemCode: 'FK01', units: 750, priority: 1 },
        { itemCode: 'BD03', units: 1800, priority: 2 },
        { itemCode: 'WF01', units: 600, priority: 1 },
      ],
    },
  },
  {
    kind: 'landslide',
    severity: 'III',
    title: '永嘉山体滑坡（示范）',
    whatHappened: '连续降雨后山体滑坡，掩埋房屋两间，道路中断，附近两村居民转移，尚有人员失去联系。',
    placeText: '温州市永嘉县山区村（示范地点）',
    lon: 120.72,
    lat: 28.4,
    societyAdcode: '330324',
    peopleAffected: 230,
    minutesAgo: 90,
    status: 'verified',
    needs: {
      capabilities: [
        { speciality: 'search-rescue', headcount: 30, priority: 1 },
        { speciality: 'telecom', headcount: 6, priority: 2 },
        { speciality: 'psychosocial', headcount: 5, priority: 3 },
      ],
      items: [
        { itemCode: 'SH01', units: 40, priority: 1 },
        { itemCode: 'RE06', units: 2, priority: 2 },
        { itemCode: 'FK01', units: 96, priority: 2 },
      ],
    },
  },
  {
    kind: 'missing-person',
    severity: 'IV',
    title: '普陀老人走失（示范）',
    whatHappened: '一名七十余岁老人清晨外出未归，最后出现在码头附近，家属请求协助寻找。',
    placeText: '舟山市普陀区码头附近（示范地点）',
    lon: 122.3,
    lat: 29.95,
    societyAdcode: '330903',
    peopleAffected: 1,
    minutesAgo: 4,
    status: 'reported',
    needs: { capabilities: [], items: [] },
  },
  {
    kind: 'chemical',
    severity: 'IV',
    title: '嘉善界河油品泄漏（示范）',
    whatHappened: '货车侧翻致少量油品入河，沿岸一处取水口暂停取水，请毗邻地区关注并准备供水支援。',
    placeText: '嘉兴市嘉善县省界河道（示范地点）',
    lon: 120.88,
    lat: 30.95,
    societyAdcode: '330421',
    peopleAffected: 600,
    minutesAgo: 210,
    status: 'verified',
    needs: {
      capabilities: [{ speciality: 'water-supply', headcount: 12, priority: 2 }],
      items: [
        { itemCode: 'WF01', units: 300, priority: 1 },
        { itemCode: 'WF08', units: 250, priority: 2 },
      ],
    },
  },
  {
    kind: 'event-standby',
    severity: 'IV',
    title: '西湖长跑活动救护保障（示范）',
    whatHappened: '城市长跑活动请求沿途设置救护点并安排巡回救护力量。',
    placeText: '杭州市西湖区活动沿线（示范地点）',
    lon: 120.13,
    lat: 30.25,
    societyAdcode: '330106',
    peopleAffected: null,
    minutesAgo: 1440,
    status: 'verified',
    needs: {
      capabilities: [{ speciality: 'medical', headcount: 24, priority: 3 }],
      items: [{ itemCode: 'HL04', units: 12, priority: 3 }],
    },
  },
];

/** The open incidents that the console starts with, each reported by an invented caller. */
export function buildIncidents(callUp: () => Person): IncidentRow[] {
  return OPENINGS.map((opening) => {
    const caller = callUp();
    const id = demoId('incident', opening.title);
    return { id, ...opening, reporterName: caller.name, reporterPhone: caller.phone };
  });
}
