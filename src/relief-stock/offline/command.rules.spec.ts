import { describe, expect, it } from '@jest/globals';
import { COMMAND_STATES } from './command.dto.js';
import { canBeResolved, fateOf, fingerprintOf, isStorable, proposalFor, timesOf, withoutBin } from './command.rules.js';

const NOW = new Date('2026-07-21T08:00:00Z');

describe('a command of a device', () => {
  const command = {
    kind: 'count-line' as const, occurredAt: '2026-07-21T07:00:00Z', recordedAt: '2026-07-21T07:00:01Z', clockOffsetMs: 60_000,
    body: { countId: 'c', lineId: 'l', units: 4, nested: { a: 1, b: [{ x: 1, y: 2 }] } },
  }; // prettier-ignore

  it('is the same whatever the order of its fields, and another with any other content', () => {
    const shuffled = { ...command, body: { nested: { b: [{ y: 2, x: 1 }], a: 1 }, units: 4, lineId: 'l', countId: 'c' } }; // prettier-ignore
    expect(fingerprintOf(shuffled)).toEqual(fingerprintOf(command));
    const others = [
      { ...command, body: { ...command.body, units: 5 } }, { ...command, occurredAt: '2026-07-21T07:00:02Z' }, { ...command, after: 'x' },
      { ...command, kind: 'receipt' as const }, { ...command, clockOffsetMs: 0 },
    ]; // prettier-ignore
    for (const other of others) expect(fingerprintOf(other)).not.toEqual(fingerprintOf(command));
  });

  it('can be kept unless it holds what the database cannot', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n += 1) deep = [deep];
    expect([command.body, undefined, null, { note: '雨\n😀' }].map((body) => isStorable(body))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    const bad = [deep, { note: 'a\u0000' }, { note: 'a\ud83d' }, { lines: [{ lotCode: '\udc00' }] }, { 'a\u0000': 1 }];
    expect(bad.map((body) => isStorable(body))).toEqual(bad.map(() => false));
  });

  it('has its times corrected by what the device knows of its clock', () => {
    expect(timesOf(command).occurredAt.toISOString()).toBe('2026-07-21T07:01:00.000Z');
  });

  it.each([
    [undefined, 'waits'],
    [{ state: 'received' as const, resolution: null }, 'waits'],
    [{ state: 'waiting' as const, resolution: null }, 'waits'],
    [{ state: 'rejected' as const, resolution: null }, 'waits'],
    [{ state: 'applied' as const, resolution: null }, 'runs'],
    [{ state: 'resolved' as const, resolution: 'corrected' as const }, 'runs'],
    [{ state: 'resolved' as const, resolution: 'dropped' as const }, 'refused'],
  ])('that builds on %j: %s', (before, fate) => expect(fateOf(before)).toBe(fate));

  it('can be settled while it is refused or waits', () => {
    expect(COMMAND_STATES.filter(canBeResolved)).toEqual(['waiting', 'rejected']);
  });

  it.each([
    ['stock.insufficient', { available: 3 }, { units: 5, itemId: 'i' }, { body: { units: 3, itemId: 'i' } }],
    ['stock.insufficient', { available: 0 }, { units: 5 }, null],
    ['stock.insufficient', { available: 3 }, { lines: [] }, null],
    ['stock.not-yet-there', { firstAt: '2026-07-20T00:00:00Z' }, {}, { occurredAt: '2026-07-20T00:00:00Z' }],
    ['stock.too-long-ago', { earliest: '2026-06-20T00:00:00Z' }, {}, { occurredAt: '2026-06-20T00:00:00Z' }],
    ['stock.occurred-in-future', {}, {}, { occurredAt: NOW.toISOString() }],
    ['access.denied', {}, {}, null],
  ])('refused with %s: proposes what would be taken', (code, params, body, expected) => {
    expect(proposalFor({ code, params }, { body }, NOW)).toEqual(expected);
  });

  it('puts goods of a bin that is not there into the default bin, and leaves other lines', () => {
    const body = { warehouseId: 'w', lines: [{ units: 1, binId: 'gone' }, { units: 2, binId: 'here' }, { units: 3 }] };
    expect(withoutBin(body, 'gone')).toEqual({ warehouseId: 'w', lines: [{ units: 1 }, { units: 2, binId: 'here' }, { units: 3 }] }); // prettier-ignore
  });
});
