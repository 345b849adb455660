import { z } from 'zod';
import { id, instant, page, pageQuery, reason, requiredText, version } from '../shared/fields.dto.js';

export const suggestionStatus = z.enum([
  'queued',
  'solving',
  'proposed',
  'accepted',
  'rejected',
  'superseded',
  'failed',
]);
export const teamSuggestion = z.object({
  kind: z.literal('team'), unitId: id, teamId: id, needId: id, headcount: z.int(), etaMin: z.int(), distanceM: z.int(),
  reasons: z.array(reason), warnings: z.array(reason),
}); // prettier-ignore
export const supplySuggestion = z.object({
  kind: z.literal('supply'), warehouseId: id, itemId: id, needId: id, units: z.int(), etaMin: z.int(), distanceM: z.int(),
  lots: z.array(z.object({ lotId: id, units: z.int() })), availableAfter: z.int(), reasons: z.array(reason), warnings: z.array(reason),
}); // prettier-ignore
/** How far the answer is proven: every goal; the solver's best when time was up; at least half of it by the stand-in. */
export const planStatus = z.enum(['optimal', 'time-limit', 'greedy']);
const locks = z.array(z.object({ unitId: id, use: z.enum(['must', 'never']) })).max(100);
const objective = z.enum(['arrival', 'few-sources']);
/** How the asker bound the plan. horizon: hours within which help must be there. */
const ask = z.object({ horizon: z.int().min(1).max(168).optional(), locks, objective });

export const suggestionDto = z.object({
  id, incidentId: id, societyId: id, status: suggestionStatus, trigger: z.string(), requestedBy: z.string().nullable(), ask,
  incidentVersion: z.int(), inputHash: z.string().nullable(),
  lines: z.array(z.discriminatedUnion('kind', [teamSuggestion, supplySuggestion])),
  unmet: z.array(z.object({ needId: id, missing: z.int(), cause: reason })),
  excluded: z.array(z.object({
    kind: z.enum(['team', 'supply']), unitId: id.optional(), warehouseId: id.optional(), itemId: id.optional(), reason,
  })),
  excludedMore: z.int(), stages: z.array(z.object({ name: z.string(), value: z.number() })), bound: z.number().nullable(), gap: z.number().nullable(),
  solver: z.string().nullable(), planStatus: planStatus.nullable(), fallback: reason.nullable(), failure: z.string().nullable(),
  requestedAt: instant, solvedAt: instant.nullable(), decidedAt: instant.nullable(), decidedBy: z.string().nullable(),
  decisionReason: z.string().nullable(), missionId: id.nullable(), version,
}); // prettier-ignore
export type SuggestionDto = z.infer<typeof suggestionDto>;
export const suggestionPage = page(suggestionDto);
export const suggestionsQuery = z.object(pageQuery);
export type SuggestionsQuery = z.infer<typeof suggestionsQuery>;

export const askSuggestion = ask.extend({
  id: id.optional(),
  locks: locks.default([]),
  objective: objective.default('arrival'),
});
export type AskSuggestion = z.infer<typeof askSuggestion>;
/** lineIndexes: accept only these lines; left out, all of them. */
export const acceptSuggestion = z.object({
  version,
  lineIndexes: z.array(z.int().min(0).max(999)).max(500).optional(),
});
export type AcceptSuggestion = z.infer<typeof acceptSuggestion>;
export const rejectSuggestion = z.object({ version, reason: requiredText });
export type RejectSuggestion = z.infer<typeof rejectSuggestion>;
