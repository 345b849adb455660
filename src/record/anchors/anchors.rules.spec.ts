import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as rules from './anchors.rules.js';

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') };
};
const key = pair();
const hashOf = (seq: number) => createHash('sha256').update(String(seq)).digest('hex');
const line = (seq: number) => ({ seq, hash: hashOf(seq) });
const at = (text: string) => new Date(text);

/** Anchors of some moments, each five lines further. */
function anchorsAt(moments: string[], keys = moments.map(() => key)): rules.Anchor[] {
  const made: rules.Anchor[] = [];
  for (const [n, moment] of moments.entries()) {
    const { privateKey, publicKey } = keys[n]!;
    const facts = rules.nextAnchor(made.at(-1), line((n + 1) * 5), { now: at(moment), publicKey });
    if (facts) made.push(rules.signAnchor(facts, privateKey));
  }
  return made;
}
const faults = (anchors: rules.Anchor[], hash: (seq: number) => string | undefined = hashOf) =>
  anchors.map((anchor, n) => rules.anchorFault(anchors[n - 1] ?? null, anchor, hash(anchor.seq)));

describe('the day of an anchor', () => {
  it.each([
    ['2026-07-21T15:59:59.999Z', '2026-07-21'],
    ['2026-07-21T16:00:00.000Z', '2026-07-22'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2028-02-28T16:30:00.000Z', '2028-02-29'],
  ])('is that of China: %s is %s', (instant, day) => expect(rules.chinaDay(at(instant))).toBe(day));

  it('has one anchor, and a clock that was turned back makes none', () => {
    expect(rules.isDue(undefined, at('2026-07-21T15:00:00Z'))).toBe(true);
    const last = { day: '2026-07-21' };
    expect(['2026-07-19T20:00:00Z', '2026-07-21T15:59:59Z', '2026-07-21T16:00:00Z'].map((now) => rules.isDue(last, at(now)))).toEqual([
      false, false, true,
    ]);
  }); // prettier-ignore
});

describe('an anchor', () => {
  const anchors = anchorsAt([
    '2026-07-20T16:05:00Z',
    '2026-07-20T20:00:00Z',
    '2026-07-21T16:05:00Z',
    '2026-07-25T03:00:00Z',
  ]);

  it('follows the one before it, once a day, and says how many days have none', () => {
    expect(anchors.map(({ number, day, missedDays }) => [number, day, missedDays])).toEqual([
      [1, '2026-07-21', 0], [2, '2026-07-22', 0], [3, '2026-07-25', 2],
    ]); // prettier-ignore
    expect(anchors[0]!.previous).toBe(rules.FIRST_LINK);
    expect(anchors[2]!.previous).toBe(rules.linkOf(anchors[1]!));
    expect(faults(anchors)).toEqual([null, null, null]);
  });

  it('is a signature that anybody can check over a text that anybody can write', () => {
    const [first] = anchors as [rules.Anchor];
    const text = `chiyuan anchor v1\n1\n2026-07-21\n0\n5\n${hashOf(5)}\n2026-07-20T16:05:00.000Z\n${rules.FIRST_LINK}\n${key.publicKey}`;
    const publicKey = createPublicKey({ key: Buffer.from(key.publicKey, 'base64'), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(text), publicKey, Buffer.from(first.signature, 'base64'))).toBe(true);
    expect(rules.keyIdOf(key.publicKey)).toBe(
      createHash('sha256').update(publicKey.export({ format: 'der', type: 'spki' })).digest('hex').slice(0, 16),
    ); // prettier-ignore
  });

  it.each([
    ['number', 9],
    ['day', '2026-07-23'],
    ['missedDays', 1],
    ['seq', 11],
    ['hash', hashOf(6)],
    ['signedAt', at('2026-07-21T16:05:00.001Z')],
    ['previous', hashOf(1)],
    ['publicKey', pair().publicKey],
    ['publicKey', 'no key'],
    ['signature', 'AAAA'],
  ])('does not hold when its %s is changed', (field, value) => {
    const changed = anchors.map((anchor, n) => (n === 1 ? { ...anchor, [field]: value } : anchor));
    expect(faults(changed)[1]).toBe('signature');
  });

  it('does not hold when its line is gone, or is another', () => {
    expect(faults(anchors, (seq) => (seq <= 15 ? hashOf(seq) : undefined))).toEqual([null, null, 'gone']);
    expect(faults(anchors, (seq) => (seq <= 15 ? hashOf(seq) : hashOf(0)))).toEqual([null, null, 'line']);
  });

  it('does not hold when one before it was taken out, or made anew by who has the key', () => {
    expect(faults([anchors[0]!, anchors[2]!])).toEqual([null, 'order']);
    expect(faults(anchors.slice(1))[0]).toBe('order');
    const facts = { ...anchors[1]!, hash: hashOf(7) };
    const forged = [anchors[0]!, rules.signAnchor(facts, key.privateKey), anchors[2]!];
    expect(faults(forged, (seq) => (seq === 15 ? hashOf(15) : hashOf(seq)))).toEqual([null, 'line', 'link']);
  });

  it.each([
    ['lines that go back', { seq: 4, hash: hashOf(4) }],
    ['a day that is not that of its moment', { day: '2026-07-23', missedDays: 1 }],
    ['days that were missed and not said', { signedAt: at('2026-07-23T03:00:00Z'), day: '2026-07-23' }],
    ['the same day again', { signedAt: at('2026-07-21T03:00:00Z'), day: '2026-07-21', missedDays: -1 }],
  ])('does not hold with %s, though it is signed', (_, part) => {
    const second = rules.signAnchor({ ...anchors[1]!, ...part }, key.privateKey);
    expect(faults([anchors[0]!, second])).toEqual([null, 'order']);
  });

  it('keeps the key that it was signed with when another follows', () => {
    const other = pair();
    const turned = anchorsAt(['2026-07-20T16:05:00Z', '2026-07-21T16:05:00Z'], [key, other]);
    expect(turned.map(({ publicKey }) => publicKey)).toEqual([key.publicKey, other.publicKey]);
    expect(faults(turned)).toEqual([null, null]);
  });
});

describe('whether the anchor of the day is there', () => {
  const state = (last: string | null, now: string, firstLineAt: string | null = '2026-07-01T00:00:00Z') => {
    const found = rules.anchorState(last === null ? undefined : { day: last }, {
      now: at(now),
      firstLineAt: firstLineAt === null ? null : at(firstLineAt),
    });
    return [found.state, found.expectedBy?.toISOString().slice(0, 16) ?? null];
  };

  it.each([
    ['2026-07-21', '2026-07-21T10:00:00Z', 'made', '2026-07-21T16:10'],
    ['2026-07-21', '2026-07-21T16:05:00Z', 'awaited', '2026-07-21T16:10'],
    ['2026-07-21', '2026-07-21T16:30:00Z', 'awaited', '2026-07-21T16:10'],
    ['2026-07-21', '2026-07-21T16:30:01Z', 'late', '2026-07-21T16:10'],
    ['2026-07-19', '2026-07-21T20:00:00Z', 'late', '2026-07-21T16:10'],
  ])('newest of %s, at %s: %s, expected by %s', (last, now, ...expected) => expect(state(last, now)).toEqual(expected));

  it('begins with the first line of the record', () => {
    expect(state(null, '2026-07-21T10:00:00Z', null)).toEqual(['awaited', null]);
    const first = '2026-07-21T10:00:00Z';
    expect(state(null, '2026-07-21T10:05:00Z', first)).toEqual(['awaited', '2026-07-21T10:10']);
    expect(state(null, '2026-07-21T10:31:00Z', first)).toEqual(['late', '2026-07-21T10:10']);
  });
});
