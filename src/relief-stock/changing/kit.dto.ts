import { z } from 'zod';
import {
  day, factTimes, id, instant, LIMITS, page, pageQuery, shortText, text, units, version,
} from '../../shared/fields.dto.js'; // prettier-ignore
import { condition, lotSource, reversalMark } from '../relief-stock.dto.js';

export const itemPackDto = z.object({ id, itemId: id, name: z.string(), units: z.int() });
export type ItemPackDto = z.infer<typeof itemPackDto>;
/** Packs are how goods are counted in, never what they are: an item's unit does not change. */
export const addPack = z.object({ id: id.optional(), name: shortText, units: z.int().min(2).max(1_000_000) });
export type AddPack = z.infer<typeof addPack>;

export const kitPart = z.object({ itemId: id, units: z.int().min(1).max(10_000) });
export const kitDto = z.object({ itemId: id, parts: z.array(kitPart), version });
export type KitDto = z.infer<typeof kitDto>;
export const kitPage = page(kitDto);
/** `version` of the definition that is changed; left out for a kit that is new. */
export const defineKit = z.object({ version: version.optional(), parts: z.array(kitPart).min(1).max(LIMITS.list) });
export type DefineKit = z.infer<typeof defineKit>;

const conversion = { id: id.optional(), warehouseId: id, kits: units, note: text.default(''), ...factTimes };
/**
 * assemble: whole kits of an item from parts in bins, first expired first, or from the cells that are named; `fund`: the purpose of the
 * kits. unpack: whole kits of one cell, every part back in its own lot.
 */
export const convertStock = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('assemble'), kitItemId: id, binId: id, fund: shortText.nullish(),
    parts: z.array(z.object({ cellId: id, units })).min(1).max(LIMITS.list).optional(), ...conversion,
  }),
  z.object({ kind: z.literal('unpack'), cellId: id, binId: id.optional(), ...conversion }),
]); // prettier-ignore
export type ConvertStock = z.infer<typeof convertStock>;
export type AssembleKits = Extract<ConvertStock, { kind: 'assemble' }>;
export type UnpackKits = Extract<ConvertStock, { kind: 'unpack' }>;

const movedPart = z.object({
  itemId: id, lotId: id, lotCode: z.string(), binId: id, binCode: z.string(), ownerSocietyId: id, fund: z.string().nullable(), condition,
  units: z.int(),
}); // prettier-ignore
/** `lots`: the kit lots made or opened, each with what one kit of it holds. `parts`: what left the bins, or came back to them. */
export const conversionDto = z.object({
  id, number: z.string(), kind: z.enum(['assemble', 'unpack']), warehouseId: id, kitItemId: id, kits: z.int(),
  status: z.enum(['posted', 'reversed']), note: z.string(),
  lots: z.array(z.object({
    lotId: id, lotCode: z.string(), expiresOn: day.nullable(), source: lotSource, binId: id, ownerSocietyId: id, fund: z.string().nullable(),
    kits: z.int(), contains: z.array(z.object({ lotId: id, fund: z.string().nullable(), units: z.int() })),
  })),
  parts: z.array(movedPart), postedBy: z.string(), reversal: reversalMark.nullable(), occurredAt: instant, recordedAt: instant,
  receivedAt: instant, version,
}); // prettier-ignore
export type ConversionDto = z.infer<typeof conversionDto>;
export const conversionPage = page(conversionDto);
export const conversionsQuery = z.object({ warehouseId: id.optional(), kitItemId: id.optional(), ...pageQuery });
export type ConversionsQuery = z.infer<typeof conversionsQuery>;
