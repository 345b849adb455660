import { describe, expect, it } from '@jest/globals';
import { type DrillTexts, type OurClaim, worldOfWords } from './reply-worlds.rules.js';

const at = (minute: number) => new Date(Date.UTC(2026, 6, 21, 8, minute));
const NOTHING: OurClaim = { askedAt: null, out: false };
const runs = (number: number): DrillTexts => ({ number, open: true, firstAt: at(0), endedAt: null });
const ended = (number: number, minute: number): DrillTexts => ({ number, open: false, firstAt: null, endedAt: at(minute) }); // prettier-ignore
const find = (drills: DrillTexts[], more: { ours?: Partial<OurClaim>; named?: number; sentAt?: Date } = {}) =>
  worldOfWords(
    { named: more.named ?? null, sentAt: more.sentAt ?? at(10) },
    { drills, ours: { ...NOTHING, ...more.ours } },
  );
const OURS = { drill: null, drillToo: false };
const DOUBT = { drill: null, drillToo: true };

describe('the world of words from outside', () => {
  it('is reality where no drill wrote to the number', () => {
    expect(find([])).toEqual(OURS);
    expect(find([], { named: 3, ours: { askedAt: at(1) } })).toEqual(OURS);
  });

  it('is the drill that alone wrote to it, when reality waits for nothing', () => {
    expect(find([runs(3)])).toEqual({ drill: 3 });
  });

  it('is reality, for a person, where both wrote, whichever wrote last', () => {
    for (const minute of [1, 9]) expect(find([runs(3)], { ours: { askedAt: at(minute) } })).toEqual(DOUBT);
    expect(find([runs(3)], { ours: { out: true } })).toEqual(DOUBT);
  });

  it('is the drill that the words name, also while reality asks', () => {
    const ours = { askedAt: at(5), out: true };
    expect(find([runs(3), runs(4)], { named: 4, ours })).toEqual({ drill: 4 });
  });

  it('is for a person where two drills wrote, or another one is named', () => {
    expect(find([runs(3), runs(4)])).toEqual(DOUBT);
    expect(find([runs(3)], { named: 9 })).toEqual(DOUBT);
  });

  it('is never a drill that wrote after the words were sent', () => {
    expect(find([{ ...runs(3), firstAt: at(30) }], { ours: { askedAt: at(5) } })).toEqual(OURS);
  });

  it('is for a person where a drill has ended or does not say what it wrote, named or not', () => {
    expect(find([ended(3, 5)])).toEqual(DOUBT);
    expect(find([ended(3, 5)], { named: 3 })).toEqual(DOUBT);
    expect(find([{ ...runs(3), open: false, firstAt: null }], { ours: { askedAt: at(5) } })).toEqual(DOUBT);
  });

  it('is reality for who was alerted after the drill had ended, in doubt for who was before', () => {
    expect(find([ended(3, 5)], { ours: { askedAt: at(6) } })).toEqual(OURS);
    expect(find([ended(3, 5)], { ours: { askedAt: at(4) } })).toEqual(DOUBT);
  });
});
