import type {
  CapabilityNeed,
  ItemNeed,
  PlannerInput,
  Priority,
  Speciality,
  StockCandidate,
  StockLot,
  TeamUnitCandidate,
  Tier,
} from './planner.types.js';

/** Plain snapshots for tests and benchmarks: each maker gives an unremarkable thing, the caller says what is special. */

export function sampleUnit(special: Partial<TeamUnitCandidate> & { unitId: string }): TeamUnitCandidate {
  return {
    teamId: `team-of-${special.unitId}`,
    speciality: 'water',
    capabilities: [],
    headcount: 10,
    distanceM: 1000 * (special.etaMin ?? 60),
    etaMin: 60,
    departureMin: 30,
    tier: 'city',
    ready: true,
    notReadyReasons: [],
    busy: false,
    restUntilMin: null,
    peersReadyInCity: 2,
    ...special,
  };
}

export function sampleLot(special: Partial<StockLot> & { lotId: string }): StockLot {
  return { expiresInDays: null, receivedOrder: 1, availableUnits: 100, held: false, ...special };
}

export function sampleCell(special: Partial<StockCandidate> & { warehouseId: string }): StockCandidate {
  const etaMin = special.etaMin ?? 60;
  const lots = [sampleLot({ lotId: `lot-${special.warehouseId}` })];
  return { itemId: 'tent', tier: 'county', distanceM: 1000 * etaMin, etaMin, minimumUnits: 0, lots, ...special };
}

export function sampleCapability(special: Partial<CapabilityNeed> & { id: string }): CapabilityNeed {
  return { speciality: 'water', headcount: 10, priority: 1, neededByMin: null, alreadyHeadcount: 0, ...special };
}

export function sampleItem(special: Partial<ItemNeed> & { id: string }): ItemNeed {
  const { id, ...rest } = special;
  return { id, itemId: 'tent', units: 50, priority: 1, neededByMin: null, alreadyUnits: 0, minimumUseDays: 0, ...rest };
}

export function sampleInput(special: Partial<PlannerInput>): PlannerInput {
  const empty = { capabilities: [], items: [], units: [], stock: [] };
  return { incidentId: 'incident-1', now: '2026-07-21T00:00:00Z', ...empty, ...special };
}

/** Random whole numbers from a seed, the same on every machine. */
export class Dice {
  constructor(private state: number) {}

  /** From 0 up to and without `below`. */
  roll(below: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * below);
  }

  between(least: number, most: number): number {
    return least + this.roll(most - least + 1);
  }

  chance(percent: number): boolean {
    return this.roll(100) < percent;
  }

  pick<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.roll(values.length)] ?? values[0];
  }
}

export interface SampleSize {
  capabilities: number;
  itemNeeds: number;
  items: number;
  units: number;
  warehouses: number;
  /** Largest number of people or units in one place. */
  amount: number;
}

const SPECIALITIES: readonly [Speciality, ...Speciality[]] = [
  'water',
  'relief',
  'medical',
  'search-rescue',
  'logistics',
];
const TIERS: readonly [Tier, ...Tier[]] = ['county', 'city', 'city', 'province', 'province', 'other'];
const BY_TIER: Readonly<Record<Tier, number>> = { county: 20, city: 70, province: 170, other: 300 };

function randomUnit(dice: Dice, index: number, amount: number): TeamUnitCandidate {
  const tier = dice.pick(TIERS);
  const city = dice.roll(4);
  const ready = !dice.chance(15);
  return sampleUnit({
    unitId: `unit-${index}`,
    speciality: dice.pick(SPECIALITIES),
    capabilities: dice.chance(40) ? [dice.pick(SPECIALITIES)] : [],
    headcount: dice.between(1, amount),
    etaMin: BY_TIER[tier] + dice.roll(60),
    tier,
    ready,
    notReadyReasons: ready ? [] : ['kit-overdue'],
    busy: dice.chance(10),
    restUntilMin: dice.chance(10) ? dice.between(0, 300) : null,
    peersReadyInCity: dice.roll(3),
    ...(dice.chance(50) ? { homeCityId: `${tier}-${city}` } : {}),
  });
}

function randomLots(dice: Dice, amount: number): StockLot[] {
  return Array.from({ length: dice.between(0, 3) }, (_, index) =>
    sampleLot({
      lotId: `lot-${index}`,
      expiresInDays: dice.chance(60) ? dice.between(-1, 40) : null,
      receivedOrder: dice.roll(3),
      availableUnits: dice.between(0, amount),
      held: dice.chance(10),
    }),
  );
}

function randomStock(dice: Dice, { warehouses, items, amount }: SampleSize): StockCandidate[] {
  return Array.from({ length: warehouses }, (_, index) => ({
    warehouseId: `warehouse-${index}`,
    tier: dice.pick(TIERS),
  })).flatMap(({ warehouseId, tier }) => {
    const etaMin = BY_TIER[tier] + dice.roll(60);
    return Array.from({ length: items }, (_, item) =>
      sampleCell({
        warehouseId,
        itemId: `item-${item}`,
        tier,
        etaMin,
        minimumUnits: dice.chance(60) ? dice.roll(amount) : 0,
        lots: randomLots(dice, amount),
      }),
    );
  });
}

/** A whole snapshot from a seed, with every kind of trouble in it. */
export function randomInput(seed: number, size: SampleSize): PlannerInput {
  const dice = new Dice(seed);
  const due = (): number | null => (dice.chance(50) ? dice.between(30, 240) : null);
  const priority = (): Priority => dice.pick([1, 2, 3]);
  const { amount } = size;
  const units = Array.from({ length: size.units }, (_, index) => randomUnit(dice, index, amount));
  return sampleInput({
    capabilities: Array.from({ length: size.capabilities }, (_, index) => ({
      id: `people-${index}`,
      speciality: dice.pick(SPECIALITIES),
      headcount: dice.between(1, 3 * amount),
      priority: priority(),
      neededByMin: due(),
      alreadyHeadcount: dice.chance(20) ? dice.roll(amount) : 0,
    })),
    items: Array.from({ length: size.itemNeeds }, (_, index) => ({
      id: `goods-${index}`,
      itemId: `item-${index % (size.items + (dice.chance(5) ? 1 : 0))}`,
      units: dice.between(1, 3 * amount),
      priority: priority(),
      neededByMin: due(),
      alreadyUnits: dice.chance(20) ? dice.roll(amount) : 0,
      minimumUseDays: dice.pick([0, 0, 3, 14]),
    })),
    units,
    stock: randomStock(dice, size),
    lockedUnitIds: units.filter(() => dice.chance(5)).map(({ unitId }) => unitId),
    excludedUnitIds: units.filter(() => dice.chance(5)).map(({ unitId }) => unitId),
    objective: dice.chance(30) ? 'few-sources' : 'arrival',
  });
}
