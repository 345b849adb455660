import type { Tx } from '../database/index.js';
import { type RecordedActor, recordChange } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { ensure } from '../shared/problem.js';
import type { Ask } from './facts.rules.js';
import { after, type SuggestionStep } from './suggestion.rules.js';
import { insertSuggestion, saveSuggestion, type SuggestionRow, toSuggestionDto } from './suggestion.store.js';

const KINDS: Readonly<Record<SuggestionStep, string>> = {
  start: 'suggestion.started',
  improve: 'suggestion.improved',
  propose: 'suggestion.proposed',
  fail: 'suggestion.failed',
  requeue: 'suggestion.requeued',
  accept: 'suggestion.accepted',
  reject: 'suggestion.rejected',
  supersede: 'suggestion.superseded',
};

/** Moves a locked row one step and says so: the only way in which a suggestion changes. */
export async function takeStep(
  tx: Tx,
  row: SuggestionRow,
  step: SuggestionStep,
  how: { now: Date; actor: RecordedActor; having?: Partial<SuggestionRow> },
): Promise<SuggestionRow> {
  const status = after(row.status, step);
  ensure(status !== null, `G3 ${step} does not follow ${row.status}`);
  // A plan so far ends with the step after it, whatever that is.
  const moved = { ...row, progress: null, ...how.having, status, statusSince: how.now, version: row.version + 1 };
  await saveSuggestion(tx, moved);
  await record(tx, KINDS[step], moved, how.actor);
  return moved;
}

export interface NewSuggestion {
  id?: string;
  incident: { id: string; version: number; scope: string[] };
  societyId: string;
  ask: Ask;
  trigger: string;
  requestedBy: string | null;
  now: Date;
  actor: RecordedActor;
}

/** Puts a new suggestion in the queue. It is seen by whoever sees the incident. */
export async function queueSuggestion(tx: Tx, asked: NewSuggestion): Promise<SuggestionRow> {
  const { incident, societyId, ask, trigger, requestedBy, now } = asked;
  const row: SuggestionRow = {
    id: asked.id ?? newId(), incidentId: incident.id, societyId, status: 'queued', statusSince: now, trigger, requestedBy,
    incidentVersion: incident.version, ask, attempts: 0, inputHash: null, lines: [], unmet: [], excluded: [], excludedMore: 0, stages: [], bound: null,
    gap: null, solver: null, planStatus: null, fallback: null, failure: null, requestedAt: now, solvedAt: null, decidedAt: null,
    decidedBy: null, decisionReason: null, missionId: null, insight: null, travel: null, ways: {}, reserved: [], progress: null, scope: incident.scope, version: 1,
  }; // prettier-ignore
  await insertSuggestion(tx, row);
  await record(tx, 'suggestion.asked', row, asked.actor);
  return row;
}

async function record(tx: Tx, kind: string, row: SuggestionRow, actor: RecordedActor): Promise<void> {
  const { id, version, scope, incidentId } = row;
  await recordChange(tx, {
    kind, subject: 'suggestion', id, version, scope, data: toSuggestionDto(row), actor, incidentId, occurredAt: row.statusSince,
  }); // prettier-ignore
}
