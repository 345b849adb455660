import { z } from 'zod';
import { flag, id } from '../../shared/fields.dto.js';

export const MOST_ROWS = 10_000;
export const MOST_FLAWS = 1000;
/** Nothing is loaded unless `dryRun=false` says so. */
export const importQuery = z.object({ dryRun: flag.default(true), warehouseId: id.optional() });
export type ImportQuery = z.infer<typeof importQuery>;

export const flawDto = z.object({
  sheet: z.string(), cell: z.string(), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** In the reader's language. */
  sentence: z.string(),
}); // prettier-ignore
/** `lines`: for receipt lines, which are read for the receipt's own command and not loaded by themselves. */
export const importReport = z.object({
  kind: z.string(), sheet: z.string(), rows: z.int(), dryRun: z.boolean(), loaded: z.boolean(), flawCount: z.int(), flaws: z.array(flawDto),
  lines: z.array(z.record(z.string(), z.unknown())).optional(),
}); // prettier-ignore
export type ImportReport = z.infer<typeof importReport>;
