import { z } from 'zod';
import { incidentKind } from '../../incidents/incidents.dto.js';
import { flag, id, instant, page, pageQuery, shortText, units, version } from '../../shared/fields.dto.js';

/** How much one advice looks at. Beyond it the least frequent scenarios, and stores at the end of their codes, are left out and counted. */
export const STRUCTURE_LIMITS = { scenarios: 60, items: 60, stores: 200, counties: 100, past: 20 };

const month = z.int().min(1).max(12);
/** How often a scenario comes in a year: 0.1 is once in ten years. */
const perYear = z.number().min(0.001).max(50);
/** People of a county who leave their homes. */
const county = z.object({ societyId: id, people: z.int().min(1).max(10_000_000) });

/** waterOnly: only drinking water is asked for. switchedOn: it counts. */
const content = {
  name: shortText, kind: incidentKind, month, perYear, source: shortText, counties: z.array(county).min(1).max(STRUCTURE_LIMITS.counties),
  waterOnly: z.boolean(), switchedOn: z.boolean(),
}; // prettier-ignore
export const scenarioDto = z.object({
  id,
  societyId: id,
  ...content,
  changedBy: z.string(),
  changedAt: instant,
  version,
});
export type ScenarioDto = z.infer<typeof scenarioDto>;
export const scenarioPage = page(scenarioDto);
export const scenariosQuery = z.object({ societyId: id });
export type ScenariosQuery = z.infer<typeof scenariosQuery>;
const usual = { waterOnly: z.boolean().default(false), switchedOn: z.boolean().default(true) };
export const addScenario = z.object({ id: id.optional(), societyId: id, ...content, ...usual });
export type AddScenario = z.infer<typeof addScenario>;
export const changeScenario = z.object({ version, ...content });
export type ChangeScenario = z.infer<typeof changeScenario>;

/**
 * withinH: hours within which goods should be there; tonneKm, moves: the most that may be driven and moved; fenPerTonneKm: what a
 * tonne-kilometre costs; keepMinimum: no store gives below its minimum.
 */
const ask = {
  withinH: z.int().min(1).max(72), tonneKm: z.int().min(1).max(1_000_000), moves: z.int().min(1).max(100),
  fenPerTonneKm: z.int().min(0).max(100_000), keepMinimum: z.boolean(),
}; // prettier-ignore
export const adviceAsk = z.object(ask);
export type AdviceAsk = z.infer<typeof adviceAsk>;
/**
 * The usual question. Ten hours: the goal of the national plan for disaster reduction 2021-2025 for basic relief. 60 fen a tonne-kilometre
 * is an assumption about lorries, to be replaced by one's own contract.
 */
export const USUAL_ASK: AdviceAsk = { withinH: 10, tonneKm: 10_000, moves: 30, fenPerTonneKm: 60, keepMinimum: true };
export const askAdvice = z.object({
  id: id.optional(), societyId: id, withinH: ask.withinH.default(USUAL_ASK.withinH), tonneKm: ask.tonneKm.default(USUAL_ASK.tonneKm),
  moves: ask.moves.default(USUAL_ASK.moves), fenPerTonneKm: ask.fenPerTonneKm.default(USUAL_ASK.fenPerTonneKm),
  keepMinimum: ask.keepMinimum.default(USUAL_ASK.keepMinimum),
}); // prettier-ignore
export type AskAdvice = z.infer<typeof askAdvice>;

export const ADVICE_STATUSES = ['queued', 'solving', 'ready', 'failed'] as const;
export const adviceStatus = z.enum(ADVICE_STATUSES);
export type AdviceStatus = z.infer<typeof adviceStatus>;
export const ADVICE_FAILURES = ['no-scenario', 'no-stock', 'took-too-long', 'interrupted', 'broke'] as const;

/** What became of a move: its transfer, as a draft for the desk. */
export const takenDto = z.object({
  move: z.int(),
  transferId: id,
  transferNumber: z.string(),
  by: z.string(),
  at: instant,
});
/** An advice without its answer, as lists and the record have it. */
export const adviceDto = z.object({
  id, societyId: id, status: adviceStatus, statusSince: instant, ask: adviceAsk, requestedBy: z.string(), requestedAt: instant,
  solvedAt: instant.nullable(), failure: z.string().nullable(), moves: z.int(), taken: z.array(takenDto), version,
}); // prettier-ignore
export type AdviceDto = z.infer<typeof adviceDto>;
export const advicePage = page(adviceDto);

/** Shares are 0 to 1 of the units asked for. expectedMin counts 72 hours for a unit that does not come. */
const figures = z.object({ worstMissing: z.number(), worstScenarioId: z.string(), expectedMin: z.number() });
/** One scenario over all items: shares in time, within 24 and 72 hours, each item counting as much as every other. */
const outcome = z.object({ inTime: z.number(), day: z.number(), threeDays: z.number(), latestMin: z.int().nullable() });
const lack = z.object({ itemId: id, units: z.int() });
/** Households that goods lying in the county serve for 72 hours, and the share of its worst scenario that is there in time. */
const cover = z.object({
  itemId: id,
  ownBefore: z.int(),
  ownAfter: z.int(),
  inTimeBefore: z.number(),
  inTimeAfter: z.number(),
});
/** aboveMaximum: the store would hold more than the maximum set for it. */
const move = z.object({
  fromId: id, toId: id, itemId: id, units: z.int(), packUnits: z.int(), roadKm: z.number(), tonneKm: z.number(), costFen: z.int(),
  aboveMaximum: z.boolean(), scenarioId: z.string(), latestWithoutMin: z.int().nullable(), latestMin: z.int().nullable(),
  meanWithoutMin: z.number(), meanMin: z.number(), savedPersonMin: z.int(),
}); // prettier-ignore
/**
 * scenarios: those looked at, with the past incidents among them; bound: what no placing of the same goods beats; late: items for which time
 * was up; left: what was beyond the limits.
 */
export const adviceResult = z.object({
  travel: z.string(), households: z.number(),
  scenarios: z.array(z.object({
    id: z.string(), name: z.string(), kind: incidentKind, past: z.boolean(), perYear: z.number(), source: z.string(), people: z.int(),
    counties: z.int(), before: outcome, after: outcome, lacking: z.array(lack),
  })),
  stores: z.array(z.object({ id, code: z.string(), name: z.string() })),
  items: z.array(z.object({
    itemId: id, before: figures, after: figures, bound: z.object({ worstMissing: z.number(), expectedMin: z.number() }).nullable(),
  })),
  counties: z.array(z.object({ societyId: id, name: z.string(), households: z.int(), scenarioId: z.string(), items: z.array(cover) })),
  moves: z.array(move), late: z.array(id), left: z.object({ scenarios: z.int(), stores: z.int(), items: z.int() }),
}); // prettier-ignore
export type AdviceResult = z.infer<typeof adviceResult>;
export const adviceDetailDto = adviceDto.extend({ result: adviceResult.nullable() });
export type AdviceDetailDto = z.infer<typeof adviceDetailDto>;

export const advicesQuery = z.object({ societyId: id.optional(), ready: flag.optional(), ...pageQuery });
export type AdvicesQuery = z.infer<typeof advicesQuery>;
/** move: its place in the list of moves; units: fewer than advised, where the desk wants that. */
export const takeMove = z.object({ version, move: z.int().min(0).max(99), units: units.optional() });
export type TakeMove = z.infer<typeof takeMove>;
