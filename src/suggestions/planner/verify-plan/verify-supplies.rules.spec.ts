import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleInstance } from '../flow/instances.samples.js';
import type { Scale } from '../flow/instances.samples.js';
import { DEFAULT_POLICY, planSupplies } from '../flow/plan-supplies.rules.js';
import { seeded } from '../flow/random.rules.js';
import type { Random } from '../flow/random.rules.js';
import type { AdminOrder, SupplyInstance, SupplyPlan, SupplyPolicy } from '../flow/supplies.types.js';
import { verifySupplies } from './verify-supplies.rules.js';
import { SupplyViolation } from './violation.rules.js';

const orders: AdminOrder[] = ['off', 'before-arrival', 'after-arrival'];

/** Changes one thing; false when this plan has no such thing. */
type Mutation = (plan: SupplyPlan, random: Random, n: SupplyInstance) => boolean;

const pick = <T>(list: readonly T[], random: Random): T => list[random.whole(0, list.length - 1)]!;
const roadMin = (n: SupplyInstance, w: number, k: number): number => n.travelMin[w * n.incidents + k]!;
const sorted = (plan: SupplyPlan): void => {
  plan.shipments.sort((a, b) => a.warehouse - b.warehouse || a.incident - b.incident || a.item - b.item);
};

const MUTATIONS: Record<string, Mutation> = {
  'a unit less, lots too': ({ shipments }, random) => {
    const shipment = pick(shipments, random);
    shipment.units--;
    const last = shipment.lots.at(-1)!;
    if (--last.units === 0) shipment.lots.pop();
    return true;
  },
  'a unit more than the lots': ({ shipments }, random) => {
    pick(shipments, random).units++;
    return true;
  },
  'half a unit': ({ shipments }, random) => {
    pick(shipments, random).units += 0.5;
    return true;
  },
  'a shipment gone': ({ shipments }, random) => {
    shipments.splice(random.whole(0, shipments.length - 1), 1);
    return true;
  },
  'a shipment twice': ({ shipments }, random) => {
    const at = random.whole(0, shipments.length - 1);
    shipments.splice(at, 0, structuredClone(shipments[at]!));
    return true;
  },
  'another warehouse': (plan, random, n) => {
    const shipment = pick(plan.shipments, random);
    shipment.warehouse = (shipment.warehouse + random.whole(1, n.warehouses - 1)) % n.warehouses;
    sorted(plan);
    return true;
  },
  'another incident': (plan, random, n) => {
    const shipment = pick(plan.shipments, random);
    shipment.incident = (shipment.incident + random.whole(1, n.incidents - 1)) % n.incidents;
    sorted(plan);
    return true;
  },
  'another item': (plan, random, n) => {
    const shipment = pick(plan.shipments, random);
    shipment.item = (shipment.item + random.whole(1, n.items - 1)) % n.items;
    sorted(plan);
    return true;
  },
  'another lot': ({ shipments }, random) => {
    const part = pick(pick(shipments, random).lots, random);
    part.lot += pick([1, -1], random);
    return true;
  },
  'a later lot first': ({ shipments }) => {
    const several = shipments.find(({ lots }) => lots.length > 1);
    several?.lots.reverse();
    return several !== undefined;
  },
  'a unit from one lot to the next': ({ shipments }) => {
    const several = shipments.find(({ lots }) => lots.length > 1 && lots[0]!.units > 1);
    if (!several) return false;
    several.lots[0]!.units--;
    several.lots[1]!.units++;
    return true;
  },
  'a unit from one equal to another': (plan, random, n) => moveUnit(plan, random, n),
  'need met': ({ stages }) => ((stages.needMet += 1e-6), true),
  'reserve breach': ({ stages }) => ((stages.reserveBreach += 1), true),
  'administrative steps': ({ stages }) => ((stages.adminSteps += 1), true),
  'person-minutes': ({ stages }) => ((stages.personMinutes -= 1), true),
  'tonne-kilometres': ({ stages }) => ((stages.tonneKm *= 1.0001), true),
  'number of shipments': ({ stages }) => ((stages.shipments -= 1), true),
  'a latest arrival': ({ stages }, random) => ((stages.latestMin[random.whole(0, stages.latestMin.length - 1)]! -= 1), true), // prettier-ignore
  'a latest arrival of the direct plan': ({ direct }, random) => ((direct.latestMin[random.whole(0, direct.latestMin.length - 1)]! += 1), true), // prettier-ignore
  'person-minutes of the direct plan': ({ direct }) => ((direct.personMinutes -= 1), true),
  'bound of need met': ({ bound }) => ((bound.needMet += 1e-6), true),
  'bound of shipments': ({ bound, stages }) => ((bound.shipments = stages.shipments + 1), true),
  'units too late': ({ stages, direct }) => ((stages.late += 1), (direct.late += 1), true),
  'fewer units too late than there are': ({ stages, direct, certificate }) => {
    const late = certificate!.items.find((proof) => proof.all.goals[0] === 'late' && proof.allValue[0]! > 0);
    if (!late) return false;
    for (const figures of [stages, direct]) figures.late -= 1;
    late.allValue[0]!--;
    late.earlyValue[0]!--;
    return true;
  },
  'a later arrival, said so': (plan, random, n) => arriveLater(plan, random, n),
  'an arrival said to be later than it is, with its proof': (plan, random) => {
    const { incident } = pick(plan.certificate!.arrivals, random);
    for (const figures of [plan.stages, plan.direct]) figures.latestMin[incident]! += 1;
    plan.certificate!.arrivals.find((proof) => proof.incident === incident)!.latestMin += 1;
    return true;
  },
  'name of the instance': (plan) => ((plan.instance += '?'), true),
  'no certificate': (plan) => ((plan.certificate = null), true),
  'called stopped': (plan) => ((plan.status = 'stopped'), true),
  'an item without proof': ({ certificate }, random) => {
    certificate!.items.splice(random.whole(0, certificate!.items.length - 1), 1);
    return true;
  },
  'an arrival without proof': ({ certificate }, random) => {
    certificate!.arrivals.splice(random.whole(0, certificate!.arrivals.length - 1), 1);
    return true;
  },
  'a proven arrival': ({ certificate }, random) => ((pick(certificate!.arrivals, random).latestMin += 1), true),
  'order of arrivals': ({ certificate }) => (certificate!.arrivalOrder.reverse(), true),
  'an early value': ({ certificate }, random) => ((pick(certificate!.items, random).earlyValue[0]! += 1), true),
  'a value': ({ certificate }, random) => ((pick(certificate!.items, random).allValue[1]! -= 1), true),
  'a price at an incident': ({ certificate, shipments }, random) => {
    const { item, incident } = pick(shipments, random);
    const { all } = certificate!.items.find((proof) => proof.item === item)!;
    all.incident[random.whole(0, all.goals.length - 1)]![incident]! += pick([1, -1], random);
    return true;
  },
  'a broken price': ({ certificate }, random) => {
    pick(certificate!.items, random).all.warehouse[0]![0] = pick([0.5, Number.NaN, Number.POSITIVE_INFINITY], random);
    return true;
  },
};

