import { describe, expect, it } from '@jest/globals';
import type { PastBoardDto } from '../../src/live/past.dto.js';
import { PAST_LISTS } from '../../src/live/past.dto.js';
import { LiveStore } from '../../web/src/live/store.js';
import { addressOf, askedIn, moved, pictureOfPast } from '../../web/src/past/past.rules.js';

const AT = '2026-07-21T03:00:00.000Z';
const empty = { seq: 7, ...Object.fromEntries(Object.values(PAST_LISTS).map((list) => [list, []])) } as unknown as PastBoardDto; // prettier-ignore
const incident = { id: 'i', version: 3, status: 'verified' };
const storeOf = (board: PastBoardDto) => {
  const store = new LiveStore();
  store.show({ actor: { grants: [] } as never, picture: pictureOfPast(board, (subject) => new Map(subject === 'society' ? [['s', { id: 's', version: 1, name: '临海' }]] : [])) }); // prettier-ignore
  return store;
};

describe('a past moment in the address', () => {
  it('is an instant or a number of the record, and anything else is none', () => {
    for (const asked of [{ at: AT }, { seq: 12 }]) expect(askedIn(addressOf(asked).replace('past/', ''))).toEqual(asked); // prettier-ignore
    for (const text of ['', 's', 'soon', 's1e9', 's-1']) expect(askedIn(text)).toBeNull();
  });

  it('moves to and fro, never beyond now', () => {
    expect(moved(AT, -60_000, Date.parse(AT))).toBe('2026-07-21T02:59:00.000Z');
    expect(moved(AT, 60_000, Date.parse(AT) + 5000)).toBe('2026-07-21T03:00:05.000Z');
  });
});

describe('a past board', () => {
  it('is a picture like the live one: its own rows, and today’s names', () => {
    const then = storeOf({ ...empty, incidents: [incident] } as unknown as PastBoardDto);
    expect(then.row('incident', 'i')).toEqual(incident);
    expect(then.row('society', 's')?.name).toBe('临海');
    expect([then.seq, then.rows('assignment'), then.rows('stock-level')]).toEqual([7, [], []]);
    expect(storeOf(empty).rows('incident')).toEqual([]);
  });
});
