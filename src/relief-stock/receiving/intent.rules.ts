import type { ProblemParams } from '../../shared/problem.js';

/** What goods of a fund may be used for: only there, only for that kind of incident or that one, until a day. Null: no such limit. */
export interface Intent {
  societyPath: string | null;
  incidentKind: string | null;
  incidentId: string | null;
  untilOn: string | null;
}

/** An intent with the fund that it is of, and what people call its place and its incident. */
export interface FundIntent extends Intent {
  fund: string;
  fundName: string;
  society: string | null;
  incident: string | null;
}

/**
 * What goods are asked for: the society whose people they serve, and the incident, if it is for one. moves: goods of a fund that was named
 * only change their place, and stay what they are.
 */
export interface Purpose {
  societyPath: string;
  incidentKind: string | null;
  incidentId: string | null;
  moves?: boolean;
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
  if (purpose.moves) return isOnTheWay(societyPath, purpose.societyPath) ? 'meant' : 'against';
  const there = societyPath === null || purpose.societyPath.startsWith(societyPath);
  const kind = incidentKind === null || purpose.incidentKind === incidentKind;
  const incident = incidentId === null || purpose.incidentId === incidentId;
  return there && kind && incident ? 'meant' : 'against';
}

/** Whether a move brings goods to where they are meant for, or stays above it: from there they can still be sent down. */
const isOnTheWay = (meant: string | null, to: string): boolean =>
  meant === null || to.startsWith(meant) || meant.startsWith(to);

/** What a refusal says about a fund: its code and name, and each limit of its use; `—` where there is none. */
export const limitsOf = (intent: FundIntent): ProblemParams => ({
  fund: intent.fund, fundName: intent.fundName, allowedPlace: intent.society ?? '—', allowedKind: intent.incidentKind ?? '—',
  allowedIncident: intent.incident ?? '—', allowedUntil: intent.untilOn ?? '—',
}); // prettier-ignore

/** The purpose of goods that are sent to an incident. */
export const purposeOf = (incident: { id: string; kind: string; societyPath: string }): Purpose => ({
  societyPath: incident.societyPath, incidentKind: incident.kind, incidentId: incident.id,
}); // prettier-ignore
