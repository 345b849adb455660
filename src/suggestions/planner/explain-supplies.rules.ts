import type { Draft, Shipment } from './draft.rules.js';
import { eligibleUnits, freeUnits, sortLots, splitIntoLots, usableUnits } from './fefo.rules.js';
import type { LotPick } from './fefo.rules.js';
import type { Excluded, Reason, ReservedUnits, StockCandidate, SupplyLine, Unmet } from './planner.types.js';
import { lateness, plainReason, reason, tierReason } from './reasons.rules.js';
import type { PassedOver } from './reasons.rules.js';
import { compareIds, isLate, TIER_RANK } from './snapshot.rules.js';
import type { OpenItem, Shelf, Snapshot } from './snapshot.rules.js';

function drawnUnits(draft: Draft, of: (shipment: Shipment) => boolean): number {
  return draft.shipments.filter(of).reduce((sum, { units }) => sum + units, 0);
}

/** What the plan gives to other incidents from a shelf. */
function reservedFrom({ reserved = [] }: Draft, { warehouseId, itemId }: StockCandidate): ReservedUnits[] {
  return reserved.filter((part) => part.warehouseId === warehouseId && part.itemId === itemId);
}

const sumUnits = (parts: readonly { units: number }[]): number => parts.reduce((sum, { units }) => sum + units, 0);

interface ItemView {
  snapshot: Snapshot;
  draft: Draft;
}

/** Snapshot and draft of one item at a time: the reasons of an item never look at another. */
function viewsByItem(snapshot: Snapshot, draft: Draft): (itemId: string) => ItemView {
  const itemIds = new Set([...snapshot.stock, ...snapshot.items].map(({ itemId }) => itemId));
  const views = new Map<string, ItemView>();
  for (const itemId of itemIds)
    views.set(itemId, { snapshot: { ...snapshot, items: [], stock: [] }, draft: { duties: [], shipments: [] } });
  const whole = { snapshot, draft };
  const view = (itemId: string): ItemView => views.get(itemId) ?? whole;
  for (const need of snapshot.items) view(need.itemId).snapshot.items.push(need);
  for (const cell of snapshot.stock) view(cell.itemId).snapshot.stock.push(cell);
  for (const shipment of draft.shipments) view(shipment.cell.itemId).draft.shipments.push(shipment);
  for (const [itemId, { draft: ofItem }] of views)
    ofItem.reserved = (draft.reserved ?? []).filter((part) => part.itemId === itemId);
  return view;
}

/** Lines for the supplies, in the order of needs, then tier, then arrival; each already split into lots. */
export function supplyLines(snapshot: Snapshot, draft: Draft): SupplyLine[] {
  const view = viewsByItem(snapshot, draft);
  const lotsOf = new Map<StockCandidate, Map<string, LotPick[]>>();
  for (const cell of new Set(draft.shipments.map((shipment) => shipment.cell))) {
    const { shipments } = view(cell.itemId).draft;
    const draws = shipments.filter((shipment) => shipment.cell === cell);
    lotsOf.set(cell, splitIntoLots(cell, draws));
  }
  return draft.shipments
    .toSorted(
      (left, right) =>
        snapshot.items.indexOf(left.need) - snapshot.items.indexOf(right.need) ||
        TIER_RANK[left.cell.tier] - TIER_RANK[right.cell.tier] ||
        left.cell.etaMin - right.cell.etaMin ||
        compareIds(left.cell.warehouseId, right.cell.warehouseId),
    )
    .map((shipment): SupplyLine => {
      const { cell, need, units } = shipment;
      const ofItem = view(cell.itemId);
      const lots = lotsOf.get(cell)?.get(need.id) ?? [];
      const availableAfter = usableUnits(cell) - drawnUnits(ofItem.draft, (other) => other.cell === cell);
      return {
        kind: 'supply',
        warehouseId: cell.warehouseId,
        itemId: cell.itemId,
        needId: need.id,
        units,
        etaMin: cell.etaMin,
        distanceM: cell.distanceM,
        lots,
        availableAfter,
        reasons: whyThisSource(ofItem, shipment, { lots, availableAfter }),
        warnings: warningsOf(shipment, availableAfter),
      };
    });
}

function warningsOf({ cell, need }: Shipment, availableAfter: number): Reason[] {
  const late = lateness(cell.etaMin, need.neededByMin);
  const warnings = late ? [reason('late', late)] : [];
  if (availableAfter < cell.minimumUnits) {
    const breachUnits = Math.min(cell.minimumUnits, usableUnits(cell)) - availableAfter;
    const { minimumUnits } = cell;
    warnings.push(reason('breaks-reserve-nothing-else-covers', { minimumUnits, availableAfter, breachUnits }));
  }
  return warnings;
}

