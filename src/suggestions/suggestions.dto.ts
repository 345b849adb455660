import { z } from 'zod';
import { id, instant, page, pageQuery, point, reason, requiredText, version } from '../shared/fields.dto.js';

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
const units = z.int().min(1).max(10_000_000);
/** sends: goods that must go; spares: stores (or one item of them) that must not; order: where reserves and local-first stand. */
const bindings = {
  sends: z.array(z.object({ warehouseId: id, itemId: id, units })).max(50).optional(),
  spares: z.array(z.object({ warehouseId: id, itemId: id.optional() })).max(50).optional(),
  order: z.object({
    reserve: z.enum(['before-arrival', 'off']).default('before-arrival'),
    tier: z.enum(['before-arrival', 'after-arrival', 'off']).default('before-arrival'),
  }).optional(),
  /** Circles that no road leads through now. */
  blocked: z.array(z.object({ center: point, radiusM: z.int().min(1).max(500_000) })).max(20).optional(),
}; // prettier-ignore
const ask = z.object({ horizon: z.int().min(1).max(168).optional(), locks, objective, ...bindings });
const equity = z.object({ smallestShare: z.number(), gini: z.number() });
/** What the plan of the goods teaches beside its lines: how evenly needs are met, what holds it back, what bindings and order cost. */
export const insight = z.object({
  equity: z.object({ before: equity, after: equity }), limits: z.array(reason), bindings: z.array(reason), order: z.array(reason),
}); // prettier-ignore
/** Where the minutes on the road come from. */
export const travel = z.object({
  source: z.string(), speedClass: z.enum(['plain', 'mountain', 'typhoon']),
  /** The road, the ground and the weather that every arrival is reckoned from; absent in older suggestions. */
  provenance: z.array(reason).optional(),
}); // prettier-ignore

const lines = z.array(z.discriminatedUnion('kind', [teamSuggestion, supplySuggestion]));
const unmet = z.array(z.object({ needId: id, missing: z.int(), cause: reason }));
/** fills: goods given out; reserves: stores and minutes looked at; proven: goods done; goals: teams, goal after goal. */
export const searchStage = z.enum(['fills', 'reserves', 'proven', 'goals']);
/** The plan so far of a suggestion that is still being solved: verified, to look at and not to accept. needMet and bound are shares. */
export const progress = z.object({
  at: instant, stage: searchStage, needMet: z.number(), bound: z.number(), gap: z.number(), incidentVersion: z.int(), lines, unmet,
}); // prettier-ignore

export const suggestionDto = z.object({
  id, incidentId: id, societyId: id, status: suggestionStatus, trigger: z.string(), requestedBy: z.string().nullable(), ask,
  incidentVersion: z.int(), inputHash: z.string().nullable(),
  lines, unmet,
  excluded: z.array(z.object({
    kind: z.enum(['team', 'supply']), unitId: id.optional(), warehouseId: id.optional(), itemId: id.optional(), reason,
  })),
  excludedMore: z.int(), stages: z.array(z.object({ name: z.string(), value: z.number() })), bound: z.number().nullable(), gap: z.number().nullable(),
  solver: z.string().nullable(), planStatus: planStatus.nullable(), fallback: reason.nullable(), failure: z.string().nullable(),
  requestedAt: instant, solvedAt: instant.nullable(), decidedAt: instant.nullable(), decidedBy: z.string().nullable(),
  decisionReason: z.string().nullable(), missionId: id.nullable(), insight: insight.nullable(), travel: travel.nullable(),
  /** What lies on the way of a unit or a warehouse (its id) beside the road: crossings with their waits, or why there is none. */
  ways: z.record(z.string(), z.array(reason)),
  reserved: z.array(z.object({ warehouseId: id, itemId: id, incidentId: id, units: z.int() })), progress: progress.nullable(), version,
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
