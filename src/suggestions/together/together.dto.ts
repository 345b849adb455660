import { z } from 'zod';
import { severity } from '../../incidents/incidents.dto.js';
import { speciality } from '../../rescue-teams/rescue-teams.dto.js';
import { id, instant, reason } from '../../shared/fields.dto.js';

/**
 * How much one plan looks at: the gravest incidents first, then the oldest; of the units those that are nearest to any of them. What is
 * beyond is counted. windowMin: a unit further away than this is not sent.
 */
export const TOGETHER_LIMITS = { incidents: 30, units: 400, windowMin: 1440 };
/** What a head missing counts: by level of the incident, times by priority of the need. */
export const SEVERITY_WEIGHT = { I: 8, II: 4, III: 2, IV: 1 } as const;
export const PRIORITY_WEIGHT = { 1: 4, 2: 2, 3: 1 } as const;

export const askTogether = z.object({ societyId: id, exercise: z.boolean().default(false) });
export type AskTogether = z.infer<typeof askTogether>;

/** Why heads stay missing. */
export const MISSING_CAUSES = ['none-able', 'none-free', 'out-of-reach', 'sent-elsewhere'] as const;
/**
 * proven: both goals are as good as can be; heads-proven: nobody can miss fewer, cities perhaps; bounded: not proven, the bound tells how
 * far it can be; search: time was up before anything was proven.
 */
export const TOGETHER_STATUSES = ['proven', 'heads-proven', 'bounded', 'search'] as const;

/** The whole unit goes. late: after the need's time. */
const line = z.object({
  unitId: id, teamId: id, needId: id, headcount: z.int(), etaMin: z.int(), late: z.boolean(),
  teamName: z.string(), unitCode: z.string(), societyId: id,
}); // prettier-ignore
/** asked: what no mission promises yet. missing, aloneMissing: after this plan, and when each incident takes the nearest for itself. */
const need = z.object({
  needId: id, speciality, priority: z.int(), asked: z.int(), missing: z.int(), aloneMissing: z.int(), cause: reason.nullable(),
}); // prettier-ignore
/** missing: heads, weighed; people: heads; cities: covers left without a unit; minutes: to arrival, weighed. */
const goals = z.object({ missing: z.int(), people: z.int(), cities: z.int(), minutes: z.int() });

/** counted: no incident is there, so that leaving it bare is a goal; a city that serves its own incident is named only. */
const bared = z.object({ societyId: id, speciality, units: z.int(), counted: z.boolean() });

export const togetherDto = z.object({
  societyId: id, at: instant, hash: z.string(), status: z.enum(TOGETHER_STATUSES),
  incidents: z.array(z.object({ incidentId: id, number: z.string(), title: z.string(), severity, lines: z.array(line), needs: z.array(need) })),
  bared: z.array(bared), plan: goals, alone: goals, bound: z.object({ missing: z.int(), cities: z.int() }),
  left: z.object({ incidents: z.int(), units: z.int() }),
}); // prettier-ignore
export type TogetherDto = z.infer<typeof togetherDto>;
