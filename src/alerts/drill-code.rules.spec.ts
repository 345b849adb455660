import { describe, expect, it } from '@jest/globals';
import { sentence } from '../shared/i18n.js';
import { drillNamed, phoneKey, withoutDrillCode } from './drill-code.rules.js';
import { messageText } from './message-text.rules.js';
import { parseReply } from './replies/reply.rules.js';

const NOW = new Date('2026-07-21T00:00:00Z');

describe('the name of a drill in a text message', () => {
  it.each([
    ['演练3 收到，马上出发', 3],
    ['演练3，能来，6人', 3],
    ['【演练12】来不了', 12],
    ['“演练3”能出动', 3],
    ['演练 3 能来', 3],
    ['演练3', 3],
    ['演练3收到', 3],
    ['演练3能来，6人', 3],
    ['演练12不能去', 12],
    ['演练３ 收到', 3],
  ])('is known at the beginning: %s', (words, number) => {
    expect(drillNamed(words)).toBe(number);
  });

  it.each([
    '演练3人能到',
    '演练30分钟后到',
    '演练，收到',
    '收到，演练3',
    '我们3人出发',
    '不是演练3 吧',
    '演练3点开始吗',
    '演练3小时后出发',
    '演练3号能来',
  ])('is not taken out of what only sounds like it: %s', (words) => expect(drillNamed(words)).toBeNull());

  it('is known by the message itself, sent back with the answer, and what is left is read as the answer', () => {
    const told = {
      kind: 'deploy' as const, exercise: true, drill: 3, incidentTitle: '临海内涝', incidentKind: 'flood', headcount: 6, placeText: '临海古城',
      teamName: '示范队', message: '', link: 'https://desk.test/phone.html#/a/x',
    }; // prettier-ignore
    const sent = messageText(told, (key, params) => sentence('zh-CN', key, params));
    expect(sent).toMatch(/^【演练】.*请先写“演练3”）【演练】$/);
    expect(drillNamed(`${sent} 能来，6人`)).toBe(3);
    expect(parseReply(withoutDrillCode(`${sent} 能来，6人`), NOW)).toMatchObject({ answer: 'accepted', headcount: 6 });
  });

  it('is no part of the answer, and words that are nothing else stay', () => {
    expect(withoutDrillCode('演练3，来不了')).toBe('来不了');
    expect(withoutDrillCode('能来，6人')).toBe('能来，6人');
    expect(withoutDrillCode('演练3')).toBe('演练3');
    expect(parseReply(withoutDrillCode('演练3能来，6人'), NOW)).toMatchObject({ answer: 'accepted', headcount: 6 });
    expect(parseReply(withoutDrillCode('演练３不能去'), NOW)).toMatchObject({ answer: 'declined' });
    expect(parseReply(withoutDrillCode('演练3 能来，6人'), NOW)).toMatchObject({ answer: 'accepted', headcount: 6 });
  });

  it('is missed in reality where only the mark of an exercise stands: such words move nothing by themselves', () => {
    for (const words of ['【演练】能来', '[EXERCISE] 能来', '能来 [EXERCISE]'])
      expect(parseReply(words, NOW)).toMatchObject({ answer: 'unclear' });
  });

  it('goes with numbers that are alike with and without the code of the country', () => {
    expect(phoneKey('+86 138-0013-8000')).toBe(phoneKey('13800138000'));
  });
});
