import { Problem } from '../shared/problem.js';
import type { AcceptSuggestion, SuggestionDto } from './suggestions.dto.js';

export type SuggestionStatus = SuggestionDto['status'];
export type SuggestionStep = 'start' | 'improve' | 'propose' | 'fail' | 'requeue' | 'accept' | 'reject' | 'supersede';

/** The whole life of a suggestion. A pair that is not here does not happen. */
const STEPS: Readonly<Record<SuggestionStep, { from: readonly SuggestionStatus[]; to: SuggestionStatus }>> = {
  start: { from: ['queued'], to: 'solving' },
  improve: { from: ['solving'], to: 'solving' },
  propose: { from: ['solving'], to: 'proposed' },
  fail: { from: ['solving'], to: 'failed' },
  requeue: { from: ['solving'], to: 'queued' },
  accept: { from: ['proposed'], to: 'accepted' },
  reject: { from: ['proposed'], to: 'rejected' },
  supersede: { from: ['queued', 'solving', 'proposed'], to: 'superseded' },
};
export const OPEN_STATUSES: readonly SuggestionStatus[] = STEPS.supersede.from;

/** The status after a step, or null when the step does not exist from there. */
export function after(status: SuggestionStatus, step: SuggestionStep): SuggestionStatus | null {
  return STEPS[step].from.includes(status) ? STEPS[step].to : null;
}

/** What a decision is checked against: people decide on exactly what they saw. */
export interface Decidable {
  status: SuggestionStatus;
  version: number;
}

/** Refuses with 409 `suggestion.stale` unless the row is still the proposal that the officer saw. */
export function decide(row: Decidable, step: 'accept' | 'reject', version: number): SuggestionStatus {
  const status = after(row.status, step);
  if (status === null || row.version !== version) throw stale(row);
  return status;
}

export const stale = (row: Decidable) => new Problem('suggestion.stale', { status: row.status, version: row.version });

/**
 * Whether it makes sense to try the mission at all. An accepted suggestion passes for a request that names an idempotency key:
 * it may be the same request again, and then the mission command answers what it answered before.
 */
export function mayBeAccepted(row: Decidable, version: number, hasKey: boolean): boolean {
  if (row.status === 'accepted') return hasKey;
  return row.status === 'proposed' && row.version === version;
}

/** Refusals of the mission that mean "the facts moved on since the plan was made"; the officer is offered a fresh one. */
const FACTS_MOVED: readonly string[] = [
  'team.not-available',
  'team.not-ready',
  'team.headcount-exceeded',
  'stock.insufficient',
  'stock.lot-expired',
  'stock.lot-held',
];
export const meansFactsMoved = (problem: Problem): boolean => FACTS_MOVED.includes(problem.code);

/** The refusal of the mission, told as what it means for the suggestion. */
export const staleBecause = (cause: Problem) => new Problem('suggestion.stale', { ...cause.params, cause: cause.code });

/** The part of a mission order that a suggestion fills in. */
export interface MissionParts {
  assignments: { teamUnitId: string; headcount: number }[];
  supplies: { warehouseId: string; itemId: string; units: number }[];
}

/**
 * The chosen lines as an ordinary mission; without indexes, all of them. 400 `request.invalid` for an index that is not a line,
 * 422 `suggestion.nothing-chosen` when nothing would be sent.
 */
export function missionOf(
  lines: SuggestionDto['lines'],
  lineIndexes: AcceptSuggestion['lineIndexes'] = lines.map((_, index) => index),
): MissionParts {
  const mission: MissionParts = { assignments: [], supplies: [] };
  for (const index of new Set(lineIndexes)) {
    const line = lines[index];
    if (!line) throw notALine(lineIndexes.indexOf(index), lines.length);
    if (line.kind === 'team') mission.assignments.push({ teamUnitId: line.unitId, headcount: line.headcount });
    else mission.supplies.push({ warehouseId: line.warehouseId, itemId: line.itemId, units: line.units });
  }
  if (mission.assignments.length + mission.supplies.length === 0) throw new Problem('suggestion.nothing-chosen');
  return mission;
}

