import { z } from 'zod';
import { day, id } from '../../shared/fields.dto.js';

export const MOST_LABELS = 1000;
export const paperQuery = z.object({
  size: z.enum(['a4', '241x140']).default('a4'),
  /** For a stock card: the days it covers. Without them, everything. */
  from: day.optional(),
  to: day.optional(),
});
export type PaperQuery = z.infer<typeof paperQuery>;
export const labelQuery = z.object({
  ids: z.string().max(8000).default('').transform((text) => text.split(',').filter(Boolean)).pipe(z.array(id).max(200)),
  size: z.enum(['60x40', 'a4', 'a6']).default('60x40'),
  copies: z.coerce.number().int().min(1).max(500).default(1),
}); // prettier-ignore
export type LabelQuery = z.infer<typeof labelQuery>;