/** Sends a shipment from a store further away that has the goods, and says when that one comes. */
function arriveLater(plan: SupplyPlan, random: Random, n: SupplyInstance): boolean {
  const from = random.whole(0, plan.shipments.length - 1);
  for (let step = 0; step < plan.shipments.length; step++) {
    const shipment = plan.shipments[(from + step) % plan.shipments.length]!;
    const { incident, item, units } = shipment;
    for (let w = 0; w < n.warehouses; w++) {
      const cell = w * n.items + item;
      const isIdle = plan.shipments.every((one) => one.warehouse !== w || one.item !== item);
      const lot = n.lots[cell]!.findIndex(({ expiresInDays }) => expiresInDays >= n.horizonDays);
      const minutes = roadMin(n, w, incident);
      if (!isIdle || lot < 0 || n.lots[cell]!.length > 1 || n.stock[cell]! < units) continue;
      if (minutes <= plan.stages.latestMin[incident]! || minutes > n.reachMin[item]!) continue;
      Object.assign(shipment, { warehouse: w, lots: [{ lot, units }] });
      for (const figures of [plan.stages, plan.direct]) figures.latestMin[incident] = minutes;
      plan.certificate!.arrivals.find((proof) => proof.incident === incident)!.latestMin = minutes;
      sorted(plan);
      Object.assign(plan.stages, figuresOf(n, plan));
      Object.assign(plan.direct, figuresOf(n, plan));
      return true;
    }
  }
  return false;
}

/** The figures that a moved shipment changes, added up. */
function figuresOf(n: SupplyInstance, { shipments }: SupplyPlan) {
  const sum = (of: (road: number, one: SupplyPlan['shipments'][number]) => number): number =>
    shipments.reduce((total, one) => total + of(one.warehouse * n.incidents + one.incident, one), 0);
  const persons = ({ units, item }: SupplyPlan['shipments'][number]): number => units / n.unitsPerPerson[item]!;
  const gone = new Map<number, number>();
  for (const { warehouse, item, units } of shipments)
    gone.set(warehouse * n.items + item, (gone.get(warehouse * n.items + item) ?? 0) + units);
  return {
    late: sum((road, one) => persons(one) * (n.lateWeight?.[road] ?? 0)),
    reserveBreach: [...gone].reduce((total, [cell, units]) => total + (Math.max(0, units - n.stock[cell]! + Math.min(n.stock[cell]!, n.reserve[cell]!)) * n.reserveWeight[Math.floor(cell / n.items)]!) / n.unitsPerPerson[cell % n.items]!, 0),
    adminSteps: sum((road, one) => persons(one) * n.adminStep[road]!),
    personMinutes: sum((road, one) => persons(one) * n.travelMin[road]!),
    tonneKm: sum((road, { units, item }) => (units * Math.round(n.distanceKm[road]! * 10) * n.unitKg[item]!) / 10_000),
    shipments: new Set(shipments.map(({ warehouse, incident }) => warehouse * n.incidents + incident)).size,
  }; // prettier-ignore
}

