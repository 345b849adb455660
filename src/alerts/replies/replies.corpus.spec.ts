import { describe, expect, it } from '@jest/globals';
import { type Answer, REPLIES } from '../../../test/support/replies/replies.corpus.js';

const WEEK_MINUTES = 7 * 24 * 60;
const texts = REPLIES.map(({ text }) => text);
const whole = (value: number | undefined, least: number, most: number): boolean =>
  value === undefined || (Number.isInteger(value) && value >= least && value <= most);
const offenders = (wrong: (reply: (typeof REPLIES)[number]) => boolean): string[] =>
  REPLIES.filter(wrong).map(({ text }) => text);

describe('the replies that the reading of answers is measured with', () => {
  it('are many, of every answer', () => {
    const of = (answer: Answer): number => REPLIES.filter(({ expect: { answer: one } }) => one === answer).length;
    expect(REPLIES.length).toBeGreaterThanOrEqual(420);
    expect(of('accepted')).toBeGreaterThanOrEqual(130);
    expect(of('declined')).toBeGreaterThanOrEqual(110);
    expect(of('unclear')).toBeGreaterThanOrEqual(130);
  });

  it('say each text once, and something in each', () => {
    const plain = texts.map((text) => text.normalize('NFKC').replace(/\s/g, ''));
    expect(texts.filter((text) => text.trim() === '' || text !== text.trim())).toEqual([]);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
    // Full-width digits, colons and points are replies of their own; nothing else may differ in form alone.
    const forms = plain.filter((text, index) => plain.indexOf(text) !== index);
    expect(forms).toEqual(['1']);
  });

  it('promise time, people and conditions in acceptances only, within sense', () => {
    expect(
      offenders(
        ({ expect: { answer, delayMinutes, headcount, condition } }) =>
          answer !== 'accepted' && (delayMinutes !== undefined || headcount !== undefined || condition !== undefined),
      ),
    ).toEqual([]);
    expect(offenders(({ expect: { delayMinutes } }) => !whole(delayMinutes, 1, WEEK_MINUTES))).toEqual([]);
    expect(offenders(({ expect: { headcount } }) => !whole(headcount, 1, 60))).toEqual([]);
  });

  it('name the moment where a clock time gives the delay', () => {
    const clock = /[\d一二两三四五六七八九十零](点|點|:\d\d)|\d{4}到|差.分/u;
    expect(
      offenders(({ text, at, expect: { delayMinutes } }) => delayMinutes !== undefined && !at && clock.test(text)),
    ).toEqual([]);
    expect(offenders(({ at }) => at !== undefined && !isLocalMoment(at))).toEqual([]);
  });

  it('explain what is unclear', () => {
    expect(offenders(({ why, expect: { answer } }) => answer === 'unclear' && !why)).toEqual([]);
  });

  it('name no telephone number and no address but an example', () => {
    expect(texts.filter((text) => /\d{7,}/.test(text))).toEqual([]);
    expect(texts.filter((text) => /https?:/.test(text) && !text.includes('https://a.example/'))).toEqual([]);
  });
});

function isLocalMoment(at: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(at) && new Date(`${at}:00Z`).toISOString().startsWith(at);
}
