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

  /** What happened at home or on the way, and what is told beside an answer: none of it is one. */
  const HERE = ['我们这边', '我们县城', '自己镇上', '我们村里', '本地', '我们这疙瘩', '家里'];
  const HITS = [
    '停电了',
    '进水了',
    '被淹了',
    '要登陆了',
    '在救人',
    '是灾区',
    '塌方了',
    '在转移群众',
    '着火了',
    '断网了',
  ];
  const BEFALLEN = [
    ...HERE.flatMap((here) => HITS.map((hit) => `${here}也${hit}`)),
    ...['艇', '装备', '泵', '车'].flatMap((kit) => ['隔壁县', '老张', '柳城队'].flatMap((who) => [`${kit}借给${who}了`, `${kit}昨天租给${who}了`])),
    ...['桥', '路', '码头', '我们的艇'].flatMap((what) => ['冲走了', '刚冲断', '被水冲垮了', '被石头砸坏了'].map((how) => what + how)),
    ...['连着', '连续', '接连'].flatMap((on) => ['干了两天', '守了三天三夜', '跑了一整夜'].map((how) => `我们都${on}${how}`)),
    ...['过来', '赶过去', '开到那边'].flatMap((go) => ['天亮', '天黑', '半夜', '结束'].map((then) => `${go}都${then}了`)),
    ...['他们', '队员', '兄弟们'].flatMap((who) => ['歇一晚', '睡一觉', '休息一天'].map((rest) => `让${who}${rest}`)),
  ]; // prettier-ignore
  const BESIDES = [
    ...['装备', '绳子', '器材', '潜水装备'].flatMap((kit) => ['车上', '船上', '后备箱里'].map((where) => `${kit}都在${where}`)),
    ...['油', '电池', '干粮', '手套'].flatMap((kit) => ['不多了', '有点少', '不太多'].map((few) => `就是${kit}${few}`)),
    ...['给我们', '给队员们', '帮我们'].flatMap((us) => ['留点饭', '备点热水', '留个门'].map((what) => us + what)),
    ...['老人', '走失的孩子', '他'].flatMap((who) => ['长什么样', '多大年纪', '穿什么衣服'].map((ask) => who + ask)),
    ...['天亮了', '明早', '后半夜'].flatMap((when) => ['来一批', '派五个人', '去几个'].map((more) => `${when}再${more}`)),
    ...['国道断了', '大桥堵了', '高速封了'].flatMap((shut) => ['从乡道绕', '走老路过来', '要走山路'].map((way) => shut + way)),
    ...['走过那条线', '去年在那边训练过', '进过那个洞', '不敢开快', '没喝酒', '挖机司机还没回话', '到了再打气', '看见你们的旗子了'],
  ]; // prettier-ignore

  it('what befell the sender is no answer, turns no no, and keeps a yes before it for a person', () => {
    const read = BEFALLEN.map((told) => [told, `去不了，${told}`, `${told}，去不了`, `能去，${told}`].map(answerTo));
    expect(BEFALLEN.filter((_, n) => read[n]!.join(' ') !== 'unclear declined declined unclear')).toEqual([]);
  });

  it('what is told beside is no answer, turns no no, and lets a yes before it be one', () => {
    const read = BESIDES.map((told) => [told, `我们去不了，${told}`, `能去，${told}`].map(answerTo));
    expect(BESIDES.filter((_, n) => read[n]![0] !== 'unclear')).toEqual([]);
    expect(BESIDES.filter((_, n) => read[n]![1] === 'accepted')).toEqual([]);
    expect(BESIDES.filter((_, n) => read[n]![2] !== 'accepted')).toEqual([]);
  });

  it('what is yet to open, to end or to be heard is waited for by a person', () => {
    const opens = ['高速', '桥', '路', '轮渡', ''].flatMap((what) => ['通了', '开了', '解封了', '恢复了'].flatMap((how) => ['就去', '我们就来', '再出发', '马上过去'].map((go) => what + how + go))); // prettier-ignore
    const weather = ['雨', '风', '浪', '水', '雪'].flatMap((what) => ['小点', '停了', '退了', '小一些'].flatMap((how) => [`能来，但要等${what}${how}`, `我们可以去，得等下午${what}${how}`])); // prettier-ignore
    const asked = ['等通知', '等你们电话', '原地待命', '在家待命'].flatMap((wait) => ['直接来', '马上过去', '现在出发'].map((go) => `${wait}还是${go}`)); // prettier-ignore
    const told = ['转', '发', '截图'].flatMap((how) => ['到群里了', '到工作群了', '进大群里'].flatMap((to) => [`我${how}${to}`, `好的，已经${how}${to}`])); // prettier-ignore
    const feared = ['上不去坡', '车开不进去', '赶不上', '过不去河'].flatMap((no) => [
      `来是想来，就怕${no}`,
      `我去，就怕${no}`,
    ]);
    expect([...opens, ...weather, ...asked, ...told, ...feared].filter((words) => answerTo(words) !== 'unclear')).toEqual([]); // prettier-ignore
  });

  it('a "cannot" of any dialect is a no, and never a yes', () => {
    const verbs = ['克', '切', '整', '搞', '弄', '办'];
    const said = verbs.flatMap((verb) => ['了', '成', '到', '来', '起', '动'].flatMap((end) => ['', '我们', '今晚', '实在'].map((who) => `${who}${verb}不${end}`))); // prettier-ignore
    expect(said.filter((words) => answerTo(words) !== 'declined')).toEqual([]);
    expect(said.filter((words) => answerTo(`好的，${words}`) !== 'declined')).toEqual([]);
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
