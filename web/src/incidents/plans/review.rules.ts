import type { PlanDto } from '../../../../src/incidents/response/plans.dto.js';

/** A plan in force whose review day has passed. Days are those of the desk. */
export const isReviewLate = ({ state, reviewOn }: Pick<PlanDto, 'state' | 'reviewOn'>, today: string): boolean =>
  state === 'in-force' && reviewOn !== null && reviewOn < today;

/** A plan that stands on an older version of the one above. */
export const standsOnOld = ({ state, inherits }: Pick<PlanDto, 'state' | 'inherits'>): boolean =>
  inherits?.state === 'retired' && (state === 'in-force' || state === 'draft');

const STATE_ORDER = ['draft', 'in-force', 'template', 'retired'] as const;
type Section<P> = { key: string; plans: P[] };
/** Late reviews first, then drafts, what is in force, templates, and what is no longer. */
export function sectionsOf<P extends PlanDto>(plans: readonly P[], today: string): Section<P>[] {
  const late = plans.filter((plan) => isReviewLate(plan, today));
  const rest = STATE_ORDER.map((state) => ({
    key: state,
    plans: plans.filter((plan) => plan.state === state && !late.includes(plan)),
  }));
  return [{ key: 'review-late', plans: late }, ...rest].filter((section) => section.plans.length > 0);
}
