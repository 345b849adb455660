import { describe, expect, it } from '@jest/globals';
import { NOTE_DIRECTIONS, recordNote, type FirstCallDto, type NoteDto } from '../../src/incidents/notes/note.dto.js';
import { deskInstant, deskTime } from '../../web/src/i18n/desk-time.rules.js';
import {
  answerTo,
  correctionOf,
  EMPTY_NOTE,
  lacksOf,
  logOf,
  noteOf,
} from '../../web/src/incidents/notes/note.rules.js';

const ID = '019c0000-0000-7000-8000-000000000001';
const at = (minute: number) => new Date(Date.parse('2026-07-21T03:00:00Z') + minute * 60_000).toISOString();
const note = (serial: number, minute: number, more: Partial<NoteDto> = {}) =>
  ({
    id: `${ID.slice(0, -2)}${10 + serial}`, serial, occurredAt: at(minute), direction: 'in', channel: 'phone', person: '李局', organisation: '县应急局',
    phone: '0576-119', words: '要船', answers: null, ...more,
  }) as NoteDto; // prettier-ignore
const first = (number: string, minute: number) => ({ incidentId: number, incidentNumber: number, reportedAt: at(minute) }) as FirstCallDto; // prettier-ignore

describe('a note that is being written', () => {
  it('says what is missing, and is then what the server takes', () => {
    expect(lacksOf(EMPTY_NOTE)).toEqual(['other-end', 'words']);
    expect(lacksOf({ ...EMPTY_NOTE, direction: 'internal', words: '换班' })).toEqual([]);
    expect(lacksOf({ ...EMPTY_NOTE, phone: '119', words: '要船', correctsId: ID })).toEqual(['reason']);
    const body = noteOf({ ...EMPTY_NOTE, person: ' 李局 ', words: ' 要船 ', at: '2026-07-21T11:05' });
    expect(body).toEqual({ direction: 'in', channel: 'phone', person: '李局', words: '要船', occurredAt: '2026-07-21T03:05:00.000Z' }); // prettier-ignore
    for (const direction of NOTE_DIRECTIONS) {
      const draft = { ...EMPTY_NOTE, direction, phone: '0576-119', words: '要船' };
      expect(lacksOf(draft)).toEqual([]);
      expect(recordNote.safeParse(noteOf(draft)).success).toBe(true);
    }
  });

  it('answers the other way, to whoever it was, and corrects with everything as it was', () => {
    expect(answerTo(note(1, 0), '1')).toMatchObject({ direction: 'out', organisation: '县应急局', words: '', answersId: note(1, 0).id }); // prettier-ignore
    expect(answerTo(note(1, 0, { direction: 'out' }), '1').direction).toBe('in');
    const draft = correctionOf(note(1, 0), { label: '1', answers: '' });
    expect(draft).toMatchObject({ direction: 'in', words: '要船', correctsId: note(1, 0).id, at: '' });
    const body = noteOf({ ...draft, reason: '听错' });
    expect(body).toMatchObject({ correctionReason: '听错' });
    expect(recordNote.safeParse(body).success).toBe(true);
  });

  it('has its time on the desk’s clock', () => {
    expect(deskInstant(deskTime(Date.parse('2026-07-21T16:30:15Z'), true))).toBe('2026-07-21T16:30:15.000Z');
    expect([deskInstant(''), deskInstant('soon')]).toEqual([null, null]);
  });
});

describe('the log that is read', () => {
  const keys = (page: Parameters<typeof logOf>[0]) => logOf(page).map((entry) => entry.first?.incidentNumber ?? entry.note!.serial); // prettier-ignore
  const firstCalls = [first('A', 0), first('B', 25)];
  it('puts the reports among the notes, each on one page only', () => {
    const whole = { items: [note(3, 30), note(2, 20), note(1, 10)], firstCalls, above: null, last: true };
    expect(keys(whole)).toEqual([3, 'B', 2, 1, 'A']);
    expect(keys({ ...whole, items: whole.items.slice(0, 1), last: false })).toEqual([3]);
    expect(keys({ ...whole, items: whole.items.slice(1), above: at(30) })).toEqual(['B', 2, 1, 'A']);
    expect(keys({ ...whole, items: whole.items.slice(0, 2), last: false })).toEqual([3, 'B', 2]);
    expect(keys({ ...whole, items: whole.items.slice(2), above: at(20) })).toEqual([1, 'A']);
    expect(keys({ ...whole, items: [] })).toEqual(['B', 'A']);
  });
});
