import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from '../../../test/support/replies/lines.js';
import { COMPLEMENTS, GOING } from './reply-cannot.rules.js';
import { LEXICON } from './reply-lexicon.rules.js';
import { actsAlone, parseReply } from './reply.rules.js';

/** 19:10 in China. */
const NOW = new Date('2026-07-21T11:10:00Z');
const RUNS = { numRuns: 300 };

/** What becomes of words with nobody looking: an answer with its figures, or "unclear" for all that a person must read. */
function outcome(words: string, now: Date): string {
  const read = parseReply(words, now);
  if (!actsAlone(read)) return 'unclear';
  return [read.answer, ...(read.answer === 'accepted' ? [read.delayMinutes, read.headcount] : [])].join(' ').trim();
}

const YES = fc.constantFrom('能去', '我去', '可以参加', '马上出发', '我们马上到', '没问题', '可以', '这就来', '已经在路上了'); // prettier-ignore
const NO = fc.constantFrom(
  '去不了',
  '来不了',
  '不能去',
  '没时间',
  '我不去',
  '走不开',
  '无法参加',
  '不来了',
  '没法过去',
);
const VERB = fc.constantFrom('去', '来', '参加', '出发', '过去', '过来', '出动', '到', '支援', '集合');
const BEFORE = fc.constantFrom('', '收到，', '好的，', '队长，', '不好意思，', '谢谢，', '在开会，', '知道了。');
const answerTo = (words: string) => outcome(words, NOW).split(' ')[0];

describe('free-text replies to "can you come?"', () => {
  it('are read as in every example', () => {
    // Examples that the rules were written with.
    const all = linesOf('examples.txt', NOW);
    const wanted = ({ answer, minutes, people }: (typeof all)[number]) =>
      [answer, ...(answer === 'accepted' ? [minutes, people] : [])].join(' ').trim();
    const wrong = all.filter((line) => outcome(line.words, line.now) !== wanted(line));
    expect(wrong.map(({ words, now }) => [words, outcome(words, now)])).toEqual([]);
    expect(all.length).toBeGreaterThan(2000);
  });

  it('show in the words as they came what was read', () => {
    const words = '收到!２０分钟后到，带５个人';
    const said = parseReply(words, NOW).evidence.map(({ start, end, says }) => [says, words.slice(start, end)]);
    expect(said).toEqual([
      ['receipt', '收到'],
      ['delay', '２０分钟'],
      ['accept', '到'],
      ['headcount', '５个人'],
    ]);
  });

  it('keep the condition in their words, and wait for a person', () => {
    const read = parseReply('可以，但是需要派車接', NOW);
    expect(read).toMatchObject({ answer: 'accepted', condition: '但是需要派車接' });
    expect(actsAlone(read)).toBe(false);
  });

  it('read a clock as its next moment, across midnight too', () => {
    const at = (words: string, now: string) => parseReply(words, new Date(now)).delayMinutes;
    expect(at('8点到', '2026-07-21T00:00:00Z')).toBe(0);
    expect(at('8点到', '2026-07-21T00:01:00Z')).toBe(719);
    expect(at('六点到', '2026-07-21T15:00:00Z')).toBe(420);
    expect(at('晚上12点到', '2026-07-21T15:00:00Z')).toBe(60);
    expect(at('06:00到', '2026-07-21T15:00:00Z')).toBe(420);
  });

  it.each(['别人去不了我也去', '伊拉去勿来', '我三叔能去', '能去，三叔公不让'])(
    'leave to a person what is not wholly understood: %s',
    (words) => expect(actsAlone(parseReply(words, NOW))).toBe(false),
  );
});

