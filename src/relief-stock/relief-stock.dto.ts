import { z } from 'zod';
import {
  day, flag, id, instant, page, pageQuery, phone, point, pointIn, shortText, units, version,
} from '../shared/fields.dto.js'; // prettier-ignore

export const warehouseTier = z.enum(['provincial', 'regional', 'city', 'county', 'cache', 'agreement']);
export const stockMode = z.enum(['physical', 'consigned', 'agreement', 'virtual']);
export const warehouseDto = z.object({
  id, code: z.string(), name: z.string(), tier: warehouseTier, societyId: id, adcode: z.string(), location: point,
  areaM2: z.int().nullable(), mode: stockMode, dailyCapacityUnits: z.int().nullable(), keeperName: z.string().nullable(),
  keeperPhone: z.string().nullable(), version,
}); // prettier-ignore
export type WarehouseDto = z.infer<typeof warehouseDto>;
export const warehousePage = page(warehouseDto);
export const openWarehouse = z.object({
  id: id.optional(), code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/), name: shortText, tier: warehouseTier, societyId: id,
  location: pointIn, areaM2: z.int().min(1).max(1_000_000).nullish(), mode: stockMode.default('physical'),
  dailyCapacityUnits: units.nullish(), keeperName: shortText.nullish(), keeperPhone: phone.nullish(),
}); // prettier-ignore
export type OpenWarehouse = z.infer<typeof openWarehouse>;
export const warehousesQuery = z.object({ societyId: id.optional(), ...pageQuery });
export type WarehousesQuery = z.infer<typeof warehousesQuery>;
export const binDto = z.object({ id, warehouseId: id, code: z.string() });
export type BinDto = z.infer<typeof binDto>;
export const addBin = z.object({ id: id.optional(), code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,19}$/) });
export type AddBin = z.infer<typeof addBin>;
export const binPage = page(binDto);
export const pagedQuery = z.object(pageQuery);
export type PagedQuery = z.infer<typeof pagedQuery>;

/** The national class of emergency supplies (GB/T 38565-2020): seven digits in four layers 1+2+2+2, the first the item's `gbClass`. */
export const gbCode = z.string().regex(/^[1-3]\d{6}$/);
/** The code of the IFRC/ICRC emergency items catalogue, for exchange abroad. */
export const eicCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{3,19}$/);
export const itemDto = z.object({
  id, code: z.string(), name: z.string(), nameEn: z.string(), gbClass: z.int(), unit: z.string(), weightG: z.int(), volumeCm3: z.int(),
  shelfMonths: z.int().nullable(), priceFen: z.int().nullable(), seasonMonths: z.array(z.int()).nullable(), minimumUseDays: z.int(),
  gbCode: z.string().nullable(), eicCode: z.string().nullable(), version,
}); // prettier-ignore
export type ItemDto = z.infer<typeof itemDto>;
export const itemPage = page(itemDto);
export const addItem = z.object({
  id: id.optional(), code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,19}$/), name: shortText, nameEn: shortText, gbClass: z.int().min(1).max(3),
  unit: shortText, weightG: z.int().min(0).max(100_000_000), volumeCm3: z.int().min(0).max(1_000_000_000),
  shelfMonths: z.int().min(1).max(600).nullish(), priceFen: z.int().min(0).max(10_000_000_000).nullish(),
  seasonMonths: z.array(z.int().min(1).max(12)).max(12).nullish(), minimumUseDays: z.int().min(0).max(3650).default(0),
  gbCode: gbCode.nullish(), eicCode: eicCode.nullish(),
}); // prettier-ignore
export type AddItem = z.infer<typeof addItem>;
export const nameItemCodes = z.object({ version, gbCode: gbCode.nullable(), eicCode: eicCode.nullable() });
export type NameItemCodes = z.infer<typeof nameItemCodes>;

export const lotState = z.enum(['good', 'held', 'quarantined', 'recalled', 'damaged', 'disposed']);
export const lotSource = z.enum(['purchase', 'donation', 'allocated', 'other']);
/** What the value of a unit rests on; goods without a proof have no value. */
export const valueBasis = z.enum(['invoice', 'market-price']);
export type ValueBasis = z.infer<typeof valueBasis>;
export const lotDto = z.object({
  id, itemId: id, code: z.string(), expiresOn: day.nullable(), receivedOn: day, source: lotSource, state: lotState,
  unitValueFen: z.int().nullable(), valueBasis: valueBasis.nullable(), version,
}); // prettier-ignore
export type LotDto = z.infer<typeof lotDto>;
export const lotPage = page(lotDto);
export const lotsQuery = z.object({ itemId: id.optional(), ...pageQuery });
export type LotsQuery = z.infer<typeof lotsQuery>;

