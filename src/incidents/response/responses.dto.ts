import { z } from 'zod';
import {
  flag,
  id,
  instant,
  page,
  pageQuery,
  people,
  requiredText,
  shortText,
  version,
} from '../../shared/fields.dto.js';
import { hazard, measure, ownerRole, requirement, requirementKind, responseLevel, trigger } from './plans.dto.js';

/** What the situation reports do not carry and the person who decides may add. */
export const statedFacts = z.object({
  neighbourAlsoHit: z.boolean(), householdsCollapsed: people, droughtNeedingAid: people, droughtShare: z.number().min(0).max(100),
}).partial(); // prettier-ignore
export type StatedFacts = z.infer<typeof statedFacts>;

const signed = {
  reason: requiredText, decidedBy: shortText.optional(), documentNo: shortText.optional(), expectedUntil: instant.optional(),
  facts: statedFacts.prefault({}),
}; // prettier-ignore
/** Approves a level for a society (the plan's own, when none is named) under a plan version in force. */
export const approveLevel = z.object({
  id: id.optional(), planVersionId: id, societyId: id.optional(), level: responseLevel, ...signed,
}); // prettier-ignore
export type ApproveLevel = z.infer<typeof approveLevel>;
export const changeLevelTo = z.object({ version, level: responseLevel, ...signed });
export type ChangeLevelTo = z.infer<typeof changeLevelTo>;
export const endResponse = z.object({ version, ...signed });
export type EndResponse = z.infer<typeof endResponse>;

export const levelStep = z.enum(['approve', 'raise', 'lower', 'end']);
export const reached = trigger.extend({ value: z.number() });
/** What a change newly asks for, and what it gives back, in reverse order: a list to act on. */
export const difference = z.object({ start: z.array(requirement), release: z.array(requirement) });
export const actDto = z.object({
  id, serial: z.int(), step: levelStep, from: responseLevel.nullable(), to: responseLevel.nullable(), reason: z.string(),
  decidedBy: z.string(), documentNo: z.string().nullable(), expectedUntil: instant.nullable(),
  facts: z.record(z.string(), z.union([z.number(), z.boolean()])), reached: z.array(reached), difference, actedBy: z.string(), actedAt: instant,
}); // prettier-ignore
export type ActDto = z.infer<typeof actDto>;
/** One society's response to one incident. `level` is null once it has ended; `last` is the newest signed act. */
export const responseDto = z.object({
  id, incidentId: id, societyId: id, planVersionId: id, planTitle: z.string(), planNumber: z.int(), level: responseLevel.nullable(),
  startedAt: instant, levelSince: instant, endedAt: instant.nullable(), last: actDto, version,
}); // prettier-ignore
export type ResponseDto = z.infer<typeof responseDto>;
export const responsePage = page(responseDto.extend({ acts: z.array(actDto) }));

/** What the facts speak for under the plan that binds one society, and what each level would change. People decide. */
export const proposalDto = z.object({
  societyId: id, planVersionId: id, planTitle: z.string(), planNumber: z.int(), planSocietyId: id, hazard, level: responseLevel.nullable(),
  reached: z.array(reached), unknown: z.array(measure), current: responseLevel.nullable(), responseId: id.nullable(),
  differences: z.array(difference.extend({ to: responseLevel.nullable() })),
}); // prettier-ignore
export type ProposalDto = z.infer<typeof proposalDto>;
export const proposalPage = page(proposalDto);
export const proposalsQuery = z.object({ neighbourAlsoHit: flag.optional() });
export type ProposalsQuery = z.infer<typeof proposalsQuery>;

export const TASK_STATES = ['open', 'taken', 'done', 'dropped'] as const;
export const taskState = z.enum(TASK_STATES);
/** A line of a signed difference as work of somebody: `start` what a level asks for, `release` what it no longer does. */
export const taskDto = z.object({
  id, incidentId: id, responseId: id, societyId: id, serial: z.int(), line: z.int(), act: z.enum(['start', 'release']), kind: requirementKind,
  code: z.string(), count: z.int(), title: z.string(), titleEn: z.string(), level: responseLevel, ownerRole, dueAt: instant, state: taskState,
  takenById: id.nullable(), takenBy: z.string().nullable(), takenAt: instant.nullable(), endedBy: z.string().nullable(),
  endedAt: instant.nullable(), endedReason: z.string().nullable(), version,
}); // prettier-ignore
export type TaskDto = z.infer<typeof taskDto>;
export const taskPage = page(taskDto);
export const tasksQuery = z.object({
  incidentId: id.optional(),
  mine: flag.optional(),
  open: flag.optional(),
  ...pageQuery,
});
export type TasksQuery = z.infer<typeof tasksQuery>;
export const taskStep = z.object({ version });
export type TaskStep = z.infer<typeof taskStep>;
export const dropTask = taskStep.extend({ reason: requiredText });
export type DropTask = z.infer<typeof dropTask>;
