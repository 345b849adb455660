import { z } from 'zod';
import { day, id, LIMITS } from '../../shared/fields.dto.js';
import { boxDto } from '../boxes/box.dto.js';
import { itemDto, lotDto } from '../relief-stock.dto.js';

/** FNC1, the separator of GS1, as scanners send it. */
const GS = '\u001d';

/** As the scanner sent it; FNC1 is \u001d. */
export const scanCode = z.object({
  text: z.string().min(1).max(500).refine((text) => !/\p{Cc}/u.test(text.trim().replaceAll(GS, ''))),
  /** Where the scanner stands: bins are looked up there, and lots there come first. */
  warehouseId: id.optional(),
}); // prettier-ignore
export type ScanCode = z.infer<typeof scanCode>;

export const scanDto = z.object({
  kind: z.enum(['gs1', 'link', 'own', 'gtin', 'text']), gtin: z.string().optional(), lot: z.string().optional(),
  expiresOn: day.optional(), madeOn: day.optional(), units: z.int().optional(), serial: z.string().optional(),
  sscc: z.string().optional(), own: z.object({ kind: z.string(), id }).optional(), text: z.string().optional(),
}); // prettier-ignore
export const foundDto = z.object({
  kind: z.string(), id, code: z.string(), name: z.string(), warehouseId: id.nullable(), item: itemDto.nullable(), lot: lotDto.nullable(),
}); // prettier-ignore
export type Found = z.infer<typeof foundDto>;
/** What people must know about what they scanned. `blocks`: the screen stops and sounds. */
export const noticeDto = z.object({
  code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])), blocks: z.boolean(),
}); // prettier-ignore
export type Notice = z.infer<typeof noticeDto>;
export const scanResultDto = z.object({
  scan: scanDto,
  found: z.array(foundDto),
  /** What the number on the package stands for, when it is known. */
  pack: z.object({ gtin: z.string(), itemId: id, units: z.int() }).nullable(),
  notices: z.array(noticeDto),
  /** What a box or pallet holds or held, so that one scan fills the lines of a form. */
  box: boxDto.nullable(),
});
export type ScanResult = z.infer<typeof scanResultDto>;

export const addGtin = z.object({
  gtin: z.string().regex(/^(\d{8}|\d{12,14})$/),
  units: z.int().min(1).max(LIMITS.units).default(1),
});
export type AddGtin = z.infer<typeof addGtin>;
export const gtinDto = z.object({ gtin: z.string(), itemId: id, units: z.int() });
export type GtinDto = z.infer<typeof gtinDto>;
