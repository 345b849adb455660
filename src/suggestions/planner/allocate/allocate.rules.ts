import type { Shipment } from '../draft.rules.js';
import { itemBlock } from '../formulate.rules.js';
import { planSupplies } from '../flow/plan-supplies.rules.js';
import type { SearchLimits, SupplyPlan, SupplyPolicy } from '../flow/supplies.types.js';
import type { Insight, PlannerInput, ReservedUnits, SearchStage } from '../planner.types.js';
import { readSnapshot } from '../snapshot.rules.js';
import type { Snapshot } from '../snapshot.rules.js';
import { SupplyViolation } from '../verify-plan/violation.rules.js';
import { verifySupplies } from '../verify-plan/verify-supplies.rules.js';
import { keepLocks } from './desk-locks.rules.js';
import type { KeptLocks } from './desk-locks.rules.js';
import { insightOf } from './insight.rules.js';
import { jointInstance, policyOf } from './joint-instance.rules.js';
import type { JointInstance } from './joint-instance.rules.js';

/** The core's name in `Plan.solver`; its number grows when the same input could give another plan. */
export const FLOW = 'flow-1';

/** What one incident gets out of the plan for all that compete with it; plain data, so that it can leave a thread. */
export interface Allocation {
  sendings: { warehouseId: string; itemId: string; needId: string; units: number }[];
  reserved: ReservedUnits[];
  /** Units by need block that no plan honouring the order exceeds; complete only when proven. */
  bounds: [block: string, units: number][];
  /** Every goal proven, and the proof checked by the verifier. */
  proven: boolean;
  insight: Insight | null;
}

/** The verifier's answer to a plan that it did not accept. */
export interface Rejected {
  rule: string;
}

/** Who is told of the goods so far while the core goes on. */
export interface CoreWatch {
  /** Whether it is time to tell; a plan so far has to be written and judged first. */
  isDue(): boolean;
  hear(soFar: Allocation, stage: SearchStage): void;
}

/**
 * Allocates the goods of one snapshot together with its rivals, has the plan judged by the verifier, and asks what else there is to
 * know. `shouldStop` ends the search with the best plan so far; `watch` is told of plans on the way that passed the verifier. Pure. Throws `InvalidPlannerInput`, and `RangeError` for amounts that
 * cannot be exact.
 */
export function allocate(input: PlannerInput, shouldStop: () => boolean, watch?: CoreWatch): Allocation | Rejected {
  const snapshot = readSnapshot(input);
  const locks = keepLocks(snapshot);
  const joint = jointInstance(snapshot, locks.draws);
  const policy = policyOf(snapshot);
  const onStage: SearchLimits['onStage'] =
    watch &&
    ((stage, planSoFar) => {
      if (!watch.isDue()) return;
      const soFar = planSoFar();
      if (ruleBroken(joint, policy, soFar) === null)
        watch.hear({ ...readPlan(snapshot, joint, { plan: soFar, locks }), proven: false, insight: null }, stage);
    });
  const plan = planSupplies(joint.instance, policy, { shouldStop, onStage });
  let proven: boolean;
  try {
    proven = verifySupplies(joint.instance, policy, plan, shouldStop);
  } catch (violation) {
    if (!(violation instanceof SupplyViolation)) throw violation;
    return { rule: violation.rule };
  }
  const answer = { ...readPlan(snapshot, joint, { plan, locks }), proven };
  // What-ifs are plans of their own and take longer than all before.
  if (proven) watch?.hear({ ...answer, insight: null }, 'proven');
  const insight = proven ? insightOf(input, { snapshot, joint, plan, locks }, shouldStop) : null;
  return { ...answer, insight };
}

function ruleBroken({ instance }: JointInstance, policy: SupplyPolicy, plan: SupplyPlan): string | null {
  try {
    verifySupplies(instance, policy, plan);
    return null;
  } catch (violation) {
    if (!(violation instanceof SupplyViolation)) throw violation;
    return violation.rule;
  }
}

/** The own part with the locked units, and the part of the others. */
export function readPlan(
  snapshot: Snapshot,
  { places, warehouseIds, itemIds }: JointInstance,
  { plan, locks }: { plan: SupplyPlan; locks: KeptLocks },
): Pick<Allocation, 'sendings' | 'reserved' | 'bounds'> {
  const own = new Map<string, Allocation['sendings'][number]>();
  const reserved = new Map<string, ReservedUnits>();
  const add = <Part extends { units: number }>(parts: Map<string, Part>, key: string[], part: Part): void => {
    const known = parts.get(JSON.stringify(key));
    if (known) known.units += part.units;
    else parts.set(JSON.stringify(key), part);
  };
  for (const { cell, need, units } of locks.draws) addOwn(cell.warehouseId, need.itemId, need.id, units);
  for (const { warehouse, incident, item, units } of plan.shipments) {
    const { isOwn, incidentId, needs } = places[incident]!;
    const [warehouseId, itemId] = [warehouseIds[warehouse]!, itemIds[item]!];
    if (isOwn) addOwn(warehouseId, itemId, needs.get(itemId)!.id, units);
    else add(reserved, [warehouseId, itemId, incidentId], { warehouseId, itemId, incidentId, units });
  }
  function addOwn(warehouseId: string, itemId: string, needId: string, units: number): void {
    add(own, [warehouseId, itemId, needId], { warehouseId, itemId, needId, units });
  }
  const sendings = [...own.values()];
  return { sendings, reserved: [...reserved.values()], bounds: boundsOf(snapshot, sendings) };
}

function boundsOf(snapshot: Snapshot, sendings: Allocation['sendings']): Allocation['bounds'] {
  const bounds = new Map<string, number>();
  for (const { id, itemId, priority } of snapshot.items) {
    const key = itemBlock(itemId, priority);
    const units = sendings.reduce((sum, part) => sum + (part.needId === id ? part.units : 0), 0);
    bounds.set(key, (bounds.get(key) ?? 0) + units);
  }
  return [...bounds];
}

/** The same as a draft's shipments. */
export function shipmentsOf(snapshot: Snapshot, { sendings }: Pick<Allocation, 'sendings'>): Shipment[] {
  const cells = new Map(snapshot.stock.map((cell) => [JSON.stringify([cell.warehouseId, cell.itemId]), cell]));
  const needs = new Map(snapshot.items.map((need) => [need.id, need]));
  return sendings.map(({ warehouseId, itemId, needId, units }) => ({
    cell: cells.get(JSON.stringify([warehouseId, itemId]))!,
    need: needs.get(needId)!,
    units,
  }));
}
