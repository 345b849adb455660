import { z } from 'zod';
import { factorInForce, incidentKind, incidentStatus, severity } from '../incidents/incidents.dto.js';
import { id, instant, reason, requiredText, shortText, text } from '../shared/fields.dto.js';

/** One estimate of one item: low, middle, high, people and days it was made for, its rule and the factor of that time. */
export const estimatedThen = z.object({
  serial: z.int(), takenAt: instant, takenBy: z.string(), low: z.int(), mid: z.int(), high: z.int(), grossMid: z.int(),
  factor: factorInForce, rule: reason,
}); // prettier-ignore

/**
 * One item of one incident, in units: estimated (each time, and the last one), asked for, sent, received (signed for as good), returned, used
 * (received less returned), unmet (asked for and never received). ratioPct: (used + unmet) in per cent of the last middle. impliedPct: the
 * factor that would have met it. Both null where nothing was estimated, or nothing asked for and sent.
 */
export const comparedItem = z.object({
  itemId: id, itemCode: z.string(), item: z.string(), itemEn: z.string(), unit: z.string(), estimates: z.array(estimatedThen),
  low: z.int().nullable(), mid: z.int().nullable(), high: z.int().nullable(), asked: z.int(), sent: z.int(), received: z.int(),
  returned: z.int(), used: z.int(), unmet: z.int(), ratioPct: z.int().nullable(), impliedPct: z.int().nullable(),
}); // prettier-ignore
export type ComparedItem = z.infer<typeof comparedItem>;

/** counts: whether factors are learned from it: closed, and no exercise. */
export const comparisonDto = z.object({
  incidentId: id, number: z.string(), title: z.string(), kind: incidentKind, severity, status: incidentStatus, societyId: id,
  society: z.string(), exercise: z.boolean(), reportedAt: instant, closedAt: instant.nullable(), counts: z.boolean(),
  items: z.array(comparedItem),
}); // prettier-ignore
export type ComparisonDto = z.infer<typeof comparisonDto>;

const pct = z.int();
/** few: too few incidents; keep: the median is near what counts; change: a step is suggested (bounded: not the whole way). */
export const factorVerdict = z.enum(['few', 'keep', 'change']);
export const factorSuggestion = z.object({
  verdict: factorVerdict, incidents: z.array(z.object({ id, number: z.string(), impliedPct: pct })), leastIncidents: z.int(),
  medianPct: pct.nullable(), suggestedPct: pct.nullable(), bounded: z.boolean(),
}); // prettier-ignore
export type FactorSuggestion = z.infer<typeof factorSuggestion>;

export const factorSource = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('retuned'), medianPct: pct, incidents: z.array(z.object({ id, number: z.string(), impliedPct: pct })),
  }),
  z.object({ code: z.literal('restored'), fromVersion: z.int() }),
]); // prettier-ignore
export const factorDto = z.object({
  id, societyId: id, kind: incidentKind, ruleCode: z.string(), version: z.int(), valuePct: pct, source: factorSource, reason: z.string(),
  setBy: z.string(), setAt: instant,
}); // prettier-ignore
export type FactorDto = z.infer<typeof factorDto>;

/** One planning number for one hazard: what counts, this society's own versions (the newest first), and what is suggested. */
export const factorLine = z.object({
  kind: incidentKind, ruleCode: z.string(), itemCode: z.string(), source: z.string(), inForce: factorInForce,
  history: z.array(factorDto), suggestion: factorSuggestion,
}); // prettier-ignore
export type FactorLine = z.infer<typeof factorLine>;
/** Only lines of which something is known: a version, or an incident to learn from. cut: older incidents were not looked at. */
export const factorsDto = z.object({ societyId: id, lines: z.array(factorLine), incidents: z.int(), cut: z.boolean() });
export type FactorsDto = z.infer<typeof factorsDto>;

export const factorsQuery = z.object({ societyId: id });
export type FactorsQuery = z.infer<typeof factorsQuery>;
const about = { societyId: id, kind: incidentKind, ruleCode: shortText };
/** version: of the society's own factor that was seen (0: none); valuePct: the suggestion that was seen. */
const seen = z.int().min(0).max(2_147_483_647);
export const acceptFactor = z.object({
  ...about, version: seen, valuePct: z.int().min(20).max(500), reason: text.default(''),
}); // prettier-ignore
export type AcceptFactor = z.infer<typeof acceptFactor>;
/** toVersion: an earlier one of the society's own; 0: the rule itself. */
export const restoreFactor = z.object({ ...about, version: seen, toVersion: seen, reason: requiredText });
export type RestoreFactor = z.infer<typeof restoreFactor>;
