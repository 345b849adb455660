import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { enterInject } from '../../src/drills/drills.dto.js';
import { callOf, EMPTY_INJECT, HAND_KINDS, type InjectDraft, lacksIn, momentOf, NEEDED } from '../../web/src/drills/inject.rules.js'; // prettier-ignore

const DESK = { adcode: '331082', location: { lon: 121.14, lat: 28.86 } };
const FULL: InjectDraft = {
  ...EMPTY_INJECT, words: '水位上涨', title: '内涝', place: '临海古城', societyId: 'x', unitCode: 'T-331082-SR-1-A', itemCode: 'FK01', units: '20',
}; // prettier-ignore

describe('an inject by hand, in its form', () => {
  it.each(HAND_KINDS)('is a call that the server takes once nothing is lacking: %s', (kind) => {
    const draft = { ...FULL, kind };
    expect(lacksIn(draft)).toEqual([]);
    const read = enterInject.parse({ at: momentOf(''), call: callOf(draft, DESK, 'hand-0123456789ab') });
    expect(read.call.kind).toBe(kind);
    for (const part of NEEDED[kind]) expect(lacksIn({ ...draft, [part]: ' ' })).toEqual([part]);
  });

  it('asks for at least one unit and one hour', () => {
    expect(lacksIn({ ...FULL, kind: 'request', units: '0', hours: '0' })).toEqual(['units', 'hours']);
  });

  it('reads the clock of the drill as China does', () => {
    expect(momentOf('2026-08-01T08:30')).toBe('2026-08-01T00:30:00.000Z');
  });

  it.each(['zh-CN', 'en'])('has words for every field, in %s', (locale) => {
    const words = JSON.parse(readFileSync(`web/src/i18n/drills.${locale}.json`, 'utf8')) as Record<string, string>;
    const keys = HAND_KINDS.flatMap((kind) => [`drills.inject-words-${kind}`, ...NEEDED[kind].map((part) => `drills.inject-lacks-${part}`)]); // prettier-ignore
    expect(keys.filter((key) => !words[key])).toEqual([]);
  });
});
