import { z } from 'zod';
import {
  datum, day, factTimes, flag, headcount, id, instant, LIMITS, longText, page, pageQuery, people, phone, point, pointIn, priority,
  reason, requiredText, shortText, text, units, version,
} from '../shared/fields.dto.js'; // prettier-ignore
import { isPlace, near, speciality } from '../rescue-teams/rescue-teams.dto.js';

export const INCIDENT_KINDS = [
  'typhoon', 'flood', 'landslide', 'earthquake', 'snow', 'mountain-search', 'drowning', 'chemical', 'missing-person',
  'event-standby', 'other',
] as const; // prettier-ignore
export const incidentKind = z.enum(INCIDENT_KINDS);
/** Event grade, I (特别重大) is the gravest. Not a response level and not a warning colour. */
export const severity = z.enum(['I', 'II', 'III', 'IV']);
export const INCIDENT_STATUSES = [
  'reported', 'verified', 'responding', 'on-scene', 'stabilised', 'demobilising', 'closed', 'dismissed', 'merged',
] as const; // prettier-ignore
export const incidentStatus = z.enum(INCIDENT_STATUSES);
export type IncidentStatus = z.infer<typeof incidentStatus>;

export const reporter = z.object({
  name: shortText.optional(), phone: phone.optional(),
  source: z.enum(['110', '120', '119', 'emergency-bureau', 'public', 'team', 'society', 'other']).default('public'),
  reference: shortText.optional(),
}); // prettier-ignore
/** hidden: the asker belongs neither to the society of the place nor to the one that leads, nor to one above; then name and phone are left out. */
export const shownReporter = reporter.extend({ hidden: z.literal(true).optional() });

export const capabilityNeed = z.object({ speciality, headcount, priority, neededBy: instant.nullish() });
export const itemNeed = z.object({ itemId: id, units, priority, neededBy: instant.nullish() });
const stored = { id, neededBy: instant.nullable() };
export const needsDto = z.object({
  capabilities: z.array(capabilityNeed.extend(stored)), items: z.array(itemNeed.extend(stored)),
}); // prettier-ignore
export type NeedsDto = z.infer<typeof needsDto>;

export const reportIncident = z.object({
  id: id.optional(), kind: incidentKind, severity: severity.default('IV'), location: pointIn, placeText: requiredText,
  title: shortText.optional(), reporter: reporter.prefault({}), whatHappened: longText.default(''),
  peopleAffected: people.nullish(), societyId: id.optional(), exercise: z.boolean().default(false), ...factTimes,
}); // prettier-ignore
export type ReportIncident = z.infer<typeof reportIncident>;

/** People and damage as reported; statistical names of the disaster reporting system. */
export const figures = z.object({
  affected: people, moved: people, movedCollective: people, movedDispersed: people, dead: people, missing: people, injured: people,
  roomsCollapsed: people, roomsDamaged: people, needingAid: people, economicLossYuan: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
}).partial(); // prettier-ignore
export type Figures = z.infer<typeof figures>;

/** When situation reports came in: the first of any kind, the first in writing, the newest. */
export const reportingDto = z.object({
  anyAt: instant.nullable(),
  writtenAt: instant.nullable(),
  lastAt: instant.nullable(),
});

export const incidentDto = z.object({
  id, number: z.string(), kind: incidentKind, severity, status: incidentStatus, title: z.string(), whatHappened: z.string(),
  location: point, rawLocation: point.extend({ datum }), placeText: z.string(), societyId: id, leadSocietyId: id, reporter: shownReporter,
  peopleAffected: z.int().nullable(), exercise: z.boolean(), commander: z.string().nullable(), needs: needsDto, figures,
  figuresAsOf: instant.nullable(), reporting: reportingDto, levelProposals: z.array(reason), mergedIntoId: id.nullable(), absorbedIds: z.array(id),
  statusReason: z.string().nullable(),
  occurredAt: instant, reportedAt: instant, verifiedAt: instant.nullable(), respondingAt: instant.nullable(),
  onSceneAt: instant.nullable(), stabilisedAt: instant.nullable(), demobilisingAt: instant.nullable(), closedAt: instant.nullable(),
  statusSince: instant, version,
}); // prettier-ignore
export type IncidentDto = z.infer<typeof incidentDto>;

/** Every step names the version it saw, so two officers cannot step over each other. */
export const incidentStep = z.object({ version, reason: text.optional(), ...factTimes });
export type IncidentStep = z.infer<typeof incidentStep>;
export const mergeIncident = incidentStep.extend({ intoId: id });
export type MergeIncident = z.infer<typeof mergeIncident>;
/** The society that leads from now on; `commander` names the person in command at the scene, if that is known. */
export const takeLead = z.object({ version, societyId: id, reason: requiredText, commander: shortText.optional() });
export type TakeLead = z.infer<typeof takeLead>;

