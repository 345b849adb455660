import { z } from 'zod';
import {
  factTimes,
  id,
  instant,
  page,
  pageQuery,
  flag,
  phone,
  requiredText,
  shortText,
  text,
  version,
} from '../../shared/fields.dto.js';

/**
 * named: will come. staying: does not come. out: gathered or on the way. returning: on the way home. left: away from the unit at a known
 * place (outcome). settled: a supervisor or duty lead recorded what became of the person.
 */
export const PERSON_STATES = [
  'named', 'staying', 'out', 'on-scene', 'returning', 'missing', 'left', 'back', 'settled',
] as const; // prettier-ignore
export const personState = z.enum(PERSON_STATES);
export type PersonState = z.infer<typeof personState>;

export const MARKS = ['coming', 'staying', 'present', 'missing', 'left'] as const;
export type Mark = (typeof MARKS)[number];
export const STAGES = ['assembling', 'on-scene', 'release', 'home'] as const;
export type Stage = (typeof STAGES)[number];

export const LEFT_OUTCOMES = ['sent-home', 'hospital', 'stays'] as const;
export const OUTCOMES = ['returned', ...LEFT_OUTCOMES, 'handed-over', 'died'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Ways in which words reach the desk that enters them. */
export const SAID_BY = ['phone', 'radio', 'sms', 'in-person'] as const;
export const PAR_CHANNELS = ['in-app', 'link', ...SAID_BY] as const;
export type ParChannel = (typeof PAR_CHANNELS)[number];

/** People of one unit: a team has tens, a roll is bounded. */
const MOST_PEOPLE = 500;
export const PAR_STATES = ['due-later', 'asked', 'ok', 'short', 'missed', 'excused'] as const;

export const rollPersonDto = z.object({
  id, memberId: id.nullable(), name: z.string(), phone: z.string().nullable(), position: z.enum(['leader', 'deputy', 'member', 'guest']),
  state: personState, since: instant, outcome: z.enum(OUTCOMES).nullable(), words: z.string().nullable(), byName: z.string(),
}); // prettier-ignore
export type RollPersonDto = z.infer<typeof rollPersonDto>;

/** total = coming + staying + out + onScene + returning + missing + elsewhere + back. unaccounted includes those without a name. */
export const rollCounts = z.object({
  total: z.int(), coming: z.int(), staying: z.int(), out: z.int(), onScene: z.int(), returning: z.int(), missing: z.int(),
  elsewhere: z.int(), back: z.int(), unaccounted: z.int(),
}); // prettier-ignore
export type RollCounts = z.infer<typeof rollCounts>;

/** absent and unlisted name people of the roll by id; unnamedAbsent counts those who have no name on it. */
export const parAnswerDto = z.object({
  occurredAt: instant, receivedAt: instant, present: z.int(), absent: z.array(id), unnamedAbsent: z.int(), late: z.boolean(),
  channel: z.enum(PAR_CHANNELS), byName: z.string(), onBehalfOf: z.string().nullable(), words: z.string().nullable(),
}); // prettier-ignore
export type ParAnswerDto = z.infer<typeof parAnswerDto>;

/** The running clock of a unit at the scene. result: the state, or answered-late when an answer came after the miss, which stays. */
export const parDto = z.object({
  state: z.enum(PAR_STATES), result: z.enum([...PAR_STATES, 'answered-late']), cycle: z.int(), intervalS: z.int(), nextAt: instant.nullable(),
  asked: z.int(), asks: z.int(), answerS: z.int(), askedAt: instant.nullable(), missedAt: instant.nullable(), accountedAt: instant,
  holdReason: z.string().nullable(), waitingFor: z.string(), lastAnswer: parAnswerDto.nullable(),
}); // prettier-ignore
export type ParDto = z.infer<typeof parDto>;

/** The people of one assignment. `id` is the assignment's. open: the unit is out, or somebody of it is not accounted for. */
export const rollDto = z.object({
  id, assignmentId: id, incidentId: id, teamId: id, unitCode: z.string(), teamName: z.string(), people: z.array(rollPersonDto),
  counts: rollCounts, unnamed: z.int(), headsTold: z.int().nullable(), checkedAt: instant.nullable(), checkedStage: z.enum(STAGES).nullable(),
  open: z.boolean(), par: parDto.nullable(), version,
}); // prettier-ignore
export type RollDto = z.infer<typeof rollDto>;
export const rollPage = page(rollDto);
export const rollsQuery = z.object({
  incidentId: id.optional(),
  teamId: id.optional(),
  open: flag.optional(),
  ...pageQuery,
});
export type RollsQuery = z.infer<typeof rollsQuery>;

/** Who says it for the unit: the desk names how the words came and what they were; the unit's own people need neither. */
const voice = { channel: z.enum(SAID_BY).optional(), words: text.optional() };

/**
 * A check by name. People who are not named stay as they are. outcome: where somebody who left went; required for `left`. add: people who
 * were not on the roll, present at this stage.
 */
export const checkIn = z.object({
  stage: z.enum(STAGES),
  people: z.array(z.object({
    personId: id, mark: z.enum(MARKS), outcome: z.enum(LEFT_OUTCOMES).optional(), words: text.optional(),
  })).max(MOST_PEOPLE).default([]),
  add: z.array(z.object({ id: id.optional(), memberId: id.optional(), name: shortText.optional(), phone: phone.optional() })).max(50).default([]),
  ...voice, ...factTimes,
}).refine((said) => said.people.length + said.add.length > 0, { path: ['people'] }); // prettier-ignore
export type CheckIn = z.infer<typeof checkIn>;

/** What became of people who are not accounted for, each in words. unnamed: what became of those without a name. */
export const settlePeople = z.object({
  people: z.array(z.object({ personId: id, outcome: z.enum(OUTCOMES), words: requiredText })).max(MOST_PEOPLE).default([]),
  unnamed: z.object({ words: requiredText }).optional(), ...factTimes,
}).refine((said) => said.people.length > 0 || said.unnamed !== undefined, { path: ['people'] }); // prettier-ignore
export type SettlePeople = z.infer<typeof settlePeople>;

/** present: everybody who is there, by id; whoever is expected and not named is absent. unnamedPresent: all unless said. */
export const answerPar = z.object({
  present: z.array(id).max(MOST_PEOPLE), unnamedPresent: z.int().min(0).max(2000).optional(), ...voice, ...factTimes,
}); // prettier-ignore
export type AnswerParBody = z.infer<typeof answerPar>;
/** By the link of a message; the words are those of whose link it is. */
export const linkedParAnswer = answerPar.omit({ channel: true });
export type LinkedParAnswer = z.infer<typeof linkedParAnswer>;
/** roll: null while nobody is to be counted. Its people come without telephone numbers. */
export const linkedCheckDto = z.object({ roll: rollDto.nullable() });
export type LinkedCheckDto = z.infer<typeof linkedCheckDto>;
/** A known silence with an end: under water, in a shaft. */
export const holdPar = z.object({ untilAt: instant, reason: requiredText, ...factTimes });
export type HoldPar = z.infer<typeof holdPar>;
export const setPar = z.object({ intervalMin: z.int().min(1).max(1440), reason: requiredText });
export type SetPar = z.infer<typeof setPar>;
/** own: set for this incident; otherwise the common default. */
export const parSettingDto = z.object({
  incidentId: id, intervalS: z.int(), own: z.boolean(), reason: z.string().nullable(), setBy: z.string().nullable(), setAt: instant.nullable(),
}); // prettier-ignore
export type ParSettingDto = z.infer<typeof parSettingDto>;

export const ROLL_FACTS = [
  'listed', 'step', 'check-in', 'settled', 'par-asked', 'par-missed', 'par-answered', 'par-held',
] as const; // prettier-ignore
/** One thing that was said or that the clock did. late: it was given after the unit had counted as missed. */
export const rollFactDto = z.object({
  id, kind: z.enum(ROLL_FACTS), stage: z.string().nullable(), cycle: z.int().nullable(), heads: z.int().nullable(), late: z.boolean(),
  entries: z.array(z.object({ personId: id, name: z.string(), state: personState, outcome: z.string().nullable(), words: z.string().nullable() })),
  byName: z.string(), onBehalfOf: z.string().nullable(), channel: z.string().nullable(), words: z.string().nullable(),
  occurredAt: instant, receivedAt: instant,
}); // prettier-ignore
export type RollFactDto = z.infer<typeof rollFactDto>;
export const rollFactPage = page(rollFactDto);
export const factsQuery = z.object(pageQuery);
export type FactsQuery = z.infer<typeof factsQuery>;