/**
 * What a warehouse has of an item, over its lots and bins: onHand = available + reserved + held. available: on hand less reserved of
 * good lots in good condition, whatever their date, so that a level changes only when something happens to it. nearestExpiryOn: of those.
 */
export const stockLevelDto = z.object({
  id, warehouseId: id, itemId: id, onHandUnits: z.int(), reservedUnits: z.int(), availableUnits: z.int(), heldUnits: z.int(),
  minimumUnits: z.int(), targetUnits: z.int(), maximumUnits: z.int(), nearestExpiryOn: day.nullable(), version,
}); // prettier-ignore
export type StockLevelDto = z.infer<typeof stockLevelDto>;
export const levelsQuery = z.object({
  warehouseId: id.optional(), itemId: id.optional(), lotId: id.optional(), expiringBefore: day.optional(), belowMinimum: flag.optional(),
  ...pageQuery,
}); // prettier-ignore
export type LevelsQuery = z.infer<typeof levelsQuery>;
export const levelPage = page(stockLevelDto);
export const networkQuery = z.object({ itemId: id });
export const networkDto = z.object({
  itemId: id,
  societies: z.array(z.object({ societyId: id, onHandUnits: z.int(), reservedUnits: z.int(), availableUnits: z.int(), warehouses: z.int() })),
}); // prettier-ignore
export type NetworkDto = z.infer<typeof networkDto>;
/** Every item that lies anywhere in sight: its units together, and in how many warehouses. */
export const networkItemsDto = z.object({
  items: z.array(z.object({ itemId: id, onHandUnits: z.int(), reservedUnits: z.int(), availableUnits: z.int(), warehouses: z.int() })),
}); // prettier-ignore
export type NetworkItemsDto = z.infer<typeof networkItemsDto>;

/** quarantined: set aside until somebody has looked at it. */
export const condition = z.enum(['good', 'damaged', 'quarantined']);
export type Condition = z.infer<typeof condition>;

/** Bins and goods in transit are inside; the others are accounts outside that keep the ledger closed. */
export const PLACE_KINDS = [
  'bin', 'transit', 'supplier', 'donor', 'recipient', 'loss', 'disposal', 'count-difference', 'opening', 'conversion', 'adjustment', 'inquiry',
] as const; // prettier-ignore
export const placeKind = z.enum(PLACE_KINDS);
export type PlaceKind = z.infer<typeof placeKind>;

export const MOVEMENT_REASONS = [
  'opening', 'receipt', 'ship', 'deliver', 'transfer', 'put-away', 'return', 'conversion', 'rotation', 'damage', 'missing', 'loss', 'disposal',
  'adjustment', 'count-difference', 'reversal', 'handover', 'found',
] as const; // prettier-ignore
export type MovementReason = (typeof MOVEMENT_REASONS)[number];
/** fromPlace and toPlace are the bin's code, or the name of who or what stands outside; the warehouse ids are set for bins only. */
export const movementDto = z.object({
  id, causeId: id, line: z.int(), itemId: id, lotId: id, fromKind: placeKind, fromPlace: z.string(), toKind: placeKind,
  toPlace: z.string(), fromWarehouseId: id.nullable(), toWarehouseId: id.nullable(), units: z.int(),
  reason: z.enum(MOVEMENT_REASONS), document: z.string(), occurredAt: instant, recordedAt: instant, receivedAt: instant,
  reversesId: id.nullable(),
}); // prettier-ignore
export type MovementDto = z.infer<typeof movementDto>;
export const movementsQuery = z.object({
  warehouseId: id.optional(),
  itemId: id.optional(),
  lotId: id.optional(),
  ...pageQuery,
});
export type MovementsQuery = z.infer<typeof movementsQuery>;
export const movementPage = page(movementDto);
export const asOfQuery = z.object({ at: instant, warehouseId: id });
export type AsOfQuery = z.infer<typeof asOfQuery>;
export const asOfDto = z.object({
  at: instant,
  items: z.array(z.object({ itemId: id, lotId: id, onHandUnits: z.int() })),
});
export type AsOfDto = z.infer<typeof asOfDto>;

/** The paper by which a posted paper is taken back, on the paper itself: asked for or done. */
export const reversalMark = z.object({ id, number: z.string(), status: z.string() });
