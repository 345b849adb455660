import { z } from 'zod';
import {
  day,
  id,
  instant,
  longText,
  page,
  pageQuery,
  requiredText,
  shortText,
  text,
  version,
} from '../../shared/fields.dto.js';
import { SPECIALITIES } from '../../rescue-teams/rescue-teams.dto.js';
import { incidentKind } from '../incidents.dto.js';

/** Response levels, I is the gravest; each society has its own, apart from event grade and warning colour. */
export const RESPONSE_LEVELS = ['I', 'II', 'III', 'IV'] as const;
export const responseLevel = z.enum(RESPONSE_LEVELS);
export type ResponseLevel = z.infer<typeof responseLevel>;

/** What a trigger may count: people, but for rooms and households, and the drought share in per cent of the rural people. */
export const MEASURES = [
  'deadAndMissing', 'movedOrNeedingAid', 'roomsCollapsed', 'householdsCollapsed', 'droughtNeedingAid', 'droughtShare', 'affected',
  'injured',
] as const; // prettier-ignore
export const measure = z.enum(MEASURES);
export type Measure = z.infer<typeof measure>;

/** From `from` upwards (the number is included) the measure speaks for the level; `onlyWhen` names what else must be so. */
export const trigger = z.object({
  level: responseLevel, by: measure, from: z.number().min(0).max(1_500_000_000), onlyWhen: z.literal('neighbourAlsoHit').optional(),
  source: shortText,
}); // prettier-ignore
export type Trigger = z.infer<typeof trigger>;

/** Who may own a task: roles that are held at a society. Leaders and keepers get their work by missions and orders. */
export const OWNER_ROLES = ['dutyOfficer', 'dutyLead', 'supervisor', 'administrator'] as const;
export const ownerRole = z.enum(OWNER_ROLES);
export const requirementKind = z.enum(['task', 'team', 'goods']);

const isWhole = ({ kind, code, count, title }: { kind: string; code: string; count: number; title: string }) => {
  if (kind === 'task') return count === 1 && title !== '';
  return kind === 'goods' || (SPECIALITIES as readonly string[]).includes(code);
};
/**
 * What a level adds: a duty (`count` 1), people of a speciality, or base units of an item by its code. `dueMin` is minutes from the
 * signature until it is due.
 */
export const requirement = z.object({
  kind: requirementKind, code: shortText, count: z.int().min(1).max(10_000_000), title: text.default(''), titleEn: text.default(''),
  ownerRole: ownerRole.default('dutyOfficer'), dueMin: z.int().min(1).max(43_200).default(60),
}).refine(isWhole, { path: ['code'] }); // prettier-ignore
export type Requirement = z.infer<typeof requirement>;

const lines = z.array(requirement).max(60).default([]);
export const planAdds = z.object({ I: lines, II: lines, III: lines, IV: lines });
export type PlanAdds = z.infer<typeof planAdds>;
const planTriggers = z.array(trigger).max(60);

export const hazard = z.enum([...incidentKind.options, 'any']);
export type Hazard = z.infer<typeof hazard>;
export const PLAN_STATES = ['template', 'draft', 'in-force', 'retired'] as const;
export const planState = z.enum(PLAN_STATES);

const planText = {
  title: shortText, titleEn: z.string().trim().max(80).default(''), source: text.default(''), note: longText.default(''), reviewOn: day,
  inheritsId: id.nullish(), triggers: planTriggers.default([]), adds: planAdds.prefault({}),
}; // prettier-ignore
/** A first draft: the plan of a society for a hazard. `inheritsId` is a version in force of a society above; own lines only add to it. */
export const draftPlan = z.object({ id: id.optional(), societyId: id, hazard, ...planText });
export type DraftPlan = z.infer<typeof draftPlan>;
export const amendPlan = z.object({ version, ...planText });
export type AmendPlan = z.infer<typeof amendPlan>;
export const planStep = z.object({ version });
export type PlanStep = z.infer<typeof planStep>;
export const retirePlan = planStep.extend({ reason: requiredText });
export type RetirePlan = z.infer<typeof retirePlan>;

export const planDto = z.object({
  id, planId: id, number: z.int(), societyId: id.nullable(), hazard, state: planState, title: z.string(), titleEn: z.string(),
  source: z.string(), note: z.string(), reviewOn: day.nullable(), triggers: z.array(trigger), adds: planAdds,
  inherits: z.object({ id, title: z.string(), number: z.int(), societyId: id.nullable(), state: planState }).nullable(),
  draftedBy: z.string(), draftedAt: instant, releasedBy: z.string().nullable(), inForceAt: instant.nullable(),
  retiredAt: instant.nullable(), retiredReason: z.string().nullable(), version,
}); // prettier-ignore
export type PlanDto = z.infer<typeof planDto>;
/** One version with what it inherits put together: what a level really asks for. */
export const wholePlanDto = planDto.extend({ effective: z.object({ triggers: z.array(trigger), adds: planAdds }) });
export type WholePlanDto = z.infer<typeof wholePlanDto>;
export const planPage = page(planDto);
export const plansQuery = z.object({
  societyId: id.optional(),
  hazard: hazard.optional(),
  state: planState.optional(),
  ...pageQuery,
});
export type PlansQuery = z.infer<typeof plansQuery>;
