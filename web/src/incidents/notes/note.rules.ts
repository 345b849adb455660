import type { FirstCallDto, NoteDto, RecordNote } from '../../../../src/incidents/notes/note.dto.js';
import { deskInstant } from '../../i18n/desk-time.rules.js';

export type NoteDraft = {
  direction: NoteDto['direction'];
  channel: NoteDto['channel'];
  person: string;
  organisation: string;
  phone: string;
  /** On the desk's clock; empty means now, of a correction the moment of what it corrects. */
  at: string;
  words: string;
  answersId: string;
  answers: string;
  correctsId: string;
  corrects: string;
  reason: string;
};
export const EMPTY_NOTE: NoteDraft = {
  direction: 'in', channel: 'phone', person: '', organisation: '', phone: '', at: '', words: '', answersId: '', answers: '', correctsId: '',
  corrects: '', reason: '',
}; // prettier-ignore

/** A call is a call, whichever way; anything else was received or sent. */
export const wayKey = ({ direction, channel }: Pick<NoteDto, 'direction' | 'channel'>): string =>
  channel === 'phone' && direction !== 'internal' ? `note-way.${direction}-call` : `note-way.${direction}`;

export type Lack = 'words' | 'other-end' | 'reason';
/** What is still missing before it can be written down. */
export function lacksOf(draft: NoteDraft): Lack[] {
  const end = [draft.person, draft.organisation, draft.phone].some((text) => text.trim() !== '');
  const lacks: [Lack, boolean][] = [
    ['other-end', draft.direction !== 'internal' && !end],
    ['words', draft.words.trim() === ''],
    ['reason', draft.correctsId !== '' && draft.reason.trim() === ''],
  ];
  return lacks.filter(([, missing]) => missing).map(([lack]) => lack);
}

/** The note as the server takes it: what is empty is left out. */
export function noteOf(draft: NoteDraft): RecordNote {
  const { direction, channel, answersId, correctsId } = draft;
  const said = direction === 'internal' ? {} : { person: draft.person.trim(), organisation: draft.organisation.trim(), phone: draft.phone.trim() }; // prettier-ignore
  const occurredAt = draft.at === '' ? null : deskInstant(draft.at);
  const optional = { ...said, answersId, correctsId, correctionReason: correctsId ? draft.reason.trim() : '', occurredAt: occurredAt ?? '' }; // prettier-ignore
  const filled = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== ''));
  return { direction, channel, words: draft.words.trim(), ...filled };
}

/** Who was at the other end, as far as it is known. */
const otherEnd = ({ person, organisation, phone }: NoteDto) => ({
  person: person ?? '', organisation: organisation ?? '', phone: phone ?? '',
}); // prettier-ignore

/** The form for the answer to a note: back to whoever it was, the other way. */
export const answerTo = (note: NoteDto, label: string): NoteDraft => ({
  ...EMPTY_NOTE, ...otherEnd(note), direction: note.direction === 'in' ? 'out' : 'in', channel: note.channel, answersId: note.id, answers: label,
}); // prettier-ignore

/** The form for the note that stands in for one: everything as it was, to be put right. */
export const correctionOf = (note: NoteDto, of: { label: string; answers: string }): NoteDraft => ({
  ...EMPTY_NOTE, ...otherEnd(note), direction: note.direction, channel: note.channel, words: note.words,
  answersId: note.answers?.id ?? '', answers: of.answers, correctsId: note.id, corrects: of.label,
}); // prettier-ignore

/** Written down later than a minute after it was said. */
const LATE_MS = 60_000;
export const enteredLate = ({ occurredAt, receivedAt }: Pick<NoteDto, 'occurredAt' | 'receivedAt'>): boolean =>
  Date.parse(receivedAt) - Date.parse(occurredAt) > LATE_MS;

export type LogEntry = { at: string; key: string; note?: NoteDto; first?: FirstCallDto };
/** A page of notes; `above`: the moment of the last note of the page before, `last`: nothing is older. */
export type LogPage = { items: NoteDto[]; firstCalls: FirstCallDto[]; above: string | null; last: boolean };
/** The notes of a page with the reports that fall among them, the newest first. Each report is on one page only. */
export function logOf({ items, firstCalls, above, last }: LogPage): LogEntry[] {
  const below = last ? '' : (items.at(-1)?.occurredAt ?? '');
  const ours = firstCalls.filter(({ reportedAt: at }) => (above === null || at <= above) && at > below);
  return [
    ...items.map((note) => ({ at: note.occurredAt, key: note.id, note })),
    ...ours.map((first) => ({ at: first.reportedAt, key: first.incidentId, first })),
  ].sort((a, b) => b.at.localeCompare(a.at));
}

const SHOWN_LENGTH = 60;
/** A note in a line of the log: its number, which way, and how it begins. */
export function noteLine(
  data: Record<string, unknown>,
  t: (key: string, params?: Record<string, string>) => string,
): string {
  const { direction, channel, words, serial } = data as Pick<NoteDto, 'direction' | 'channel' | 'words' | 'serial'>;
  const begins = words.length > SHOWN_LENGTH ? `${words.slice(0, SHOWN_LENGTH)}…` : words;
  return t('log.note', { serial: String(serial), way: t(wayKey({ direction, channel })), words: begins });
}
