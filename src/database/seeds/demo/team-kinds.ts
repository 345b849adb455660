import type { CredentialRow, Speciality } from './rows.js';
import type { TeamKind } from './team-list.js';

/** Kit of a team or of each of its units: kind, name, quantity. */
export type KitLine = readonly [kind: string, name: string, quantity: number];

/** What every team of one kind has in common. */
export interface TeamKindFacts {
  speciality: Speciality;
  name: string;
  nameEn: string;
  departureTargetMin: number;
  /** Beyond the speciality itself. */
  capabilities: string[];
  unitKit: KitLine[];
  teamKit: KitLine[];
  /** Credentials in demand, and of how many in a hundred unit members. */
  credentials: readonly (readonly [CredentialRow['kind'], number])[];
}

const VEHICLES: KitLine = ['vehicle', '救援车', 2];
const RADIOS: KitLine = ['radio', '对讲机', 6];

export const teamKinds: Record<TeamKind, TeamKindFacts> = {
  SR: {
    speciality: 'search-rescue',
    name: '搜救队',
    nameEn: 'Search and Rescue Team',
    departureTargetMin: 30,
    capabilities: ['mountain', 'rope', 'collapse'],
    unitKit: [['rope-set', '绳索装备', 4], ['stretcher', '折叠担架', 2], RADIOS],
    teamKit: [['drone', '搜索无人机', 1], VEHICLES],
    credentials: [
      ['rope', 50],
      ['driver', 20],
      ['drone', 5],
    ],
  },
  WR: {
    speciality: 'water',
    name: '水上救援队',
    nameEn: 'Water Rescue Team',
    departureTargetMin: 30,
    capabilities: ['boat', 'swift-water', 'evacuation'],
    unitKit: [['rigid-boat', '冲锋舟', 1], ['inflatable-boat', '橡皮艇', 1], ['life-jacket', '救生衣', 20], RADIOS],
    teamKit: [['pump', '排水泵', 2], VEHICLES],
    credentials: [
      ['boat', 50],
      ['driver', 20],
    ],
  },
  RL: {
    speciality: 'relief',
    name: '赈济救援队',
    nameEn: 'Relief Team',
    departureTargetMin: 120,
    capabilities: ['shelter', 'distribution', 'registration'],
    unitKit: [['tent', '工作帐篷', 2], ['registration-set', '登记发放套装', 1], RADIOS],
    teamKit: [['van', '物资车', 1]],
    credentials: [['driver', 30]],
  },
  MD: {
    speciality: 'medical',
    name: '医疗救护队',
    nameEn: 'Medical and First Aid Team',
    departureTargetMin: 60,
    capabilities: ['first-aid', 'triage'],
    unitKit: [
      ['first-aid-kit', '急救背包', 4],
      ['aed', '自动体外除颤器', 1],
      ['stretcher', '折叠担架', 1],
    ],
    teamKit: [VEHICLES],
    credentials: [
      ['doctor', 30],
      ['nurse', 40],
    ],
  },
  PS: {
    speciality: 'psychosocial',
    name: '心理救援队',
    nameEn: 'Psychosocial Support Team',
    departureTargetMin: 360,
    capabilities: ['family-room', 'counselling'],
    unitKit: [['family-room-set', '家属接待室套装', 1]],
    teamKit: [['vehicle', '工作车', 1]],
    credentials: [['psychology', 100]],
  },
  WS: {
    speciality: 'water-supply',
    name: '供水救援队',
    nameEn: 'Water Supply Team',
    departureTargetMin: 360,
    capabilities: ['water-treatment', 'tap-stand'],
    unitKit: [
      ['water-treatment', '净水设备', 1],
      ['bladder', '储水囊', 4],
      ['tap-stand', '取水架', 6],
    ],
    teamKit: [['truck', '运水车', 1]],
    credentials: [['driver', 25]],
  },
  SN: {
    speciality: 'sanitation',
    name: '大众卫生救援队',
    nameEn: 'Mass Sanitation Team',
    departureTargetMin: 360,
    capabilities: ['latrine', 'disinfection'],
    unitKit: [
      ['latrine-set', '厕所套装', 10],
      ['sprayer', '背负式喷雾器', 6],
    ],
    teamKit: [['truck', '物资车', 1]],
    credentials: [['driver', 25]],
  },
  TC: {
    speciality: 'telecom',
    name: '通信救援队',
    nameEn: 'Telecom and Drone Team',
    departureTargetMin: 60,
    capabilities: ['satellite', 'mesh-radio', 'drone'],
    unitKit: [
      ['satellite-terminal', '卫星终端', 2],
      ['mesh-radio', '自组网电台', 6],
      ['drone', '侦察无人机', 2],
    ],
    teamKit: [['vehicle', '通信车', 1]],
    credentials: [
      ['radio', 70],
      ['drone', 50],
    ],
  },
  LG: {
    speciality: 'logistics',
    name: '后勤保障队',
    nameEn: 'Logistics and Power Team',
    departureTargetMin: 240,
    capabilities: ['transport', 'power', 'lighting'],
    unitKit: [
      ['generator', '发电机', 4],
      ['light-tower', '移动照明灯', 4],
    ],
    teamKit: [['truck', '运输车', 3]],
    credentials: [['driver', 60]],
  },
};

/** The three medical teams that keep an ambulance. */
export const ambulanceTeams = new Set(['T-330100-MD-1', 'T-330300-MD-1', 'T-331002-MD-1']);
