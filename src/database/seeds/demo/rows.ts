import type { ScenarioRow } from './scenarios.js';
import type { Requirement, ResponseLevel, Trigger } from '../../../incidents/response/plans.dto.js';

/**
 * The rows of the demonstration data, exactly as the insertion reads them. Ids are stable UUID text, coordinates are
 * WGS 84 degrees rounded to 0.01, quantities are whole base units, days are `YYYY-MM-DD` in Asia/Shanghai.
 */
export interface SocietyRow {
  id: string;
  /** GB/T 2260 code, 6 digits; 9 digits for a township. */
  adcode: string;
  name: string;
  shortName: string;
  level: 'province' | 'city' | 'county' | 'township' | 'partner';
  parentId: string | null;
  lon: number;
  lat: number;
  /** People, census 2020; 0 where no figure is carried (townships, partners). */
  population: number;
}

export interface UserRow {
  id: string;
  account: string;
  name: string;
  phone: string;
  societyId: string;
}

/** A second and third officer of a desk, made by the ordinary commands; `words` is what one leaves to the next. */
export interface DutyColleagueRow extends UserRow {
  adcode: string;
  words: string;
}

export interface GrantRow {
  userId: string;
  role:
    | 'dutyOfficer'
    | 'dutyLead'
    | 'keeper'
    | 'checker'
    | 'teamLeader'
    | 'member'
    | 'auditor'
    | 'supervisor'
    | 'administrator';
  societyId: string;
  teamId: string | null;
  warehouseId: string | null;
}

export interface WarehouseRow {
  id: string;
  code: string;
  name: string;
  tier: 'provincial' | 'regional' | 'city' | 'county' | 'cache' | 'agreement';
  societyId: string;
  adcode: string;
  lon: number;
  lat: number;
  areaM2: number | null;
  mode: 'physical' | 'consigned' | 'agreement' | 'virtual';
  /** Units a partner can deliver in 24 hours; only agreement and virtual stores have one. */
  dailyCapacityUnits: number | null;
  keeperName: string;
  keeperPhone: string;
}

export interface BinRow {
  id: string;
  warehouseId: string;
  code: string;
}

export interface ItemRow {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  /** Top class of GB/T 38565: 1 basic living, 2 emergency equipment, 3 engineering material. */
  gbClass: 1 | 2 | 3;
  unit: string;
  weightG: number;
  volumeCm3: number;
  shelfMonths: number;
  priceFen: number;
  provincialTarget: number;
  seasonMonths: number[] | null;
  /** Days of life a dated lot must still have to be worth sending; 0 when lots of the item carry no expiry. */
  minimumUseDays: number;
}

export interface LotRow {
  id: string;
  itemId: string;
  code: string;
  expiresOn: string | null;
  receivedOn: string;
  source: 'purchase' | 'donation' | 'allocated' | 'other';
  ownerSocietyId: string;
  state: 'good' | 'held' | 'damaged';
}

export interface OpeningRow {
  lotId: string;
  itemId: string;
  warehouseId: string;
  binId: string;
  ownerSocietyId: string;
  fund: string | null;
  condition: 'good' | 'damaged';
  units: number;
}

export interface FundRow {
  code: string;
  name: string;
  kind: 'purchase' | 'donation';
  societyId: string;
  /** Only for incidents of this kind; null for all. */
  incidentKind: string | null;
}

export interface PolicyRow {
  warehouseId: string;
  itemId: string;
  minimumUnits: number;
  targetUnits: number;
  maximumUnits: number;
}

export type Speciality =
  | 'search-rescue'
  | 'water'
  | 'relief'
  | 'medical'
  | 'psychosocial'
  | 'water-supply'
  | 'sanitation'
  | 'telecom'
  | 'logistics';

export interface TeamRow {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  speciality: Speciality;
  societyId: string;
  grade: 'national' | 'provincial' | 'city' | 'county';
  departureTargetMin: number;
  lon: number;
  lat: number;
}

export interface UnitRow {
  id: string;
  teamId: string;
  code: string;
  name: string;
  capabilities: string[];
  headcount: number;
  lon: number;
  lat: number;
  state: 'stand-by' | 'stood-down';
}

export interface MemberRow {
  id: string;
  teamId: string;
  unitId: string | null;
  userId: string | null;
  name: string;
  phone: string;
  position: 'leader' | 'deputy' | 'member';
  insuredUntil: string | null;
}

export interface CredentialRow {
  id: string;
  memberId: string;
  kind: 'first-aid' | 'boat' | 'rope' | 'drone' | 'doctor' | 'nurse' | 'psychology' | 'radio' | 'driver';
  number: string;
  validUntil: string;
}

export interface EquipmentRow {
  id: string;
  teamId: string;
  unitId: string | null;
  kind: string;
  name: string;
  quantity: number;
  inspectionDueOn: string;
  status: 'ready' | 'in-repair';
}

export interface IncidentRow {
  id: string;
  kind:
    | 'typhoon'
    | 'flood'
    | 'landslide'
    | 'earthquake'
    | 'snow'
    | 'mountain-search'
    | 'drowning'
    | 'chemical'
    | 'missing-person'
    | 'event-standby'
    | 'other';
  severity: 'I' | 'II' | 'III' | 'IV';
  title: string;
  whatHappened: string;
  placeText: string;
  lon: number;
  lat: number;
  societyAdcode: string;
  peopleAffected: number | null;
  reporterName: string;
  reporterPhone: string;
  minutesAgo: number;
  status: 'reported' | 'verified';
  needs: {
    capabilities: { speciality: Speciality; headcount: number; priority: 1 | 2 | 3 }[];
    items: { itemCode: string; units: number; priority: 1 | 2 | 3 }[];
  };
}

/** A plan in force: its own lines beside those of a template, which `triggersOf` and `addsOf` name by code. */
export interface PlanRow {
  id: string;
  societyId: string;
  hazard: string;
  title: string;
  titleEn: string;
  source: string;
  note: string;
  reviewOn: string;
  inheritsId: string | null;
  triggersOf: string | null;
  addsOf: string | null;
  triggers: readonly Trigger[];
  adds: Record<ResponseLevel, readonly Requirement[]>;
}

/** Everything the demonstration starts with. */
/** A crossing of the demonstration; minutes of the day in China. */
export interface CrossingRow {
  id: string;
  societyId: string;
  kind: 'ferry' | 'bridge';
  name: string;
  from: { name: string; lon: number; lat: number; island: string | null };
  to: { name: string; lon: number; lat: number; island: string | null };
  crossingMin: number;
  headwayMin: number | null;
  firstMin: number | null;
  lastMin: number | null;
  carriesVehicles: boolean;
  maxVehicleT: number | null;
  source: string;
}
export interface TravelAreaRow {
  societyId: string;
  terrain: 'plain' | 'hill' | 'mountain' | null;
  island: string | null;
  source: string;
}

export interface DemoData {
  societies: SocietyRow[];
  users: UserRow[];
  grants: GrantRow[];
  dutyColleagues: DutyColleagueRow[];
  warehouses: WarehouseRow[];
  bins: BinRow[];
  items: ItemRow[];
  lots: LotRow[];
  funds: FundRow[];
  openings: OpeningRow[];
  policies: PolicyRow[];
  teams: TeamRow[];
  units: UnitRow[];
  members: MemberRow[];
  credentials: CredentialRow[];
  equipment: EquipmentRow[];
  incidents: IncidentRow[];
  plans: PlanRow[];
  scenarios: ScenarioRow[];
  crossings: CrossingRow[];
  travelAreas: TravelAreaRow[];
}
