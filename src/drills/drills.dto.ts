import { z } from 'zod';
import { figures, incidentKind, reportChannel, severity, situationStage } from '../incidents/incidents.dto.js';
import { speciality } from '../rescue-teams/rescue-teams.dto.js';
import { headcount, id, instant, LIMITS, longText, people, phone, pointIn, priority, requiredText, shortText, text, units, version } from '../shared/fields.dto.js'; // prettier-ignore

export const DRILL_STATES = ['planned', 'preparing', 'running', 'ended'] as const;
/** Scripts that come with the program; src/drills/scripts/. */
export const DRILL_SCRIPTS = ['lekima-2019'] as const;
export const DRILL_LIMITS = { injects: 500, listed: 200, atMin: 60 * 24 * 14, speed: 60, running: 4, firstYear: 1949, yearsAhead: 10, attempts: 3 }; // prettier-ignore

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
/** The society whose duty desk does it. */
const by = z.string().regex(/^\d{4,12}$/);
const code = shortText;

/** What happens in a drill without its players: calls that their people would take, in the ordinary way and by the ordinary rules. */
export const injectCall = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('report'), by, key, incidentKind, severity, title: shortText, whatHappened: longText.default(''), placeText: requiredText,
    location: pointIn, societyAdcode: by.optional(), reporterName: shortText.optional(), reporterPhone: phone.optional(), peopleAffected: people.nullish(),
  }),
  z.object({
    kind: z.literal('needs'), by, incidentKey: key,
    capabilities: z.array(z.object({ speciality, headcount, priority })).max(LIMITS.list).default([]),
    items: z.array(z.object({ itemCode: code, units, priority })).max(LIMITS.list).default([]),
  }),
  z.object({
    kind: z.literal('situation-report'), by, incidentKey: key, stage: situationStage, channel: reportChannel.default('written'), figures,
    note: longText.default(''), correctionReason: requiredText.optional(),
  }),
  z.object({
    kind: z.literal('request'), by, neededInMin: z.int().min(1).max(60 * 24 * 30), place: shortText, note: text.default(''),
    lines: z.array(z.object({ itemCode: code, units })).min(1).max(20),
  }),
  /** The leader of a unit answers by words, as they would come in by text message. */
  z.object({ kind: z.literal('reply'), unitCode: code, words: requiredText }),
  /** Read out to the players; nothing happens by itself. */
  z.object({ kind: z.literal('news'), words: requiredText }),
  /** What the players ought to do about now: for the evaluators only. */
  z.object({ kind: z.literal('expected'), words: requiredText }),
]); // prettier-ignore
export type InjectCall = z.infer<typeof injectCall>;
export const scriptedInject = z.object({ atMin: z.number().min(0).max(DRILL_LIMITS.atMin), call: injectCall });
export type ScriptedInject = z.infer<typeof scriptedInject>;

/** at: by the clock of the drill; left out, at once. */
export const enterInject = z.object({ id: id.optional(), at: instant.optional(), call: injectCall });
export type EnterInject = z.infer<typeof enterInject>;
export const speed = z.int().min(1).max(DRILL_LIMITS.speed);
export const planDrill = z.object({
  id: id.optional(), title: shortText, societyId: id, script: z.enum(DRILL_SCRIPTS).optional(),
  injects: z.array(scriptedInject).max(DRILL_LIMITS.injects).default([]),
  /** The telephones of those whom messages of the drill may really reach, by mail too. Everybody else is told inside the drill only. */
  listed: z.array(phone).max(DRILL_LIMITS.listed).default([]),
  /** What the clock of the drill shows when it starts; left out, the time of the day. */
  startsAt: instant.optional(), speed: speed.default(1),
}); // prettier-ignore
export type PlanDrill = z.infer<typeof planDrill>;
export const drillStep = z.object({ version });
export type DrillStep = z.infer<typeof drillStep>;
export const setDrillSpeed = z.object({ speed });
export type SetDrillSpeed = z.infer<typeof setDrillSpeed>;

/** One clock of the score: how many had to meet it, how many did, and how long it took, in seconds. */
export const measureDto = z.object({
  code: z.string(), targetS: z.int().nullable(), due: z.int(), met: z.int(), late: z.int(), open: z.int(), p50S: z.int().nullable(), p90S: z.int().nullable(),
}); // prettier-ignore
export type MeasureDto = z.infer<typeof measureDto>;
export const scoreDto = z.object({
  at: instant,
  /** Of everything that was due: what was met in time, in percent; null while nothing was due. */
  inTimePct: z.int().nullable(),
  measures: z.array(measureDto),
  people: z.array(z.object({ name: z.string(), measures: z.array(measureDto) })),
});
export type ScoreDto = z.infer<typeof scoreDto>;
/** email: of drills planned since there is mail. */
export const listedPerson = z.object({ name: z.string(), phone: z.string(), email: z.string().nullish() });
export type ListedPerson = z.infer<typeof listedPerson>;

export const injectDto = z.object({
  id, line: z.int(), dueAt: instant, state: z.enum(['waiting', 'playing', 'played', 'refused']), playedAt: instant.nullable(),
  refusal: z.string().nullable(), call: injectCall,
  /** Who entered it by hand while the drill ran; null for one of the script. */
  enteredBy: z.string().nullable(),
}); // prettier-ignore
export type InjectDto = z.infer<typeof injectDto>;

/** What everybody is told of a drill: how many are listed and how it went, never who. */
export const drillDto = z.object({
  id, number: z.int(), title: z.string(), societyId: id, script: z.string().nullable(), injects: z.int(), listed: z.int(), startsAt: instant.nullable(), speed: z.int(),
  state: z.enum(DRILL_STATES), path: z.string(), plannedBy: z.string(), plannedAt: instant, startedAt: instant.nullable(),
  endedAt: instant.nullable(), score: scoreDto.omit({ people: true }).nullable(),
  /** Its world could not be made, however often that was tried. */
  refusal: z.literal('not-made').nullable(), version,
}); // prettier-ignore
export type DrillDto = z.infer<typeof drillDto>;
/** A running drill as it stands: its clock (speed 0: it stands), and what happened and will happen. */
export const drillNowDto = drillDto.extend({
  clock: z.object({ at: instant, speed: z.int() }).nullable(),
  timeline: z.array(injectDto),
  /** Empty for who may not run drills there. */
  listedPeople: z.array(listedPerson),
});
export type DrillNowDto = z.infer<typeof drillNowDto>;
export const enteredDto = z.object({ number: z.int(), path: z.string(), token: z.string(), expiresAt: instant });
export type EnteredDto = z.infer<typeof enteredDto>;
