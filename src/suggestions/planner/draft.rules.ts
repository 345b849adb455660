import { eligibleUnits } from './fefo.rules.js';
import type { ReservedUnits, StockCandidate, TeamUnitCandidate } from './planner.types.js';
import { compareIds, isLate } from './snapshot.rules.js';
import type { OpenCapability, OpenItem, Snapshot } from './snapshot.rules.js';

/** What any engine must answer: who goes where, and how many units travel. Words, lots and reasons are added later. */
export interface Draft {
  duties: Duty[];
  shipments: Shipment[];
  /** What the same plan gives to other incidents. */
  reserved?: ReservedUnits[];
}

export interface Duty {
  unit: TeamUnitCandidate;
  need: OpenCapability;
  headcount: number;
}

export interface Shipment {
  cell: StockCandidate;
  need: OpenItem;
  units: number;
}

/**
 * People per unit once it is known which unit goes to which need: one each, then the rest to the units in time, the
 * nearest first. For given units this is the best split for lateness and for arrival at once.
 */
export function shareHeadcount(need: OpenCapability, units: readonly TeamUnitCandidate[]): Duty[] {
  const inOrder = units.toSorted(
    (left, right) =>
      Number(isLate(left.etaMin, need)) - Number(isLate(right.etaMin, need)) ||
      left.etaMin - right.etaMin ||
      compareIds(left.unitId, right.unitId),
  );
  let left = need.missing - inOrder.length;
  if (left < 0) throw new RangeError(`planner.more-units-than-people ${need.id}`);
  return inOrder.map((unit) => {
    const more = Math.min(unit.headcount - 1, left);
    left -= more;
    return { unit, need, headcount: 1 + more };
  });
}

/** Duties from "unit id to need id", in the order of needs. */
export function dutiesOf(snapshot: Snapshot, assigned: ReadonlyMap<string, string>): Duty[] {
  return snapshot.capabilities.flatMap((need) =>
    shareHeadcount(
      need,
      snapshot.units.filter((unit) => assigned.get(unit.unitId) === need.id),
    ),
  );
}

/**
 * Units that `need` may still draw from a cell, given what its needs draw already. Every looser limit holds the draws
 * of the stricter needs too.
 */
export function shelfRoom(cell: StockCandidate, need: OpenItem, drawn: readonly Shipment[]): number {
  const limits = new Set([need.minimumUseDays, ...drawn.map((draw) => draw.need.minimumUseDays)]);
  const rooms = [...limits]
    .filter((days) => days <= need.minimumUseDays)
    .map((days) => {
      const inside = drawn.filter((draw) => draw.need.minimumUseDays >= days);
      return eligibleUnits(cell, days) - inside.reduce((sum, draw) => sum + draw.units, 0);
    });
  return Math.max(0, Math.min(...rooms));
}
