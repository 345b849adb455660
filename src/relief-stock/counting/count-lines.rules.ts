import type { CountLineDto, CountStatus } from './count.dto.js';
import type { LineChange, LineRow } from './count-line.store.js';
import { type Entry, figuresOf, judge, varianceOf } from './count.rules.js';

/** A line with what its counts and the ledger of now say together. */
export interface JudgedLine extends LineRow {
  entry: Entry | null;
  counterIds: string[];
  bookUnits: number | null;
  varianceUnits: number | null;
}

/** Judges lines anew. Posted and dropped ones stay as they ended; an explained one waits again when its count no longer settles it. */
export function judgeLines(lines: readonly LineRow[], entries: readonly Entry[]): JudgedLine[] {
  const byLine = new Map<string, Entry[]>();
  for (const entry of entries) byLine.set(entry.lineId, [...(byLine.get(entry.lineId) ?? []), entry]);
  return lines.map((line) => judgeLine(line, byLine.get(line.id) ?? []));
}

function judgeLine(line: LineRow, own: readonly Entry[]): JudgedLine {
  const counterIds = [...new Set(own.map(({ counterId }) => counterId))];
  if (line.state === 'posted' || line.state === 'dropped') {
    const entry = own.find(({ id }) => id === line.entryId) ?? null;
    const varianceUnits = line.postedUnits;
    const bookUnits = entry && varianceUnits !== null ? entry.units - varianceUnits : null;
    return { ...line, entry, counterIds, bookUnits, varianceUnits };
  }
  const { state, entry, recountReason } = judge(own, line);
  const explained = state === 'counted' && line.state === 'explained';
  const bookUnits = entry?.bookUnits ?? null;
  const varianceUnits = entry ? varianceOf(entry) : null;
  return {
    ...line,
    state: explained ? 'explained' : state,
    recountReason,
    entry,
    counterIds,
    bookUnits,
    varianceUnits,
  };
}

/** Whether the figures of a count are kept from people: a blind count that is still being counted. */
export const isBlind = ({ blind, status }: { blind: boolean; status: CountStatus }): boolean =>
  blind && status === 'open';

export function toLineDto(line: JudgedLine, count: { blind: boolean; status: CountStatus }): CountLineDto {
  const { cellId: _cell, priceFen, recountFrom: _from, seenBookUnits, approvedUnits: _approved, entryId: _id, entry, ...told } = line;
  const shown = !isBlind(count) && entry !== null;
  return {
    ...told,
    countedUnits: entry?.units ?? null,
    countedAt: entry?.moment.toISOString() ?? null,
    countedBy: entry?.counterName ?? null,
    bookUnits: shown ? line.bookUnits : null,
    varianceUnits: shown ? line.varianceUnits : null,
    valueFen: shown && priceFen !== null && line.varianceUnits !== null ? line.varianceUnits * priceFen : null,
    bookChanged: shown ? seenBookUnits !== null && line.bookUnits !== seenBookUnits : null,
  };
} // prettier-ignore

/** What is written of a line after a step. */
export const toChange = (line: JudgedLine): LineChange => {
  const { id, state, recountReason, recountFrom, seenBookUnits, cause, note, approvedUnits, blocked, postedUnits, dropReason } = line;
  const entryId = line.entry?.id ?? null;
  return { id, state, recountReason, recountFrom, seenBookUnits, cause, note, approvedUnits, blocked, postedUnits, dropReason, entryId };
}; // prettier-ignore

/** The digest of what a count says now. */
export const digestOf = (lines: readonly JudgedLine[]): string => figuresOf(lines);
