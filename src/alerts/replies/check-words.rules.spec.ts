import { describe, expect, it } from '@jest/globals';
import { placeCheck, readCheck } from './check-words.rules.js';

describe('words to a check', () => {
  it.each([
    ['全员安全 6人', 'all', 6],
    ['6人都在', 'all', 6],
    ['都在', 'all', null],
    ['报告，全队平安！', 'all', null],
    ['六个人都安全。', 'all', 6],
    ['十二人到齐了', 'all', 12],
    ['二十六人全部平安', 'all', 26],
    ['收到，人员全部安全，共６人', 'all', 6],
    ['大家都好', 'all', null],
    ['大家好，6人都在', 'all', 6],
    ['都收到了，全员安全', 'all', null],
    ['好的，6人都好', 'all', 6],
    ['6人安全', 'all', 6],
  ])('%s: everybody is well', (words, says, heads) => {
    expect(readCheck(words)).toEqual({ says, heads });
  });

  it.each(['少一个', '差一人', '6人，缺老王', '小李没回来', '联系不上老王', '有两个人受伤', '王强失联，其他人都在', '5人在，1人被困', '全员安全，少一个'])(
    '%s: somebody lacks', (words) => expect(readCheck(words).says).toBe('short'),
  ); // prettier-ignore

  it.each(['收到', '好', '安全', '6人', '一个都不少', '没有人受伤', '都在吗', '应该都在', '如果都在我再报', '都在赶路', '6人都在 2人都在', '都在仓库吃饭', '', '？', '全员出动', '不知道全不全', '大家好，收到', '大家好', '都收到了，好的', '大家收到，好', '全体收到，好的', '好的，都收到', '人员已到现场，都收到', '大家好的', '收到，一起到', '6人收到，好', '六人都收到，好的'])(
    '"%s" is for a person', (words) => expect(readCheck(words).says).toBe('unclear'),
  ); // prettier-ignore

  it('is all only with the number that should be there, short with fewer, and for a person with more', () => {
    expect(placeCheck({ says: 'all', heads: 6 }, 6)).toBe('all');
    expect(placeCheck({ says: 'all', heads: null }, 6)).toBe('all');
    expect(placeCheck({ says: 'all', heads: 5 }, 6)).toBe('short');
    expect(placeCheck({ says: 'all', heads: 7 }, 6)).toBe('differs');
    expect(placeCheck({ says: 'short', heads: 6 }, 6)).toBe('short');
    expect(placeCheck({ says: 'unclear', heads: 6 }, 6)).toBe('unclear');
  });
});
