import { describe, expect, it } from '@jest/globals';
import { INCIDENT_STATUSES } from '../incidents.dto.js';
import { MOST_NOTES, NOTE_BACK_DAYS, recordNote } from './note.dto.js';
import * as rules from './note.rules.js';

const codeOf = (body: () => unknown): unknown => {
  try {
    body();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return null;
};
const reportedAt = new Date('2026-07-21T03:00:00Z');
const now = new Date('2026-07-21T05:00:00Z');

describe('a note of what was said', () => {
  it.each(INCIDENT_STATUSES)('is taken while the incident is %s, unless it went into another', (status) => {
    const of = { count: 0, mergedIntoNumber: '331082-2026-0001' };
    expect(codeOf(() => rules.mustTake({ status }, { ...of, correcting: false }))).toBe(status === 'merged' ? 'note.incident-merged' : null); // prettier-ignore
    expect(codeOf(() => rules.mustTake({ status }, { ...of, correcting: true }))).toBeNull();
  });

  it('has a limit, which corrections keep too', () => {
    for (const correcting of [false, true]) {
      const take = (count: number) => codeOf(() => rules.mustTake({ status: 'verified' }, { correcting, count, mergedIntoNumber: null })); // prettier-ignore
      expect([take(MOST_NOTES - 1), take(MOST_NOTES)]).toEqual([null, 'note.too-many']);
    }
  });

  it('is read by desks, and not by the teams and stores that the incident was shown to', () => {
    expect(rules.deskKeys(['/330000/', '/330000/331000/', 'team:a', 'warehouse:b', 'user:c', 'down:/330000/'])).toEqual(['/330000/', '/330000/331000/']); // prettier-ignore
  });

  it('is corrected once, of its own incident; after that the correction is', () => {
    const note = { id: 'n', incidentId: 'i', serial: 3, occurredAt: reportedAt, correctedBySerial: null };
    const correct = (one: rules.KnownNote | undefined) => codeOf(() => rules.mustBeCorrectable(one, { incidentId: 'i', id: 'n' })); // prettier-ignore
    expect(correct(note)).toBeNull();
    expect(correct(undefined)).toBe('note.not-found');
    expect(correct({ ...note, incidentId: 'absorbed' })).toBe('note.not-found');
    expect(correct({ ...note, correctedBySerial: 5 })).toBe('note.corrected-already');
  });

  it('was said not in the future and not long before the report', () => {
    const say = (at?: string) => rules.saidAt(at, { reportedAt, now });
    expect(say()).toEqual(now);
    expect(say('2026-07-21T02:00:00Z')).toEqual(new Date('2026-07-21T02:00:00Z'));
    const corrected = { id: 'n', incidentId: 'i', serial: 3, occurredAt: reportedAt, correctedBySerial: null };
    expect(rules.saidAt(undefined, { reportedAt, corrected, now })).toEqual(reportedAt);
    const edge = reportedAt.getTime() - NOTE_BACK_DAYS * 86_400_000;
    expect(say(new Date(edge).toISOString())).toEqual(new Date(edge));
    expect(codeOf(() => say(new Date(edge - 1).toISOString()))).toBe('request.invalid');
    expect(codeOf(() => say('2026-07-21T05:05:01Z'))).toBe('request.invalid');
  });

  it('says who was at the other end, and why it corrects', () => {
    const at = (body: object) => recordNote.safeParse({ direction: 'in', words: '要船', ...body }).error?.issues.map(({ path }) => path.join('/')); // prettier-ignore
    expect(at({})).toEqual(['person']);
    expect(at({ organisation: '县应急局' })).toBeUndefined();
    expect(at({ direction: 'internal' })).toBeUndefined();
    const correctsId = '019c0000-0000-7000-8000-000000000001';
    expect(at({ phone: '0576-119', correctsId })).toEqual(['correctionReason']);
    expect(at({ phone: '0576-119', correctionReason: '听错' })).toEqual(['correctionReason']);
    expect(at({ phone: '0576-119', correctsId, correctionReason: '听错' })).toBeUndefined();
    expect(at({ phone: '0576-119', words: ' ' })).toEqual(['words']);
  });
});
