import type { LiveChange, SnapshotDto, Subject } from './live.dto.js';
import { SUBJECT_LISTS } from './live.dto.js';
import { isDone, isPaper, paperRow } from './papers.rules.js';

type Row = { id: string; version: number } & Record<string, unknown>;
/** The console's picture: rows by subject and id. Shared by the web client and by the tests that prove it equals a snapshot. */
export type Picture = { seq: number; rows: Record<Subject, Map<string, Row>> };

const SUBJECTS = Object.keys(SUBJECT_LISTS) as Subject[];
const ENDED_INCIDENT = new Set(['closed', 'dismissed', 'merged']);
const ENDED_SUPPLY = new Set(['closed', 'cancelled']);
const WAITING_REPLY = new Set(['to-read', 'late']);
const ENDED_SUGGESTION = new Set(['accepted', 'rejected', 'superseded', 'failed']);

/** Whether a row is kept off the console: the snapshot leaves such rows out, and a change to one removes it. */
export function leaves(subject: Subject, row: Record<string, unknown>): boolean {
  if (subject === 'incident') return ENDED_INCIDENT.has(row.status as string);
  if (subject === 'assignment') return row.active !== true;
  if (subject === 'roll') return row.open !== true;
  if (subject === 'help-call') return row.state === 'ended';
  if (subject === 'supply-order') return ENDED_SUPPLY.has(row.status as string);
  if (subject === 'alert') return row.doneReason !== null;
  if (subject === 'reply') return !WAITING_REPLY.has(row.state as string);
  if (subject === 'chain-fault') return row.closedAt !== null;
  if (subject === 'suggestion') return ENDED_SUGGESTION.has(row.status as string);
  if (subject === 'paper') return isDone(row);
  if (subject === 'response') return row.endedAt !== null;
  if (subject === 'task') return row.endedAt !== null;
  if (subject === 'alarm') return row.clearedAt !== null;
  if (subject === 'duty-notice') return row.closedAt !== null;
  if (subject === 'map-layer') return row.removedAt !== null;
  return false;
}

export function pictureOf(snapshot: SnapshotDto): Picture {
  const rows = {} as Picture['rows'];
  for (const subject of SUBJECTS) {
    rows[subject] = new Map((snapshot[SUBJECT_LISTS[subject]] as Row[]).map((row) => [row.id, row]));
  }
  return { seq: snapshot.seq, rows };
}

/** Applies one change in place; answers whether the picture differs afterwards. Old and repeated changes do nothing. */
export function applyChange(picture: Picture, change: LiveChange): boolean {
  if (change.seq <= picture.seq) return false;
  picture.seq = change.seq;
  const subject = listOf(change.subject);
  const rows = picture.rows[subject];
  if (!rows) return false;
  const held = rows.get(change.subjectId);
  if (held && held.version >= change.version) return false;
  const row = isPaper(change.subject) ? paperRow(change.subject, change.data, change.version) : (change.data as Row);
  if (leaves(subject, row)) return rows.delete(change.subjectId);
  rows.set(change.subjectId, row);
  return true;
}

/** The list that a change belongs to: papers of every kind lie in one. */
export const listOf = (subject: string): Subject => (isPaper(subject) ? 'paper' : (subject as Subject));
