import { dutiesOf, shelfRoom } from './draft.rules.js';
import type { Draft, Duty, Shipment } from './draft.rules.js';
import { freeUnits } from './fefo.rules.js';
import type { StockCandidate } from './planner.types.js';
import { cityCovers, compareIds, isLate, pairings, TIER_RANK } from './snapshot.rules.js';
import type { CityCover, OpenItem, Pairing, Snapshot } from './snapshot.rules.js';

/** The stand-in's name in `Plan.solver`. */
export const GREEDY = 'greedy-1';

/**
 * The stand-in for a late or broken solver: need by need in priority order, nearest first, reserves kept as long as
 * anything else covers. Feasible and the same every time, but not the best: it never gives back what it took. Given a
 * draft that somebody has begun, it keeps that and fills what is still open.
 */
export function greedyDraft(snapshot: Snapshot, begun: Draft = { duties: [], shipments: [] }): Draft {
  return {
    duties: dutiesOf(snapshot, greedyTeams(snapshot, begun.duties)),
    shipments: greedySupplies(snapshot, begun.shipments),
  };
}

class Roster {
  readonly assigned = new Map<string, string>();
  private readonly sent = new Map<string, { units: number; people: number }>();
  private readonly coverOf = new Map<string, CityCover>();

  constructor(snapshot: Snapshot) {
    for (const cover of cityCovers(snapshot)) for (const unitId of cover.unitIds) this.coverOf.set(unitId, cover);
  }

  assign({ unit, need }: Pick<Pairing, 'unit' | 'need'>): void {
    const { units, people } = this.sentTo(need.id);
    this.assigned.set(unit.unitId, need.id);
    this.sent.set(need.id, { units: units + 1, people: people + unit.headcount });
  }

  isFree = ({ unit }: Pairing): boolean => !this.assigned.has(unit.unitId);

  lacksPeople = ({ need }: Pairing): boolean => this.sentTo(need.id).people < need.missing;

  hasPlace = ({ need }: Pairing): boolean => this.sentTo(need.id).units < need.missing;

  /** True when sending the unit takes the last cover of another city. */
  uncovers = ({ unit }: Pairing): boolean => {
    const cover = this.coverOf.get(unit.unitId);
    if (!cover?.elsewhere) return false;
    return cover.unitIds.filter((unitId) => this.assigned.has(unitId)).length + 1 >= cover.readyUnits;
  };

  private sentTo(needId: string): { units: number; people: number } {
    return this.sent.get(needId) ?? { units: 0, people: 0 };
  }
}

function greedyTeams(snapshot: Snapshot, begun: readonly Duty[]): Map<string, string> {
  const pairs = pairings(snapshot);
  const roster = new Roster(snapshot);
  for (const duty of begun) roster.assign(duty);
  for (const unitId of [...snapshot.lockedUnitIds].toSorted(compareIds)) {
    const ofUnit = pairs.filter((pair) => pair.unit.unitId === unitId && roster.isFree(pair));
    const chosen = ofUnit.find(roster.lacksPeople) ?? ofUnit.find(roster.hasPlace);
    if (chosen) roster.assign(chosen);
  }
  for (const need of snapshot.capabilities) {
    const ofNeed = pairs.filter((pair) => pair.need === need);
    for (;;) {
      const [best] = ofNeed
        .filter(roster.isFree)
        .toSorted(
          (left, right) =>
            Number(left.late) - Number(right.late) ||
            Number(roster.uncovers(left)) - Number(roster.uncovers(right)) ||
            left.unit.etaMin - right.unit.etaMin ||
            compareIds(left.unit.unitId, right.unit.unitId),
        );
      if (!best || !roster.lacksPeople(best)) break;
      roster.assign(best);
    }
  }
  return roster.assigned;
}

function greedySupplies(snapshot: Snapshot, begun: readonly Shipment[]): Shipment[] {
  const shipments = begun.map((shipment) => ({ ...shipment }));
  for (const need of snapshot.items) {
    const cells = snapshot.stock
      .filter((cell) => cell.itemId === need.itemId)
      .toSorted(
        (left, right) =>
          TIER_RANK[left.tier] - TIER_RANK[right.tier] ||
          left.etaMin - right.etaMin ||
          compareIds(left.warehouseId, right.warehouseId),
      );
    for (const late of [false, true]) {
      const inTime = cells.filter((cell) => isLate(cell.etaMin, need) === late);
      for (const keepReserve of [true, false]) for (const cell of inTime) draw(shipments, { need, cell, keepReserve });
    }
  }
  return shipments;
}

function draw(
  shipments: Shipment[],
  { need, cell, keepReserve }: { need: OpenItem; cell: StockCandidate; keepReserve: boolean },
): void {
  const fromCell = shipments.filter((shipment) => shipment.cell === cell);
  const toNeed = shipments.filter((shipment) => shipment.need === need);
  const sum = (parts: Shipment[]): number => parts.reduce((total, { units }) => total + units, 0);
  const room = Math.min(
    need.missing - sum(toNeed),
    shelfRoom(cell, need, fromCell),
    keepReserve ? Math.max(0, freeUnits(cell) - sum(fromCell)) : Number.POSITIVE_INFINITY,
  );
  if (room <= 0) return;
  const existing = fromCell.find((shipment) => shipment.need === need);
  if (existing) existing.units += room;
  else shipments.push({ need, cell, units: room });
}
