import type { Highs, Model } from 'highs';
import type { ItemProof, SupplyInstance, SupplyPlan } from '../flow/supplies.types.js';
import { LpBuilder } from './lp.js';

/** A road that a plan with these early goals and arrivals may use. */
interface Lane {
  place: number;
  stock: number;
  need: number;
  most: number;
  /** Thousands of tonne-kilometres of a unit, so that the numbers lie close together. */
  km: number;
}

/**
 * No plan with these fills, early goals and latest arrivals, and tonne-kilometres within a share above the least, needs fewer
 * shipments: all items and incidents in one mixed-integer model with a link for every item, as far as HiGHS gets in the time. The
 * early goals are held by the plan's certificate (complementary slackness), so the plan must carry one that holds reserves first and
 * alone. Answers the bound and the best number found.
 */
export function shipmentsBound(
  highs: Highs,
  n: SupplyInstance,
  { plan, tonneKmShare, seconds }: { plan: SupplyPlan; tonneKmShare: number; seconds: number },
): number {
  const builder = new LpBuilder();
  const kilometres = builder.row(Number.NEGATIVE_INFINITY, (plan.direct.tonneKm * (1 + tonneKmShare)) / 1000);
  const lanes = plan.certificate!.items.flatMap((proof) => lanesOf(builder, n, { plan, proof }));
  const links = new Map<number, [number, number][]>();
  for (const { place, stock, need, most, km } of lanes) {
    const link = builder.row(Number.NEGATIVE_INFINITY, 0);
    links.set(place, [...(links.get(place) ?? []), [link, -most]]);
    builder.column(most, [[stock, 1], [need, 1], [link, 1], [kilometres, km]]); // prettier-ignore
  }
  const shipments = [...links.values()].map((terms) => builder.column(1, terms));
  return boundOf(highs, builder.build(highs), { shipments, seconds });
}

function boundOf(highs: Highs, model: Model, { shipments, seconds }: { shipments: number[]; seconds: number }): number {
  const selection = { kind: 'set', indices: Int32Array.from(shipments) } as const;
  model.changeColsCost(selection, new Float64Array(shipments.length).fill(1));
  model.changeColsIntegrality(selection, new Int32Array(shipments.length).fill(highs.constants.variableType.integer));
  model.options.set({ time_limit: seconds });
  model.run();
  const bound = Number(model.info.get('mip_dual_bound'));
  model.dispose();
  return Math.max(0, Math.ceil(bound - 1e-6));
}

function servedOf(n: SupplyInstance, { shipments }: SupplyPlan, item: number): Float64Array {
  const served = new Float64Array(n.incidents);
  for (const one of shipments) if (one.item === item) served[one.incident] = served[one.incident]! + one.units;
  return served;
}

function lanesOf(
  builder: LpBuilder,
  n: SupplyInstance,
  { plan, proof }: { plan: SupplyPlan; proof: ItemProof },
): Lane[] {
  const { item, early } = proof;
  const served = servedOf(n, plan, item);
  const needs = new Map<number, number>();
  served.forEach((units, k) => units > 0 && needs.set(k, builder.row(units, units)));
  return Array.from({ length: n.warehouses }, (_, w) => w).flatMap((w) => {
    const { least, most } = limitsOf(n, { w, item, price: early.warehouse[0]![w]! });
    if (most === 0) return [];
    const stock = builder.row(least, most);
    return [...needs].flatMap(([k, need]): Lane[] => {
      const place = w * n.incidents + k;
      const minutes = n.travelMin[place]!;
      const isLate = minutes > n.reachMin[item]! || minutes > plan.direct.latestMin[k]!;
      if (minutes < 0 || isLate || early.incident[0]![k] !== early.warehouse[0]![w]) return [];
      const km = (n.unitKg[item]! * n.distanceKm[place]!) / 1e6;
      return [{ place, stock, need, most: Math.min(most, served[k]!), km }];
    });
  });
}

/** What leaves a shelf when the reserves are kept as well as can be: more than a price says goes, less than it says stays. */
function limitsOf(n: SupplyInstance, { w, item, price }: { w: number; item: number; price: number }) {
  const stock = n.stock[w * n.items + item]!;
  const free = stock - Math.min(stock, n.reserve[w * n.items + item]!);
  const weight = n.reserveWeight[w]!;
  const goes = (cost: number, units: number): [number, number] => [price > cost ? units : 0, price < cost ? 0 : units];
  const [leastFree, mostFree] = goes(0, free);
  const [leastKept, mostKept] = goes(weight, stock - free);
  return { least: leastFree + leastKept, most: mostFree + mostKept };
}