export const setNeeds = z.object({
  version, capabilities: z.array(capabilityNeed).max(LIMITS.list).default([]), items: z.array(itemNeed).max(LIMITS.list).default([]),
}); // prettier-ignore
export type SetNeeds = z.infer<typeof setNeeds>;

/** Asks for a first estimate of needs; nothing is stored unless it is taken over (`keep`). Rules are in incidents/needs-estimate.rules.ts, sources in the README. */
export const estimateNeeds = z.object({
  affected: people.optional(), sheltered: people, days: z.int().min(1).max(30).default(3), on: day.optional(),
  /** People in a household, where lists exist; left out, the average of the province. */
  householdSize: z.number().min(1).max(12).optional(),
  /** What is there already, and what the government brings: asked for once, not twice. */
  supplied: z.array(z.object({ itemCode: shortText, units: z.int().min(0).max(100_000_000), by: z.enum(['present', 'government']) })).max(200).optional(),
  /** Taken over as needs: kept, to be compared with what was used in the end. */
  keep: z.boolean().optional(),
}).refine(({ affected, sheltered }) => affected === undefined || sheltered <= affected, { path: ['sheltered'] }); // prettier-ignore
export type EstimateNeeds = z.infer<typeof estimateNeeds>;
/** valuePct: per cent of the rule's own figure; version 0: the rule itself, of no society. */
export const factorInForce = z.object({ valuePct: z.int(), version: z.int(), societyId: id.nullable() });
/** grossMid: the middle before what is there already was taken off. */
export const estimatedItem = z.object({
  itemCode: z.string(), low: z.int(), mid: z.int(), high: z.int(), grossMid: z.int(), priority, factor: factorInForce, rule: reason,
}); // prettier-ignore
/** keptId: of the estimate, where it was taken over. */
export const needsEstimate = z.object({ items: z.array(estimatedItem), keptId: id.nullable() });
export type NeedsEstimate = z.infer<typeof needsEstimate>;
/** An estimate that was taken over, with the factors of that time. */
export const keptEstimate = z.object({
  id, incidentId: id, serial: z.int(), sheltered: people, days: z.int(), on: day, householdSize: z.number().nullable(),
  items: z.array(estimatedItem), takenBy: z.string(), takenAt: instant,
}); // prettier-ignore
export type KeptEstimate = z.infer<typeof keptEstimate>;

export const reportChannel = z.enum(['phone', 'written']);
export const situationStage = z.enum(['first', 'follow-up', 'verified']);
export const reportSituation = z.object({
  id: id.optional(), stage: situationStage, channel: reportChannel.default('written'), asOf: instant, figures, note: longText.default(''),
  correctionReason: requiredText.optional(), ...factTimes,
}); // prettier-ignore
export type ReportSituation = z.infer<typeof reportSituation>;
export const situationReportDto = z.object({
  id, incidentId: id, serial: z.int(), stage: situationStage, channel: reportChannel, asOf: instant, figures, note: z.string(),
  correctionReason: z.string().nullable(), reportedBy: z.string(), receivedAt: instant, effectiveFigures: figures,
  levelProposals: z.array(reason), version,
}); // prettier-ignore
export type SituationReportDto = z.infer<typeof situationReportDto>;

const isBox = ([west, south, east, north]: number[]) =>
  isPlace(west!, south!) && isPlace(east!, north!) && west! <= east! && south! <= north!;

/** `status` is a comma list; `bbox` is west,south,east,north; `near` is lon,lat and takes `withinM`. All WGS 84. */
export const incidentsQuery = z.object({
  status: z.string().max(200).refine((text) => text.split(',').every((one) => incidentStatus.safeParse(one).success)).optional(),
  kind: incidentKind.optional(), societyId: id.optional(), exercise: flag.optional(),
  bbox: z.string().regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/).refine((text) => isBox(text.split(',').map(Number))).optional(),
  near: near.optional(), withinM: z.coerce.number().int().min(1).max(500_000).default(3000), ...pageQuery,
}); // prettier-ignore
export type IncidentsQuery = z.infer<typeof incidentsQuery>;
export const incidentPage = page(incidentDto);
export const timelineEntry = z.object({
  seq: z.int(), kind: z.string(), subject: z.string(), subjectId: id, at: instant, occurredAt: instant, actorName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
}); // prettier-ignore
export const timelinePage = page(timelineEntry);
export const situationReportPage = page(situationReportDto);
export const timelineQuery = z.object(pageQuery);
export type TimelineQuery = z.infer<typeof timelineQuery>;
export type TimelineEntry = z.infer<typeof timelineEntry>;