/** Moves a unit between two incidents of one cell, so that all else still adds up. */
function moveUnit({ shipments }: SupplyPlan, random: Random, n: SupplyInstance): boolean {
  const from = random.whole(0, shipments.length - 1);
  for (let step = 0; step < shipments.length; step++) {
    const giver = shipments[(from + step) % shipments.length]!;
    const taker = shipments.find(
      (other) => other !== giver && other.warehouse === giver.warehouse && other.item === giver.item &&
        n.level[other.incident] === n.level[giver.incident] && roadMin(n, other.warehouse, other.incident) > roadMin(n, giver.warehouse, giver.incident),
    ); // prettier-ignore
    if (!taker || giver.units < 2 || giver.lots.length > 1 || taker.lots[0]!.lot !== giver.lots[0]!.lot) continue;
    for (const [side, units] of [[giver, -1], [taker, 1]] as const) {
      side.units += units;
      side.lots[0]!.units += units;
    } // prettier-ignore
    return true;
  }
  return false;
}

/** Every second case has due times: what takes longer than half of an item's reach is late. */
function dueInstance(scale: Scale, seed: number): SupplyInstance {
  const n = sampleInstance(scale, seed);
  return { ...n, lateWeight: Uint8Array.from(n.travelMin, (minutes, road) => (minutes > 150 ? 4 - n.level[road % n.incidents]! : 0)) }; // prettier-ignore
}

const cases = (['S', 'S', 'S', 'M'] as Scale[]).map((scale, index) => {
  const n = index % 2 === 1 ? dueInstance(scale, index + 1) : sampleInstance(scale, index + 1);
  const policy: SupplyPolicy = { ...DEFAULT_POLICY, adminOrder: orders[index % 3]! };
  return { n, policy, plan: planSupplies(n, policy) };
});

describe('the verifier of supply plans', () => {
  it.each(orders)('accepts what the planner proves: %s', (adminOrder) => {
    for (let seed = 1; seed <= 15; seed++)
      for (const latestArrival of [true, false]) {
        const n = sampleInstance('S', seed);
        const policy = { ...DEFAULT_POLICY, adminOrder, latestArrival };
        verifySupplies(n, policy, planSupplies(n, policy));
      }
    const n = sampleInstance('M', 3);
    const policy = { ...DEFAULT_POLICY, adminOrder };
    verifySupplies(n, policy, planSupplies(n, policy));
  });

  it.each(Object.keys(MUTATIONS))('refuses a plan with one thing changed: %s', (name) => {
    const mutate = MUTATIONS[name]!;
    let changed = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const random = seeded(seed);
        const { n, policy, plan } = cases[random.whole(0, 3) === 0 ? 3 : random.whole(0, 2)]!;
        const copy = structuredClone(plan);
        copy.direct = structuredClone(plan.direct);
        if (!mutate(copy, random, n)) return;
        changed++;
        expect(() => verifySupplies(n, policy, copy)).toThrow(SupplyViolation);
      }),
      { numRuns: 12, seed: 4 },
    );
    expect(changed).toBeGreaterThan(0);
  });

  it('calls nothing proven whose proof it was told not to finish, and still refuses what cannot be carried out', () => {
    const { n, policy, plan } = cases[0]!;
    expect(verifySupplies(n, policy, plan)).toBe(true);
    let asked = 0;
    expect(verifySupplies(n, policy, plan, () => ++asked > 5)).toBe(false);
    const broken = structuredClone(plan);
    broken.shipments[0]!.units++;
    expect(() => verifySupplies(n, policy, broken, () => true)).toThrow(SupplyViolation);
  });

  it('refuses a plan of another policy', () => {
    const { n, policy, plan } = cases[0]!;
    expect(() => verifySupplies(n, { ...policy, adminOrder: 'before-arrival' }, plan)).toThrow(SupplyViolation);
    expect(() => verifySupplies(n, { ...policy, latestArrival: false }, plan)).toThrow(SupplyViolation);
  });
});
