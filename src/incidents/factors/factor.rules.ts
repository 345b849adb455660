import type { IncidentDto } from '../incidents.dto.js';

type Kind = IncidentDto['kind'];

/** A factor is a whole per cent of the rule's own figure; 100 leaves it as it is. */
export const RULE_ITSELF_PCT = 100;

/** One version of a factor, as far as an estimate needs it. */
export interface FactorVersion {
  societyId: string;
  kind: Kind;
  ruleCode: string;
  version: number;
  valuePct: number;
}

/** What an estimate is made with: the per cent, and whose version of it (version 0: the rule itself). */
export interface FactorInForce {
  valuePct: number;
  version: number;
  societyId: string | null;
}
export const RULE_ITSELF: FactorInForce = { valuePct: RULE_ITSELF_PCT, version: 0, societyId: null };

/**
 * What counts for a planning number and a hazard: the newest version of the nearest society on the way up (nearest first) that has one,
 * or the rule itself.
 */
export function factorAlong(
  of: { kind: Kind; ruleCode: string },
  way: readonly string[],
  versions: readonly FactorVersion[],
): FactorInForce {
  const about = versions.filter(({ kind, ruleCode }) => kind === of.kind && ruleCode === of.ruleCode);
  for (const societyId of way) {
    const own = about.filter((one) => one.societyId === societyId);
    const newest = own.reduce<FactorVersion | null>((top, one) => (top && top.version > one.version ? top : one), null);
    if (newest) return { valuePct: newest.valuePct, version: newest.version, societyId };
  }
  return RULE_ITSELF;
}
