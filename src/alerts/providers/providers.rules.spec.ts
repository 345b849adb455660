import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkSignature, signatureOf, SIGNED_WINDOW_S } from './signature.rules.js';
import { heldOf, verdictOf } from './gateway-answer.rules.js';

const SECRET = 'a-secret-of-trials';
const NOW = new Date('2026-07-21T03:00:00Z');
const AT = String(NOW.getTime() / 1000);
const body = Buffer.from('{"receipts":[]}');

describe('a signed call-back', () => {
  const check = (told: { timestamp?: unknown; signature?: unknown }, more: Partial<{ now: Date; body: Buffer }> = {}) =>
    checkSignature({ timestamp: AT, signature: signatureOf(SECRET, AT, body), ...told }, { secret: SECRET, body, now: NOW, ...more }); // prettier-ignore

  it('is an HMAC-SHA256 over time, full stop and body', () => {
    const plain = createHmac('sha256', SECRET).update(`${AT}.{"receipts":[]}`).digest('hex');
    expect(signatureOf(SECRET, AT, body)).toBe(`v1=${plain}`);
    expect(check({})).toBe('good');
  });

  it('is refused when anything of it was changed', () => {
    expect(check({}, { body: Buffer.from('{"receipts":[ ]}') })).toBe('wrong');
    expect(check({ timestamp: String(Number(AT) + 1) })).toBe('wrong');
    expect(check({ signature: signatureOf('another-secret-yet', AT, body) })).toBe('wrong');
    const bad = [undefined, '', 'v1=', `v2=${'0'.repeat(64)}`, `v1=${'0'.repeat(63)}`, ['v1='], signatureOf(SECRET, AT, body).toUpperCase()];
    for (const signature of bad) expect(check({ signature })).toBe('wrong');
    for (const timestamp of [undefined, '', 'now', `${AT}.0`, `-${AT}`, [AT]]) expect(check({ timestamp })).toBe('wrong');
  }); // prettier-ignore

  it('is refused when it is older or newer than the window', () => {
    const later = (s: number) => new Date(NOW.getTime() + s * 1000);
    expect(check({}, { now: later(SIGNED_WINDOW_S) })).toBe('good');
    expect(check({}, { now: later(-SIGNED_WINDOW_S) })).toBe('good');
    expect(check({}, { now: later(SIGNED_WINDOW_S + 1) })).toBe('out-of-time');
    expect(check({}, { now: later(-SIGNED_WINDOW_S - 1) })).toBe('out-of-time');
  });
});

describe('what a gateway answers', () => {
  it.each([
    [200, { status: 'accepted' }, { stage: 'handed' }],
    [202, { status: 'accepted' }, { stage: 'handed' }],
    [200, { status: 'delivered' }, { stage: 'delivered' }],
    [409, undefined, { stage: 'handed' }],
    [200, undefined, { failure: 'EGARBLED', forGood: false }],
    [200, 'accepted', { failure: 'EGARBLED', forGood: false }],
    [200, null, { failure: 'EGARBLED', forGood: false }],
    [200, { status: 'ok' }, { failure: 'EGARBLED', forGood: false }],
    [302, { status: 'accepted' }, { failure: 'EHTTP302', forGood: true }],
    [400, undefined, { failure: 'EHTTP400', forGood: true }],
    [401, undefined, { failure: 'EHTTP401', forGood: true }],
    [408, undefined, { failure: 'EHTTP408', forGood: false }],
    [425, undefined, { failure: 'EHTTP425', forGood: false }],
    [429, undefined, { failure: 'EHTTP429', forGood: false }],
    [500, { status: 'accepted' }, { failure: 'EHTTP500', forGood: false }],
    [503, undefined, { failure: 'EHTTP503', forGood: false }],
  ])('%d %j is %j', (status, json, verdict) => expect(verdictOf({ status, json })).toEqual(verdict));

  it('of what it has counts for the references that were asked, and only while it is alive there', () => {
    const held = (messages: unknown, status = 200) => heldOf({ status, json: { messages } }, ['a', 'b']);
    expect(held([{ reference: 'a', status: 'accepted' }])).toBe('handed');
    expect(held([{ reference: 'a', status: 'accepted' }, { reference: 'b', status: 'delivered' }])).toBe('delivered');
    expect(held([{ reference: 'a', status: 'failed' }])).toBeNull();
    expect(held([{ reference: 'c', status: 'delivered' }])).toBeNull();
    expect(held([{ reference: 'a', status: 'accepted' }], 500)).toBeNull();
    for (const garbage of [undefined, null, 'a', [null, 1, 'a', {}]]) expect(held(garbage)).toBeNull();
  }); // prettier-ignore
});
