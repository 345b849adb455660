import type { Shipment } from '../draft.rules.js';
import { eligibleUnits } from '../fefo.rules.js';
import type { LockedSupply, Reason } from '../planner.types.js';
import { reason } from '../reasons.rules.js';
import type { Shelf, Snapshot } from '../snapshot.rules.js';

/** What the desk's locks come to: units that go whatever else is planned, and why the rest of a lock cannot be kept. */
export interface KeptLocks {
  draws: Shipment[];
  refused: Reason[];
}

/**
 * Lays the locks on shelves and needs, in the order of their names: as many units as the shelf may give and the need still lacks. A
 * lock that cannot be kept in full is kept as far as possible and said with its cause.
 */
export function keepLocks(snapshot: Snapshot): KeptLocks {
  const kept: KeptLocks = { draws: [], refused: [] };
  for (const lock of snapshot.lockedSupplies) keepLock(snapshot, kept, lock);
  return kept;
}

function keepLock(
  snapshot: Snapshot,
  { draws, refused }: KeptLocks,
  { warehouseId, itemId, units }: LockedSupply,
): void {
  const place = { warehouseId, itemId, askedUnits: units };
  const cell = snapshot.stock.find((shelf) => shelf.warehouseId === warehouseId && shelf.itemId === itemId);
  const fault = faultOf(snapshot, cell, place);
  if (fault || !cell) return void (fault && refused.push(fault));
  let left = units;
  for (const need of snapshot.items.filter((one) => one.itemId === itemId)) {
    const drawn = (of: (draw: Shipment) => boolean): number =>
      draws.filter(of).reduce((sum, draw) => sum + draw.units, 0);
    const most = eligibleUnits(cell, need.minimumUseDays) - drawn((draw) => draw.cell === cell);
    const part = Math.min(left, most, need.missing - drawn((draw) => draw.need === need));
    if (part <= 0) continue;
    draws.push({ cell, need, units: part });
    left -= part;
  }
  if (left > 0) refused.push(shortOf(snapshot, cell, place));
}

type Place = { warehouseId: string; itemId: string; askedUnits: number };

function faultOf({ items }: Snapshot, cell: Shelf | undefined, place: Place): Reason | null {
  if (!cell) return reason('lock-unknown-shelf', place);
  if (cell.closed) return reason('lock-shelf-closed', { ...place, why: cell.closed });
  const isNeeded = items.some(({ itemId, missing }) => itemId === place.itemId && missing > 0);
  return isNeeded ? null : reason('lock-not-needed', place);
}

function shortOf({ items }: Snapshot, cell: Shelf, place: Place): Reason {
  const needs = items.filter(({ itemId }) => itemId === cell.itemId);
  const availableUnits = Math.max(...needs.map(({ minimumUseDays }) => eligibleUnits(cell, minimumUseDays)));
  if (availableUnits < place.askedUnits) return reason('lock-exceeds-stock', { ...place, availableUnits });
  const missingUnits = needs.reduce((sum, { missing }) => sum + missing, 0);
  return reason('lock-exceeds-need', { ...place, missingUnits });
}
