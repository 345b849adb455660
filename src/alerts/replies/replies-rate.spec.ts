import { describe, expect, it } from '@jest/globals';
import { type Line, linesOf } from '../../../test/support/replies/lines.js';
import { REPLIES, type Reply } from '../../../test/support/replies/replies.corpus.js';
import { actsAlone, parseReply } from './reply.rules.js';

const NOON = new Date('2026-07-15T12:00:00+08:00');

/** A condition is for a person. */
const lineOf = ({ text, at, expect: { answer, condition, delayMinutes, headcount } }: Reply): Line => ({
  words: text,
  now: at ? new Date(`${at.slice(0, 16)}:00+08:00`) : NOON,
  answer: condition ? 'unclear' : answer,
  minutes: delayMinutes,
  people: headcount,
});

/** Twelve lists that were written one after another, each measured before the rules were mended with it. */
const FRESH = [
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
];

/** Lists that nobody may read who mends the rules: the judge. Right: what was measured. */
const UNTOUCHED = [
  { name: 'teams of every kind', file: 'first', right: 0.93, actsAlone: 250, actsWrong: 0 },
  { name: 'eight provinces inland', file: 'second', right: 0.92, actsAlone: 250, actsWrong: 2 },
  { name: 'the ordinary leader', file: 'third', right: 0.98, actsAlone: 265, actsWrong: 0 },
  { name: 'a year of a national desk', file: 'fourth', right: 0.98, actsAlone: 265, actsWrong: 0 },
  { name: 'a year of volunteer teams', file: 'fifth', right: 0.975, actsAlone: 265, actsWrong: 0 },
].map(({ file, ...measured }) => ({ ...measured, lines: linesOf(`untouched-${file}.txt`, NOON) }));

/**
 * What was measured last. These lists were read when the rules were mended: they are tuned on, and show that nothing is lost. What the
 * rules were worth before is said by the first sight of each list, in the README.
 */
const MEASURED = [
  ...UNTOUCHED,
  { name: 'the first corpus', lines: REPLIES.map(lineOf), right: 0.985, actsAlone: 440, actsWrong: 1 },
  { name: 'the second one', lines: linesOf('tuned-on-first.txt', NOON), right: 0.98, actsAlone: 245, actsWrong: 0 },
  { name: 'the third one', lines: linesOf('tuned-on-second.txt', NOON), right: 0.965, actsAlone: 220, actsWrong: 0 },
  { name: 'the fourth one', lines: linesOf('tuned-on-third.txt', NOON), right: 0.97, actsAlone: 220, actsWrong: 0 },
  {
    name: 'the twelve lists since',
    lines: FRESH.flatMap((nth) => linesOf(`tuned-on-${nth}.txt`, NOON)),
    right: 0.97,
    actsAlone: 1455,
    actsWrong: 2,
  },
  {
    name: 'the one that was the judge',
    lines: linesOf('tuned-on-sixteenth.txt', NOON),
    right: 0.98,
    actsAlone: 280,
    actsWrong: 0,
  },
  {
    name: 'the twelve samples after it, and the traps',
    lines: ['seventeenth', 'eighteenth'].flatMap((nth) => linesOf(`tuned-on-${nth}.txt`, NOON)),
    right: 0.965,
    actsAlone: 1167,
    actsWrong: 0,
  },
  {
    name: 'the second one that was the judge, and the plain samples after it',
    lines: ['nineteenth', 'twentieth', 'twenty-first'].flatMap((nth) => linesOf(`tuned-on-${nth}.txt`, NOON)),
    right: 0.98,
    actsAlone: 436,
    actsWrong: 0,
  },
  {
    name: 'the third one that was the judge',
    lines: linesOf('tuned-on-twenty-second.txt', NOON),
    right: 0.99,
    actsAlone: 267,
    actsWrong: 0,
  },
  {
    name: 'the natural one',
    lines: linesOf('tuned-on-twenty-third.txt', NOON),
    right: 0.99,
    actsAlone: 270,
    actsWrong: 0,
  },
  {
    name: 'the coast and the towns',
    lines: linesOf('tuned-on-twenty-fourth.txt', NOON),
    right: 0.99,
    actsAlone: 270,
    actsWrong: 0,
  },
  {
    name: 'the south-west and the north-west',
    lines: linesOf('tuned-on-twenty-fifth.txt', NOON),
    right: 0.99,
    actsAlone: 272,
    actsWrong: 0,
  },
  {
    name: 'the middle and the north',
    lines: linesOf('tuned-on-twenty-sixth.txt', NOON),
    right: 0.99,
    actsAlone: 268,
    actsWrong: 0,
  },
  {
    name: 'those in a hurry',
    lines: linesOf('tuned-on-twenty-seventh.txt', NOON),
    right: 0.99,
    actsAlone: 269,
    actsWrong: 0,
  },
  {
    name: 'the ten samples beside them',
    lines: ['twenty-eighth', 'twenty-ninth'].flatMap((nth) => linesOf(`tuned-on-${nth}.txt`, NOON)),
    right: 0.945,
    actsAlone: 805,
    actsWrong: 0,
  },
];

const readings = new Map<Line, ReturnType<typeof parseReply>>();
function read(line: Line) {
  const reading = readings.get(line) ?? parseReply(line.words, line.now);
  readings.set(line, reading);
  return reading;
}
/** What becomes of a reply with nobody looking. */
const become = (line: Line) => (actsAlone(read(line)) ? read(line).answer : 'unclear');

function isRight(line: Line): boolean {
  if (become(line) !== line.answer) return false;
  const { delayMinutes, headcount } = read(line);
  return line.answer !== 'accepted' || ((line.minutes === null || delayMinutes === line.minutes) && headcount === line.people); // prettier-ignore
}

describe.each(MEASURED)('the replies of $name', ({ lines, right, actsAlone: least, actsWrong }) => {
  it('become what a careful reader makes of them, figures too, no less often than when last measured', () => {
    expect(lines.length).toBeGreaterThanOrEqual(320);
    expect(lines.filter(isRight).length / lines.length).toBeGreaterThanOrEqual(right);
  });

  it('act alone when they are clear', () => {
    const alone = lines.filter((line) => become(line) !== 'unclear');
    expect(alone.length).toBeGreaterThanOrEqual(least);
    expect(alone.filter((line) => become(line) !== line.answer).length).toBeLessThanOrEqual(actsWrong);
  });

  it('are never taken for the reverse', () => {
    const turned = lines.filter((line) => {
      const answers = [become(line), line.answer];
      return answers.includes('accepted') && answers.includes('declined');
    });
    expect(turned.map(({ words }) => words)).toEqual([]);
  });
});

it('the replies that nobody mended the rules with are read right to 95 % together', () => {
  const lines = UNTOUCHED.flatMap((list) => list.lines);
  expect(lines.length).toBe(1700);
  expect(lines.filter(isRight).length / lines.length).toBeGreaterThanOrEqual(0.95);
});
