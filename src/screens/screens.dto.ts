import { z } from 'zod';
import { incidentKind, incidentStatus, severity } from '../incidents/incidents.dto.js';
import { speciality, unitState } from '../rescue-teams/rescue-teams.dto.js';
import { assignmentStatus } from '../dispatch/dispatch.dto.js';
import { id, instant, page, pageQuery, point, shortText, version } from '../shared/fields.dto.js';

/** How many screens one society may have at a time, and how long one may be lent, in days. */
export const SCREEN_LIMITS = { perSociety: 50, days: 366 };

export const screenDto = z.object({
  id, name: z.string(), societyId: id, societyName: z.string(), namesAllowed: z.boolean(), madeBy: z.string(), madeAt: instant,
  expiresAt: instant, lastSeenAt: instant.nullable(), revokedAt: instant.nullable(), version,
}); // prettier-ignore
export type ScreenDto = z.infer<typeof screenDto>;
export const screenPage = page(screenDto);
export const screensQuery = z.object(pageQuery);
export type ScreensQuery = z.infer<typeof screensQuery>;

export const makeScreen = z.object({
  id: id.optional(), name: shortText, societyId: id, namesAllowed: z.boolean().default(false),
  days: z.int().min(1).max(SCREEN_LIMITS.days).default(90),
}); // prettier-ignore
export type MakeScreen = z.infer<typeof makeScreen>;
/** The token is told once, to who made it; the same request again gets null, because nobody keeps it. */
export const madeScreen = z.object({ screen: screenDto, token: z.string().nullable() });
export type MadeScreen = z.infer<typeof madeScreen>;

const figure = z.int().min(0);
const level = z.strictObject({ open: figure, nobody: figure });
/** title only where names are allowed; `at` is rounded to about a kilometre where they are not. */
const screenIncident = z.strictObject({
  id, kind: incidentKind, severity, status: incidentStatus, place: z.string(), at: point, reportedAt: instant, teams: figure,
  nobody: z.boolean(), title: z.string().nullable(),
}); // prettier-ignore
const screenUnit = z.strictObject({
  id, teamId: id, team: z.string(), people: figure, state: unitState, at: point, positionAt: instant.nullable(),
  booking: z.strictObject({ incidentId: id, status: assignmentStatus, since: instant }).nullable(),
}); // prettier-ignore
const cover = { severity, needed: figure, missing: figure, incidents: figure };
const shortage = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('people'), speciality, ...cover }),
  z.strictObject({ what: z.literal('goods'), itemId: id, name: z.string(), nameEn: z.string(), unit: z.string(), ...cover }),
]); // prettier-ignore
const screenEvent = z.strictObject({
  seq: z.int(), at: instant, kind: z.string(), incidentKind: incidentKind.nullable(), severity: severity.nullable(),
  place: z.string().nullable(), team: z.string().nullable(), number: z.string().nullable(), who: z.string().nullable(),
}); // prettier-ignore

/**
 * Everything that a screen may ever show, at one moment. Strict at each level: the server parses what it is about to say with this, so that
 * nothing leaves that is not named here.
 */
export const screenPicture = z.strictObject({
  seq: z.int(), at: instant, name: z.string(), society: z.string(), namesAllowed: z.boolean(),
  tally: z.strictObject({ I: level, II: level, III: level, IV: level }),
  lane: z.strictObject({ count: figure, oldestAt: instant.nullable(), ids: z.array(id) }),
  incidents: z.array(screenIncident), units: z.array(screenUnit),
  warehouses: z.array(z.strictObject({ id, name: z.string(), at: point })),
  places: z.array(z.strictObject({ name: z.string(), level: z.enum(['province', 'city', 'county', 'township', 'partner']), at: point })),
  shortages: z.array(shortage), events: z.array(screenEvent),
}); // prettier-ignore
export type ScreenPicture = z.infer<typeof screenPicture>;
export type ScreenIncident = ScreenPicture['incidents'][number];
export type ScreenUnit = ScreenPicture['units'][number];
export type Shortage = ScreenPicture['shortages'][number];
export type ScreenEvent = ScreenPicture['events'][number];
/** On every answer about the picture, also "nothing new": the server's moment and how fast its clock runs, as `<instant> <pace>`. */
export const CLOCK_HEADER = 'Chiyuan-Clock';