function whyThisSource(
  { snapshot, draft }: ItemView,
  { cell, need }: Shipment,
  { lots, availableAfter }: { lots: LotPick[]; availableAfter: number },
): Reason[] {
  const isLocked = snapshot.lockedSupplies.some((lock) => isOf(lock, cell));
  const reasons = [tierReason(cell.tier, cell), nearness(snapshot, draft, cell, need)];
  if (isLocked) reasons.unshift(plainReason('locked-by-desk'));
  if (cell.minimumUnits > 0 && availableAfter >= cell.minimumUnits)
    reasons.push(reason('keeps-reserve', { minimumUnits: cell.minimumUnits, availableAfter }));
  const first = cell.lots.find(({ lotId }) => lotId === lots[0]?.lotId);
  const days = first?.expiresInDays ?? null;
  reasons.push(
    days === null
      ? reason('fifo', { lots: lots.length })
      : reason('fefo', { lots: lots.length, firstExpiresInDays: days }),
  );
  const skipped = skippedUnits(cell, need);
  if (skipped.heldUnits + skipped.expiringUnits > 0) reasons.push(reason('skips-lots', skipped));
  if (need.neededByMin !== null && !isLate(cell.etaMin, need))
    reasons.push(reason('on-time', { etaMin: cell.etaMin, neededByMin: need.neededByMin }));
  return reasons;
}

const isOf = (lock: { warehouseId: string; itemId: string }, cell: StockCandidate): boolean =>
  lock.warehouseId === cell.warehouseId && lock.itemId === cell.itemId;

function skippedUnits(cell: StockCandidate, need: OpenItem): { heldUnits: number; expiringUnits: number } {
  const { skipped } = sortLots(cell.lots, { arrivalMin: cell.etaMin, minimumUseDays: need.minimumUseDays });
  const units = (held: boolean): number =>
    skipped.filter((lot) => (lot.reason.code === 'lots-held') === held).reduce((sum, lot) => sum + lot.units, 0);
  return { heldUnits: units(true), expiringUnits: units(false) };
}

function nearness(snapshot: Snapshot, draft: Draft, cell: StockCandidate, need: OpenItem): Reason {
  const [nearer] = snapshot.stock
    .filter((other) => other.etaMin < cell.etaMin)
    .filter((other) => !draft.shipments.some((shipment) => shipment.cell === other && shipment.need === need))
    .toSorted((left, right) => left.etaMin - right.etaMin || compareIds(left.warehouseId, right.warehouseId));
  if (!nearer) return reason('nearest-source', { distanceM: cell.distanceM, etaMin: cell.etaMin });
  return reason('farther-but-free', {
    nearerId: nearer.warehouseId,
    nearerEtaMin: nearer.etaMin,
    etaMin: cell.etaMin,
    why: whyPassedOver(snapshot, draft, { nearer, chosen: cell, need }),
  });
}

function whyPassedOver(
  snapshot: Snapshot,
  draft: Draft,
  { nearer, chosen, need }: { nearer: Shelf; chosen: StockCandidate; need: OpenItem },
): PassedOver {
  const never = unusable(nearer, need);
  if (never) return never.code as PassedOver;
  const drawn = drawnUnits(draft, ({ cell }) => cell === nearer);
  const promised = drawn + sumUnits(reservedFrom(draft, nearer));
  if (drawn >= eligibleUnits(nearer, need.minimumUseDays)) return 'serves-other-need';
  if (promised >= eligibleUnits(nearer, need.minimumUseDays)) return 'reserved-for';
  if (promised >= freeUnits(nearer)) return 'reserve-kept';
  if (TIER_RANK[nearer.tier] > TIER_RANK[chosen.tier]) return 'tier-order';
  return snapshot.objective === 'few-sources' ? 'few-sources' : 'not-chosen';
}

/** Why a cell can give this need nothing at all, whatever the others take. */
function unusable(cell: Shelf, need: OpenItem): Reason | null {
  if (cell.closed) return plainReason(cell.closed);
  if (eligibleUnits(cell, need.minimumUseDays) > 0) return null;
  const stocked = cell.lots.filter((lot) => lot.availableUnits > 0);
  if (stocked.length === 0) return reason('no-stock', { itemId: cell.itemId });
  const open = stocked.filter((lot) => !lot.held);
  const units = (lots: typeof stocked): number => lots.reduce((sum, lot) => sum + lot.availableUnits, 0);
  if (open.length === 0) return reason('lots-held', { units: units(stocked) });
  return reason('lot-expires-before-arrival', {
    units: units(open),
    etaMin: cell.etaMin,
    minimumUseDays: need.minimumUseDays,
    latestExpiresInDays: Math.max(...open.map((lot) => lot.expiresInDays ?? 0)),
  });
}

/** Every known cell that sends nothing, with the reason. */
export function excludedStock(snapshot: Snapshot, draft: Draft): Excluded[] {
  const sending = new Set(draft.shipments.map(({ cell }) => cell));
  const view = viewsByItem(snapshot, draft);
  return snapshot.stock
    .filter((cell) => !sending.has(cell))
    .map((cell) => ({
      kind: 'supply',
      warehouseId: cell.warehouseId,
      itemId: cell.itemId,
      reason: whyNotCell(view(cell.itemId), cell),
    }));
}

