import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../shared/i18n.js';
import { OWN_REASON_PARAMS } from './horizon.rules.js';
import { PASSED_OVER, REASON_PARAMS } from './planner/reasons.rules.js';

const FAILURES = ['planner-input-invalid', 'plan-violates-rule', 'solve-interrupted'];
const ALL: Record<string, readonly string[]> = {
  ...Object.fromEntries([...PASSED_OVER, ...FAILURES].map((code) => [code, []])),
  ...REASON_PARAMS,
  ...OWN_REASON_PARAMS,
};
const placesOf = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).toSorted();

describe.each(['zh-CN', 'en'] as const)('the words of suggestions in %s', (locale) => {
  const words = catalogue(locale);
  it.each(Object.entries(ALL))('has a sentence for %s that uses only what the code carries', (code, params) => {
    const sentence = words[`reason.${code}`];
    expect(sentence).toBeTruthy();
    expect(params).toEqual(expect.arrayContaining(placesOf(sentence!)));
  });

  it.each(['suggestion.stale', 'suggestion.not-found', 'suggestion.nothing-chosen'])(
    'has a sentence for %s',
    (code) => {
      expect(words[code]).toBeTruthy();
    },
  );
});

it('says the same in both languages', () => {
  const [zh, en] = [catalogue('zh-CN'), catalogue('en')];
  for (const code of Object.keys(ALL)) expect(placesOf(en[`reason.${code}`]!)).toEqual(placesOf(zh[`reason.${code}`]!));
});
