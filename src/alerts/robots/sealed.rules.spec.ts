import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { isSealed } from './robots.dto.js';
import { hintOf, keyIdOf, keyOf, openText, sealText } from './sealed.rules.js';

const [key, other] = [randomBytes(32), randomBytes(32)];
const ADDRESS = 'https://oapi.dingtalk.com/robot/send?access_token=key-of-the-group-0042';
const seal = (text = ADDRESS, about = 'r1 webhook') => sealText(text, { key, iv: randomBytes(12), about, hint: text.slice(-4) }); // prettier-ignore

it('opens again with its key, in its place', () => {
  for (const text of [ADDRESS, '', '密钥 🔑', 'x'.repeat(500)])
    expect(openText(seal(text), { key, about: 'r1 webhook' })).toBe(text);
});

it('shows its hint and its key, and nothing else', () => {
  const sealed = seal();
  expect([isSealed(sealed), keyOf(sealed), hintOf(sealed)]).toEqual([true, keyIdOf(key), '0042']);
  expect([isSealed(ADDRESS), keyOf(ADDRESS), hintOf(ADDRESS)]).toEqual([false, null, '0042']);
  expect(sealed).not.toContain('dingtalk');
  expect(seal()).not.toBe(seal());
});

it('does not open with another key, in another row or column, or when any sign of it was changed', () => {
  const sealed = seal();
  expect(() => openText(sealed, { key: other, about: 'r1 webhook' })).toThrow();
  for (const about of ['r2 webhook', 'r1 secret']) expect(() => openText(sealed, { key, about })).toThrow();
  for (let at = 0; at < sealed.length - 1; at++) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => openText(changed, { key, about: 'r1 webhook' })).toThrow();
  }
});