describe('of all replies', () => {
  it('no verb with a "not" before it is a yes', () => {
    const not = fc.constantFrom('不', '不能', '没法', '无法', '不会', '不想', '没办法', '不打算', '不能再');
    fc.assert(
      fc.property(BEFORE, fc.constantFrom('', '我', '我们', '今天'), not, VERB, (before, who, no, verb) => {
        expect(answerTo(before + who + no + verb)).not.toBe('accepted');
        expect(parseReply(before + who + no + verb, NOW).answer).not.toBe('accepted');
      }),
      RUNS,
    );
  });

  it.each([
    '没人不去', '没有人去不了', '没人缺席', '不存在去不了', '不至于去不了', '没有任何人去不了', '没啥来不了的', '不去是小狗', '不去良心过不去', '不来对不起大家',
    '不带不去的', '不会去不了', '没有来不了的',
  ])('no second "not" leaves a plain no: %s', (words) => expect(answerTo(words)).not.toBe('declined')); // prettier-ignore

  const takesBack = ['back', 'past'];
  const known = [...LEXICON].filter(([, kind]) => !takesBack.includes(kind)).map(([word]) => word);
  const beside = (said: string[]) => said.flatMap((one) => [`…，${one}`, `${one}，…`]);

  it.each(beside(['去不了', '我来不了', '我不能参加']))(
    'no known word beside a plain no makes a yes of it: %s',
    (place) => {
      const turned = known.map((word) => place.replace('…', word)).filter((words) => answerTo(words) === 'accepted');
      expect(known.length).toBeGreaterThan(15_000);
      expect(turned).toEqual([]);
    },
  );

  it.each(beside(['能去', '我们马上到']))('no known word beside a plain yes makes a no of it: %s', (place) => {
    const turned = known.map((word) => place.replace('…', word)).filter((words) => answerTo(words) === 'declined');
    expect(turned).toEqual([]);
  });

  it.each(['不能', '没法', '无法', '不会', '我不', '不打算'])(
    'no verb, place or squad behind a "cannot" is a yes: %s',
    (not) => {
      const goes = [...LEXICON].filter(([word, kind]) => ['move', 'thing', 'task', 'self'].includes(kind) && !/[不没无]/.test(word)); // prettier-ignore
      const turned = goes.flatMap(([word]) =>
        [`${not}${word}`, `${not}${word}参加`].filter((words) => answerTo(words) === 'accepted'),
      );
      expect(turned).toEqual([]);
    },
  );

  const turned = (words: string[]) => words.filter((said) => answerTo(said) === 'accepted');

  it('no verb with a "not" and what would have come of it behind is a yes', () => {
    const verbs = [...new Set(GOING)];
    expect(verbs.length).toBeGreaterThan(500);
    expect(turned(verbs.flatMap((verb) => COMPLEMENTS.split(' ').filter((end) => end !== verb).map((end) => `${verb}不${end}`)))).toEqual([]); // prettier-ignore
  });

  it.each(['不可能', '没可能', '不现实', '没戏', '困难', '太难', '够呛', '没人', '没车', '泡汤了', '取消了', '失败', '没必要', '为零', '受阻', '费劲'])(
    'no verb of which "%s" is said is a yes',
    (behind) => expect(turned([...new Set(GOING)].map((verb) => verb + behind))).toEqual([]),
  ); // prettier-ignore

  it.each(['反对', '拒绝', '放弃', '取消', '停止', '避免', '难以', '无力', '无意', '懒得', '休想', '谁敢', '哪能', '怎能', '没人', '未批准', '尚未', '千万别'])(
    'no verb before which "%s" stands is a yes',
    (before) => {
      const verbs = [...new Set(GOING)].filter((verb) => !/[能可会]/.test(verb));
      expect(turned(verbs.map((verb) => before + verb))).toEqual([]);
    },
  ); // prettier-ignore

  it.each(['别', '甭', '莫', '不用', '不要', '用不着', '没', '没有', '不', '未', '没法', '千万别', '不想', '不会'])(
    'nobody who is "%s" called upon comes',
    (not) => {
      const calls = '叫 让 派 安排 通知 喊 找 盼 指望 等 催 轮到 支持 同意 批准 允许 建议 带 算上 拉'.split(' ');
      const said = calls.flatMap((call) => ['我', '我们', '本队', '俺们'].flatMap((who) => ['去', '来', '参加', '过去'].map((verb) => not + call + who + verb))); // prettier-ignore
      expect(turned(said)).toEqual([]);
    },
  );

  it('no plain no is a yes, whatever stands around it', () => {
    const tail = fc.constantFrom('', '，抱歉', '，家里有事', '。', '！', '，辛苦大家', '，下次吧', '，带不了人', '，半小时后开会', '，好的', '，收到'); // prettier-ignore
    fc.assert(
      fc.property(BEFORE, NO, tail, (before, no, after) => {
        expect(answerTo(before + no + after)).not.toBe('accepted');
      }),
      RUNS,
    );
  });

  it('a "fine" or a thank-you before or behind turns no no', () => {
    fc.assert(
      fc.property(NO, fc.constantFrom('好的', '收到', '谢谢', '辛苦了', '抱歉'), (no, said) => {
        expect([answerTo(`${said}，${no}`), answerTo(`${no}，${said}`)]).toEqual(['declined', 'declined']);
      }),
      RUNS,
    );
  });

  it('a question or a condition at the end never is a yes', () => {
    const asks = fc.constantFrom('？', '吗', '吗？', '，行吗', '，可以吗？', '，如果有车的话', '，只要派车', '，前提是单位同意', '，要是孩子退烧'); // prettier-ignore
    fc.assert(
      fc.property(BEFORE, YES, asks, (before, yes, asked) => {
        expect(answerTo(before + yes + asked)).toBe('unclear');
      }),
      RUNS,
    );
  });

  it('a yes and a no joined are for a person, in either order', () => {
    const joint = fc.constantFrom('，', '。', '，但是', '，不过', '！', '；');
    fc.assert(
      fc.property(YES, NO, joint, (yes, no, and) => {
        expect([answerTo(yes + and + no), answerTo(no + and + yes)]).toEqual(['unclear', 'unclear']);
      }),
      RUNS,
    );
  });

  it('what is taken back ends with what comes after', () => {
    const back = fc.constantFrom('，不对，', '，算了，', '……算了，', '，说错了，', '，更正，');
    fc.assert(
      fc.property(YES, NO, back, (yes, no, taken) => {
        expect([answerTo(yes + taken + no), answerTo(no + taken + yes)]).toEqual(['declined', 'accepted']);
      }),
      RUNS,
    );
  });

  it('a yes or a no of somebody else is not the sender’s', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('老王', '小李', '他', '别人', '张医生', '副队', '连长', '老板', '师兄', '室友'),
        fc.oneof(YES, NO),
        (who, said) => {
          fc.pre(!/^(?:我|这就|没问题)/.test(said));
          expect(answerTo(who + said)).toBe('unclear');
        },
      ),
      RUNS,
    );
  });

  it('are read without failing, and pointed into', () => {
    const piece = fc.constantFrom(...'去来到不没能两三3半个小时分钟点人，。？ 我带是好的', '\ud83d', '😀', '\n');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        (words) => {
          const { evidence, confidence } = parseReply(words, NOW);
          expect(confidence).toBeGreaterThanOrEqual(0);
          for (const { start, end } of evidence) expect(0 <= start && start < end && end <= words.length).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
