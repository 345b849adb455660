import { dayAfter } from './days.js';
import { diceFor, type Dice } from './dice.js';
import { demoId } from './identity.js';
import type { BinRow, FundRow, ItemRow, LotRow, OpeningRow, PolicyRow, WarehouseRow } from './rows.js';
import { parentAdcode, societyId } from './societies.js';
import type { WarehousePlan } from './warehouses.js';

const SHELF_MONTH_DAYS = 30.4;
const SOON_DAYS = 180; // rotation alarm
const NATIONAL_SOCIETY = '100000';
/** Short-lived goods are kept only where turnover is quick; counties rely on the agreement stores for them. */
const QUICK_TURNOVER = new Set(['WF02', 'WF06']);
/** The provincial centre always keeps one lot of these for the national society. */
const NATIONAL_ITEMS = new Set(['SH01', 'BD01', 'BD03', 'BD04', 'BD06', 'FK01']);
const FAULTY_TENTH = 10;
/** Goods given for one purpose: only for that kind of incident; the third for whatever first aid needs. */
const FUNDS: [string, string | null][] = [
  ['台风救灾定向（示范）', 'typhoon'],
  ['洪涝救灾定向（示范）', 'flood'],
  ['应急救护定向（示范）', null],
];

type Fault = 'none' | 'soon' | 'expired' | 'damaged' | 'held';

interface LotPlan {
  item: ItemRow;
  warehouse: WarehouseRow;
  units: number;
  fault: Fault;
  ownerAdcode: string;
  fund: string | null;
}

/** Units of an item that a warehouse holds at the start; 0 when it does not keep the item. */
export function openingUnits({ row, stockPercent }: WarehousePlan, item: ItemRow, dice: Dice): number {
  if (row.tier === 'agreement') return 0;
  if (row.tier === 'cache') {
    if (item.code === 'FK01') return dice.between(4, 12) * 5;
    if (item.code === 'FK08') return dice.between(8, 20) * 5;
    if (item.code === 'WF01') return dice.between(6, 16) * 5;
    return 0;
  }
  if (row.tier === 'county' && QUICK_TURNOVER.has(item.code)) return 0;
  return Math.round((item.provincialTarget * stockPercent) / 100);
}

export const buildFunds = (): FundRow[] =>
  FUNDS.map(([code, incidentKind]) => ({
    code,
    name: code,
    kind: 'donation',
    societyId: societyId('330000'),
    incidentKind,
  }));

/** Lots, their opening balances and the minimum, target and maximum levels of every warehouse. */
export function buildStock(
  now: Date,
  { warehouses, bins, items }: { warehouses: WarehousePlan[]; bins: BinRow[]; items: ItemRow[] },
): { lots: LotRow[]; openings: OpeningRow[]; policies: PolicyRow[] } {
  const dice = diceFor('stock');
  const whole: LotPlan[] = [];
  const policies: PolicyRow[] = [];
  for (const warehouse of warehouses) {
    for (const item of items) {
      const units = openingUnits(warehouse, item, dice);
      if (units === 0) continue;
      policies.push(policyFor(warehouse.row, item, units, dice));
      whole.push(...lotsFor(warehouse.row, item, units));
    }
  }
  const plans = markFaults(whole, diceFor('faults'));
  markOwners(plans, diceFor('owners'));
  const binsOf = groupBins(bins);
  const lots = plans.map((plan, index) => lotRow(plan, index, now, dice));
  const openings = plans.map((plan, index) => openingRow(plan, lots[index] as LotRow, binsOf));
  return { lots, openings, policies };
}

function lotsFor(warehouse: WarehouseRow, item: ItemRow, units: number): LotPlan[] {
  const count = lotCount(warehouse.tier, units);
  const share = Math.floor(units / count);
  return Array.from({ length: count }, (_, index) => ({
    item,
    warehouse,
    units: index === 0 ? units - share * (count - 1) : share,
    fault: 'none',
    ownerAdcode: ownerOf(warehouse),
    fund: null,
  }));
}

function lotCount(tier: WarehouseRow['tier'], units: number): number {
  if (tier === 'provincial') return units >= 1000 ? 4 : Math.min(3, units);
  if (tier === 'regional') return units >= 20 ? 2 : 1;
  if (tier === 'city') return units >= 500 ? 2 : 1;
  return 1;
}

/** Society whose building it is: the code's second part. */
function ownerOf(warehouse: WarehouseRow): string {
  return warehouse.code.split('-')[1] as string;
}

/** Of dated lots 5 % expire within 180 days and 1 % have expired; of all lots 1 % are damaged and 0.5 % are held. */
function markFaults(plans: LotPlan[], dice: Dice): LotPlan[] {
  const dated = plans.filter((plan) => plan.item.minimumUseDays > 0);
  const bornSoon = dated.filter((plan) => shelfDays(plan.item) <= SOON_DAYS + 30);
  for (const plan of bornSoon) plan.fault = 'soon'; // six-month goods are never far from their date
  const rest = dice.shuffled(dated.filter((plan) => plan.fault === 'none'));
  for (const plan of rest.slice(0, Math.round(dated.length * 0.05) - bornSoon.length)) plan.fault = 'soon';
  const large = (plan: LotPlan) =>
    plan.fault === 'none' && plan.warehouse.tier !== 'provincial' && plan.units >= FAULTY_TENTH;
  const setAside = (fault: Fault, count: number, from: LotPlan[]) =>
    dice
      .shuffled(from.filter(large))
      .slice(0, count)
      .map((plan) => splitOff(plan, fault));
  return [
    ...plans,
    ...setAside('expired', Math.round(dated.length * 0.01), dated),
    ...setAside('damaged', Math.round(plans.length * 0.01), plans),
    ...setAside('held', Math.round(plans.length * 0.005), plans),
  ];
}

