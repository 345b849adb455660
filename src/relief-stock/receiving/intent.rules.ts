/** What goods of a fund may be used for: only there, only for that kind of incident or that one, until a day. Null: no such limit. */
export interface Intent {
  societyPath: string | null;
  incidentKind: string | null;
  incidentId: string | null;
  untilOn: string | null;
}

/** What goods are asked for: the society whose people they serve, and the incident. */
export interface Purpose {
  societyPath: string;
  incidentKind: string;
  incidentId: string;
}

export type Fit = 'free' | 'meant' | 'against';

/**
 * Whether goods may be used on a day: `free` of any intent (or it has lapsed), `meant` for this, or `against` what the donor wants. Without a
 * purpose, goods that are meant for something are not for it.
 */
export function fitOf(intent: Intent | null | undefined, purpose: Purpose | undefined, on: string): Fit {
  if (!intent || (intent.untilOn !== null && intent.untilOn < on)) return 'free';
  const { societyPath, incidentKind, incidentId } = intent;
  if (societyPath === null && incidentKind === null && incidentId === null) return 'free';
  if (!purpose) return 'against';
  const there = societyPath === null || purpose.societyPath.startsWith(societyPath);
  const kind = incidentKind === null || purpose.incidentKind === incidentKind;
  const incident = incidentId === null || purpose.incidentId === incidentId;
  return there && kind && incident ? 'meant' : 'against';
}

/** The purpose of goods that are sent to an incident. */
export const purposeOf = (incident: { id: string; kind: string; societyPath: string }): Purpose => ({
  societyPath: incident.societyPath, incidentKind: incident.kind, incidentId: incident.id,
}); // prettier-ignore
