import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AskedCapability, coverCapabilities, coverItems } from './coverage.rules.js';

const need = (id: string, speciality: string, headcount: number, priority = 1): AskedCapability => ({
  id, speciality, headcount, priority, neededBy: null,
}); // prettier-ignore
const unit = (unitId: string, capabilities: string[], headcount = 10) => ({ unitId, capabilities, headcount });
const cover = (needs: AskedCapability[], units: ReturnType<typeof unit>[]) =>
  Object.fromEntries(coverCapabilities(needs, units));

describe('what is already promised', () => {
  it('lays a unit on its main work before its other work', () => {
    const needs = [need('a', 'mountain', 10), need('b', 'search-rescue', 10)];
    expect(cover(needs, [unit('u', ['search-rescue', 'mountain'])])).toEqual({ a: 0, b: 10 });
  });

  it('lets the flexible unit take what the specialised ones leave', () => {
    const needs = [need('a', 'water', 10), need('b', 'medical', 10)];
    const units = [unit('1-both', ['water', 'medical']), unit('2-water', ['water'])];
    expect(cover(needs, units)).toEqual({ a: 10, b: 10 });
  });

  it('fills urgent needs first and ignores units of other work', () => {
    const needs = [need('late', 'water', 5, 3), need('first', 'water', 5, 1)];
    expect(cover(needs, [unit('u', ['water'], 5), unit('m', ['medical'])])).toEqual({ first: 5, late: 0 });
  });

  it('counts every person once', () => {
    const specialities = fc.constantFrom('water', 'medical', 'relief');
    const needs = fc.uniqueArray(specialities).map((all) => all.map((one, at) => need(`n${at}`, one, 7 + at)));
    const units = fc.array(fc.tuple(fc.uniqueArray(specialities), fc.integer({ min: 1, max: 20 })), { maxLength: 8 });
    fc.assert(
      fc.property(needs, units, (asked, sent) => {
        const promised = sent.map(([capabilities, headcount], at) => unit(`u${at}`, capabilities, headcount));
        const usable = promised.filter((one) => asked.some(({ speciality }) => one.capabilities.includes(speciality)));
        const laid = [...coverCapabilities(asked, promised).values()].reduce((sum, part) => sum + part, 0);
        expect(laid).toBe(usable.reduce((sum, { headcount }) => sum + headcount, 0));
      }),
    );
  });

  it('adds up goods by item', () => {
    const promised = [{ itemId: 'a', units: 3 }, { itemId: 'b', units: 1 }, { itemId: 'a', units: 4 }]; // prettier-ignore
    expect(Object.fromEntries(coverItems(promised))).toEqual({ a: 7, b: 1 });
  });
});
