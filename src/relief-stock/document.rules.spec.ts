import { describe, expect, it } from '@jest/globals';
import { documentNumber, mustBeApart, type Signature } from './document.rules.js';
import { factTimesOf } from './fact-times.rules.js';

const signed = (role: string, userId: string): Signature => ({
  role, userId, name: userId, occurredAt: '2026-07-21T00:00:00.000Z', signedAt: '2026-07-21T00:00:00.000Z',
}); // prettier-ignore

describe('papers', () => {
  it('are numbered by society, kind and year', () => {
    expect(documentNumber('receipt', { adcode: '331000', year: '2026', serial: 7 })).toBe('331000-RK-2026-0007');
    expect(documentNumber('transfer', { adcode: '330000', year: '2026', serial: 12_345 })).toBe('330000-DB-2026-12345');
  });

  it('are signed once a role, by another person where roles must differ', () => {
    const before = [signed('counted-a', 'lin')];
    const ask = { apart: ['counted-a'] };
    expect(() => mustBeApart(before, { ...ask, role: 'counted-b', userId: 'chen' })).not.toThrow();
    expect(() => mustBeApart(before, { ...ask, role: 'counted-b', userId: 'lin' })).toThrow(
      expect.objectContaining({ code: 'duty.separation', status: 422 }),
    );
    expect(() => mustBeApart(before, { apart: [], role: 'counted-a', userId: 'chen' })).toThrow(
      expect.objectContaining({ code: 'document.signed-already' }),
    );
  });
});

describe('the times of a fact', () => {
  const now = new Date('2026-07-21T04:00:00Z');
  it.each([
    [undefined, null],
    ['2026-07-21T03:55:00Z', null],
    ['2026-07-21T04:05:00Z', null], // a clock that runs a little ahead is set back
    ['2026-07-21T04:05:01Z', 'stock.occurred-in-future'],
    ['2026-06-20T04:00:00Z', null],
    ['2026-06-20T03:59:59Z', 'stock.too-long-ago'],
  ])('%s → %s', (occurredAt, code) => {
    const told = () => factTimesOf({ occurredAt }, now);
    if (code) expect(told).toThrow(expect.objectContaining({ code }));
    else expect(told().occurredAt).toEqual(occurredAt && occurredAt < now.toISOString() ? new Date(occurredAt) : now);
  });
});
