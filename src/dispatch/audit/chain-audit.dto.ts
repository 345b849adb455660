import { z } from 'zod';
import { flag, id, instant, page, pageQuery, version } from '../../shared/fields.dto.js';

/** How the chain can go silent. README.md of dispatch says what each means and when it is over. */
export const CHAIN_FAULTS = [
  'step-late', 'step-untold', 'delivery-late', 'assignment-silent', 'tier-untold', 'call-unanswered',
] as const; // prettier-ignore
export const chainFaultKind = z.enum(CHAIN_FAULTS);
export type ChainFaultKind = z.infer<typeof chainFaultKind>;

/** since: when the silence began; openedAt: when the auditor saw it. who: the people whom it concerns, if any. */
export const chainFaultDto = z.object({
  id, kind: chainFaultKind, incidentId: id, alertId: id.nullable(), assignmentId: id.nullable(), teamName: z.string(), unitCode: z.string(),
  step: z.int(), who: z.string().nullable(), since: instant, openedAt: instant, closedAt: instant.nullable(), version,
}); // prettier-ignore
export type ChainFaultDto = z.infer<typeof chainFaultDto>;
export const chainFaultPage = page(chainFaultDto);
export const chainFaultsQuery = z.object({ open: flag.optional(), incidentId: id.optional(), ...pageQuery });
export type ChainFaultsQuery = z.infer<typeof chainFaultsQuery>;

/** When the auditor last looked; `silent` when that is too long ago, so that nothing it says can be relied on. */
export const chainAuditDto = z.object({ lastAuditedAt: instant.nullable(), silent: z.boolean() });
export type ChainAuditDto = z.infer<typeof chainAuditDto>;
