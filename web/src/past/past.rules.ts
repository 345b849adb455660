import type { PastBoardDto, PastSubject } from '../../../src/live/past.dto.js';
import { PAST_LISTS } from '../../../src/live/past.dto.js';
import type { Picture } from '../../../src/live/console.rules.js';
import { SUBJECT_LISTS, type Subject } from '../../../src/live/live.dto.js';

/** What the address names: a moment, a number of the record, or nothing yet. */
export type Asked = { at: string } | { seq: number } | null;
export function askedIn(part: string): Asked {
  const seq = /^s(\d{1,15})$/.exec(part)?.[1];
  if (seq !== undefined) return { seq: Number(seq) };
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(part) ? Date.parse(part) : NaN;
  return Number.isNaN(ms) ? null : { at: new Date(ms).toISOString() };
}
export const addressOf = (asked: NonNullable<Asked>): string => `past/${'seq' in asked ? `s${asked.seq}` : asked.at}`;

/** A moment earlier or later, never later than now. */
export const moved = (at: string, byMs: number, nowMs: number): string =>
  new Date(Math.min(Date.parse(at) + byMs, nowMs)).toISOString();

/** Things that carry only names and places; a past board takes them as they are today, and the page says so. */
export const NAMES: readonly Subject[] = ['society', 'warehouse', 'item'];

/** The picture of a past board, for the same rules that judge the live one. */
export function pictureOfPast(board: PastBoardDto, namesOf: (subject: Subject) => Picture['rows'][Subject]): Picture {
  const rows = Object.fromEntries(Object.keys(SUBJECT_LISTS).map((subject) => [subject, new Map()])) as unknown as Picture['rows']; // prettier-ignore
  for (const [subject, list] of Object.entries(PAST_LISTS) as [PastSubject, keyof PastBoardDto][])
    rows[subject] = new Map((board[list] as { id: string; version: number }[]).map((row) => [row.id, row]));
  for (const subject of NAMES) rows[subject] = namesOf(subject);
  return { seq: board.seq, rows };
}
