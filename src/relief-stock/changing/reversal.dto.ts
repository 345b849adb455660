import { z } from 'zod';
import { id, instant, page, pageQuery, requiredText, version } from '../../shared/fields.dto.js';
import { signatureDto } from './adjustment.dto.js';

export const reversalStatus = z.enum(['submitted', 'posted', 'rejected', 'cancelled']);
export type ReversalStatus = z.infer<typeof reversalStatus>;
export const reversibleKind = z.enum([
  'receipt',
  'adjustment',
  'damage',
  'disposal',
  'rotation',
  'conversion',
  'return',
]);
export type ReversibleKind = z.infer<typeof reversibleKind>;

/** Takes back what a posted paper did: named by its id, or by the cause that its movements carry. */
export const askReversal = z.object({
  id: id.optional(), documentId: id.optional(), causeId: id.optional(), reason: requiredText,
}); // prettier-ignore
export type AskReversal = z.infer<typeof askReversal>;
export const reversalDto = z.object({
  id, number: z.string(), documentId: id, documentKind: reversibleKind, documentNumber: z.string(), warehouseId: id, status: reversalStatus,
  statusSince: instant, reason: z.string(), valueFen: z.int(), approvalNeeded: z.boolean(), rejectReason: z.string().nullable(),
  askedBy: z.string(), receivedAt: instant, signatures: z.array(signatureDto), version,
}); // prettier-ignore
export type ReversalDto = z.infer<typeof reversalDto>;
export const reversalPage = page(reversalDto);
export const reversalsQuery = z.object({
  warehouseId: id.optional(), documentId: id.optional(), status: reversalStatus.optional(), ...pageQuery,
}); // prettier-ignore
export type ReversalsQuery = z.infer<typeof reversalsQuery>;