/** A tenth of the goods becomes a lot of its own, so that no store loses all it has of an item to one fault. */
function splitOff(plan: LotPlan, fault: Fault): LotPlan {
  const units = Math.floor(plan.units / FAULTY_TENTH);
  plan.units -= units;
  return { ...plan, units, fault };
}

/** One lot in ten belongs to another society than the one that keeps it; a few are given for one purpose only. */
function markOwners(plans: LotPlan[], dice: Dice): void {
  const forNation = plans.filter(
    ({ warehouse, item }, index) =>
      warehouse.tier === 'provincial' && NATIONAL_ITEMS.has(item.code) && plans[index - 1]?.item !== item,
  );
  const others = dice.shuffled(plans.filter((plan) => !forNation.includes(plan)));
  const rest = Math.round(plans.length * 0.1) - forNation.length;
  for (const plan of [...forNation, ...others.slice(0, rest)]) {
    plan.ownerAdcode = parentAdcode(plan.ownerAdcode) ?? NATIONAL_SOCIETY;
  }
  for (const plan of others.slice(rest, rest + Math.round(plans.length * 0.02))) plan.fund = dice.pick(FUNDS)[0];
}

function shelfDays(item: ItemRow): number {
  return Math.round(item.shelfMonths * SHELF_MONTH_DAYS);
}

function lotRow(plan: LotPlan, index: number, now: Date, dice: Dice): LotRow {
  const life = shelfDays(plan.item);
  const left = remainingDays(plan, life, dice);
  const age =
    left === null ? dice.between(30, Math.min(life, 1500) - 1) : Math.max(1, life - left - dice.between(0, 25));
  const receivedOn = dayAfter(now, -age);
  const code = `${plan.item.code}-${receivedOn.slice(2, 4)}${receivedOn.slice(5, 7)}-${String(index + 1).padStart(4, '0')}`;
  return {
    id: demoId('lot', `${plan.warehouse.code}/${plan.item.code}/${index}`),
    itemId: plan.item.id,
    code,
    expiresOn: left === null ? null : dayAfter(now, left),
    receivedOn,
    source: sourceOf(plan, dice),
    ownerSocietyId: societyId(plan.ownerAdcode),
    state: plan.fault === 'damaged' || plan.fault === 'held' ? plan.fault : 'good',
  };
}

/** Days until the lot expires, by its fault; null for kit that carries no date. */
function remainingDays({ item, fault }: LotPlan, life: number, dice: Dice): number | null {
  if (item.minimumUseDays === 0) return null;
  if (fault === 'expired') return -dice.between(3, 60);
  if (fault === 'soon') return dice.between(10, Math.min(SOON_DAYS, life - 5));
  return dice.between(SOON_DAYS + 1, life - 5);
}

function sourceOf(plan: LotPlan, dice: Dice): LotRow['source'] {
  if (plan.fund !== null) return 'donation';
  const chance = dice.next();
  if (plan.warehouse.tier === 'county' || plan.warehouse.tier === 'cache') {
    if (chance < 0.55) return 'allocated';
    return chance < 0.85 ? 'purchase' : 'donation';
  }
  if (chance < 0.8) return 'purchase';
  return chance < 0.97 ? 'donation' : 'other';
}

function openingRow(plan: LotPlan, lot: LotRow, binsOf: Map<string, BinRow[]>): OpeningRow {
  return {
    lotId: lot.id,
    itemId: plan.item.id,
    warehouseId: plan.warehouse.id,
    binId: binFor(plan, binsOf).id,
    ownerSocietyId: lot.ownerSocietyId,
    fund: plan.fund,
    condition: plan.fault === 'damaged' ? 'damaged' : 'good',
    units: plan.units,
  };
}

const ZONES = ['SH', 'BD', 'FK', 'WF', 'HL', 'RE', 'WS', 'EN'];

function groupBins(bins: BinRow[]): Map<string, BinRow[]> {
  const groups = new Map<string, BinRow[]>();
  for (const bin of bins) groups.set(bin.warehouseId, [...(groups.get(bin.warehouseId) ?? []), bin]);
  return groups;
}

/** One zone per kind of goods, as far as the store has zones. */
function binFor({ item, warehouse }: LotPlan, binsOf: Map<string, BinRow[]>): BinRow {
  const bins = binsOf.get(warehouse.id) ?? [];
  const bin = bins[ZONES.indexOf(item.code.slice(0, 2)) % bins.length];
  if (bin === undefined) throw new Error(`demo: no bin for ${item.code} in ${warehouse.code}`);
  return bin;
}

/** Minimum at 60 % and maximum at twice the target; one line in twenty-five is short, to give the desk work. */
function policyFor(warehouse: WarehouseRow, item: ItemRow, units: number, dice: Dice): PolicyRow {
  const short = warehouse.tier !== 'provincial' && dice.next() < 0.04;
  const targetUnits = short ? Math.ceil(units * 1.8) + 1 : units;
  const minimumUnits = Math.ceil(targetUnits * 0.6);
  return { warehouseId: warehouse.id, itemId: item.id, minimumUnits, targetUnits, maximumUnits: targetUnits * 2 };
}
