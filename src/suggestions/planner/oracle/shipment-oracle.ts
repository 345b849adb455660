import type { Highs } from 'highs';
import type { SupplyInstance, SupplyPlan } from '../flow/supplies.types.js';
import { LpBuilder } from './lp.js';

/** Nodes of one incident's model: counted, not timed. */
const NODES = 500;

/**
 * No plan with these fills and latest arrivals needs fewer shipments: each incident alone, the fewest warehouses that
 * could serve all its items together (a covering problem, mixed-integer), added up. What incidents take from each other is
 * not looked at, so the true least may be higher.
 */
export function shipmentsBound(highs: Highs, n: SupplyInstance, plan: SupplyPlan): number {
  let sum = 0;
  for (let incident = 0; incident < n.incidents; incident++) sum += fewestWarehouses(highs, n, plan, incident);
  return sum;
}

function fewestWarehouses(highs: Highs, n: SupplyInstance, plan: SupplyPlan, incident: number): number {
  const served = new Float64Array(n.items);
  for (const shipment of plan.shipments)
    if (shipment.incident === incident) served[shipment.item] = served[shipment.item]! + shipment.units;
  const builder = new LpBuilder();
  const rows = new Map([...served.keys()].filter((item) => served[item]! > 0).map((item) => [item, builder.row(1, Number.POSITIVE_INFINITY)])); // prettier-ignore
  if (rows.size === 0) return 0;
  let columns = 0;
  for (let w = 0; w < n.warehouses; w++) {
    const minutes = n.travelMin[w * n.incidents + incident]!;
    if (minutes < 0 || minutes > plan.direct.latestMin[incident]!) continue;
    const terms = [...rows].flatMap(([item, row]): [number, number][] => {
      const share = Math.min(1, n.stock[w * n.items + item]! / served[item]!);
      return share > 0 && minutes <= n.reachMin[item]! ? [[row, share]] : [];
    });
    if (terms.length > 0) columns = builder.column(1, terms) + 1;
  }
  const model = builder.build(highs);
  const all = { kind: 'range', from: 0, to: columns - 1 } as const;
  model.changeColsCost(all, new Float64Array(columns).fill(1));
  model.changeColsIntegrality(all, new Int32Array(columns).fill(highs.constants.variableType.integer));
  model.options.set({ mip_max_nodes: NODES });
  model.run();
  const bound = Number(model.info.get('mip_dual_bound'));
  model.dispose();
  return Math.ceil(bound - 1e-6);
}