function whyNotCell({ snapshot, draft }: ItemView, cell: Shelf): Reason {
  if (cell.closed) return plainReason(cell.closed);
  const [first] = snapshot.items;
  if (!first) return reason('item-not-needed', { itemId: cell.itemId });
  const needs = snapshot.items.filter(({ missing }) => missing > 0);
  const [open] = needs;
  if (!open) return reason('already-promised', { needId: first.id });
  const drawn = (need: OpenItem): number => drawnUnits(draft, (shipment) => shipment.need === need);
  const servable = needs.filter((need) => unusable(cell, need) === null);
  const usable = servable.find((need) => drawn(need) < need.missing) ?? servable[0];
  if (!usable) return unusable(cell, open) ?? reason('no-stock', { itemId: cell.itemId });
  const serving = draft.shipments.filter(({ need }) => need === usable);
  const lastEtaMin = Math.max(0, ...serving.map((shipment) => shipment.cell.etaMin));
  const late = lateness(cell.etaMin, usable.neededByMin);
  const [most] = reservedFrom(draft, cell).toSorted((left, right) => right.units - left.units);
  if (most && (drawn(usable) < usable.missing || most.units >= freeUnits(cell)))
    return reason('reserved-for', { incidentId: most.incidentId, units: most.units });
  if (drawn(usable) < usable.missing) return reason('not-chosen', { needId: usable.id });
  if (late) return reason('too-late', late);
  if (freeUnits(cell) === 0)
    return reason('reserve-kept', { minimumUnits: cell.minimumUnits, availableUnits: usableUnits(cell) });
  return reason('not-needed', { needId: usable.id, etaMin: cell.etaMin, lastEtaMin });
}

/** Item needs that stay open, each with its cause. */
export function unmetItems(snapshot: Snapshot, draft: Draft): Unmet[] {
  const view = viewsByItem(snapshot, draft);
  return snapshot.items.flatMap((need) => {
    const missing = need.missing - drawnUnits(draft, (shipment) => shipment.need === need);
    return missing > 0 ? [{ needId: need.id, missing, cause: whyOpen(view(need.itemId), need) }] : [];
  });
}

function whyOpen({ snapshot, draft }: ItemView, need: OpenItem): Reason {
  const { itemId } = need;
  const causes = snapshot.stock.map((cell) => unusable(cell, need));
  if (causes.every((cause) => cause !== null)) return commonCause(itemId, need, causes);
  const otherUnits = drawnUnits(draft, (shipment) => shipment.need !== need);
  if (otherUnits > 0) return reason('stock-serves-other-needs', { itemId, otherUnits });
  const reserved = draft.reserved ?? [];
  if (reserved.length > 0)
    return reason('stock-reserved', {
      itemId,
      sentUnits: drawnUnits(draft, (shipment) => shipment.need === need),
      reservedUnits: sumUnits(reserved),
      incidents: new Set(reserved.map(({ incidentId }) => incidentId)).size,
    });
  const skipped = snapshot.stock.map((cell) => skippedUnits(cell, need));
  return reason('stock-exhausted', {
    itemId,
    sentUnits: drawnUnits(draft, (shipment) => shipment.need === need),
    heldUnits: skipped.reduce((sum, { heldUnits }) => sum + heldUnits, 0),
    expiringUnits: skipped.reduce((sum, { expiringUnits }) => sum + expiringUnits, 0),
  });
}

/** No cell can give anything: goods that die on the way are named first, then held goods, then none at all. */
function commonCause(itemId: string, need: OpenItem, causes: readonly (Reason | null)[]): Reason {
  const closed =
    causes.find((cause) => cause?.code === 'road-blocked') ??
    causes.find((cause) => cause?.code === 'excluded-by-desk');
  if (closed && causes.every((cause) => cause?.code !== 'lots-held' && cause?.code !== 'lot-expires-before-arrival'))
    return closed;
  const sum = (code: string, param: string): number =>
    causes.reduce((total, cause) => total + (cause?.code === code ? Number(cause.params[param]) : 0), 0);
  const dying = causes.filter((cause) => cause?.code === 'lot-expires-before-arrival');
  if (dying.length > 0)
    return reason('lot-expires-before-arrival', {
      units: sum('lot-expires-before-arrival', 'units'),
      etaMin: Math.min(...dying.map((cause) => Number(cause?.params['etaMin']))),
      minimumUseDays: need.minimumUseDays,
      latestExpiresInDays: Math.max(...dying.map((cause) => Number(cause?.params['latestExpiresInDays']))),
    });
  const held = sum('lots-held', 'units');
  return held > 0 ? reason('lots-held', { units: held }) : reason('no-stock', { itemId });
}