const notALine = (at: number, lines: number) =>
  new Problem(
    'request.invalid',
    {},
    { errors: [{ pointer: `/lineIndexes/${at}`, code: 'too_big', params: { maximum: lines - 1 } }] },
  );

/** Where an incident belongs and who leads it; plans are made for the lead unless somebody else asks. */
export interface IncidentPlace {
  societyPath: string;
  leadSocietyId: string;
  leadPath: string;
}

/** Whose means a plan may use: the society (with all below it), and what the societies above it hold themselves. */
export interface PlanningSociety {
  societyId: string;
  path: string;
}

/**
 * The society for which an officer asks: the lead if he acts there, else the widest of his own that covers the incident. So one above
 * the lead plans with his own subtree, and one below it with what he could send himself.
 */
export function askingSociety(held: readonly PlanningSociety[], incident: IncidentPlace): PlanningSociety {
  const lead: PlanningSociety = { societyId: incident.leadSocietyId, path: incident.leadPath };
  if (held.length === 0 || held.some(({ path }) => path === lead.path)) return lead;
  return held.toSorted((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1))[0]!;
}

/** Whether a plan for `societyPath` may use what `holderPath` holds. Higher societies lend what is their own, not other branches. */
export function isWithinReach(holderPath: string, societyPath: string): boolean {
  return holderPath.startsWith(societyPath) || societyPath.startsWith(holderPath);
}

const ENDED: ReadonlySet<string> = new Set(['closed', 'dismissed', 'merged']);
const LEAVING: ReadonlySet<string> = new Set(['demobilising', ...ENDED]);

/** Nothing can be planned for an incident that has ended; its open suggestions go with it. */
export const hasEnded = (incident: { status: string }): boolean => ENDED.has(incident.status);
/** The scheduler asks by itself until the scene is being cleared; people may ask as long as the incident is open. */
export const isPlannedFor = (incident: { status: string }): boolean => !LEAVING.has(incident.status);

/** What a refresh decides for one society, looking at its newest suggestion and at the facts of now. */
export type RefreshVerdict = 'leave' | 'ask' | 'retire';

export interface FactsOfNow {
  hash: string;
  /** Something is missing that is not promised yet, and the scene still takes help. */
  isAsking: boolean;
  /** A change rang, not only the clock. */
  hasMoved: boolean;
}

/**
 * One runs at a time: while it is queued or being solved nothing is asked, because the end of each solve looks again. Unchanged
 * facts (by hash) never make a second row, whatever became of the first; one that failed before its facts were known waits for a
 * change, so that what kills the solver is not fed to it every minute. A proposal made on other facts retires when nothing is asked.
 */
export function refreshVerdict(
  newest: { status: SuggestionStatus; inputHash: string | null } | undefined,
  facts: FactsOfNow,
): RefreshVerdict {
  if (newest?.status === 'queued' || newest?.status === 'solving') return 'leave';
  if (newest?.inputHash === facts.hash) return 'leave';
  if (newest?.status === 'failed' && newest.inputHash === null && !facts.hasMoved) return 'leave';
  if (facts.isAsking) return 'ask';
  return newest?.status === 'proposed' ? 'retire' : 'leave';
}

/** Order of asking: a plan that was asked for later speaks of newer facts and is not replaced by one asked for before it. */
export function askedLater(a: { requestedAt: Date; id: string }, b: { requestedAt: Date; id: string }): boolean {
  const apart = a.requestedAt.getTime() - b.requestedAt.getTime();
  return apart !== 0 ? apart > 0 : a.id > b.id;
}

/** Tries before a suggestion that never comes to an end (its process dies each time) is given up. */
export const MAX_ATTEMPTS = 3;
/** What the sweep does with one that has been solving for too long. */
export const afterInterruption = (attempts: number): 'requeue' | 'fail' =>
  attempts >= MAX_ATTEMPTS ? 'fail' : 'requeue';
