import { describe, expect, it } from '@jest/globals';
import { sentence } from '../../shared/i18n.js';
import type { OutgoingAlert } from '../channel.service.js';
import { actsAlone } from '../replies/reply.rules.js';
import { MOST_ATTEMPTS } from '../run.rules.js';
import { readingOfKey, redialAfterMs, spokenText, takesKeys } from './voice.rules.js';

const alert = (more: Partial<OutgoingAlert> = {}): OutgoingAlert => ({
  deliveryId: 'd', channel: 'voice', to: '13800138000', personName: '示范', kind: 'deploy', exercise: false, severity: 'II', incidentTitle: '洪水', incidentKind: 'flood',
  headcount: 6, placeText: '临海', teamName: '示范队', unitCode: 'A', message: '带冲锋舟', link: 'https://desk.test/phone.html#/a/x', at: new Date(0), maybeSent: [], ...more,
}); // prettier-ignore
const spoken = (more: Partial<OutgoingAlert> = {}, language: 'zh-CN' | 'en' = 'zh-CN') =>
  spokenText(alert(more), (key, params) => sentence(language, key, params));

describe('what a call says', () => {
  it('is the order without its link, and the keys that answer it', () => {
    expect(spoken()).toBe('这里是红十字应急调度。示范队，需要6人，请立即答复能否出动：洪涝：洪水，临海。带冲锋舟。能出动请按1，不能出动请按2。'); // prettier-ignore
    expect(spoken({ headcount: null })).toMatch(/能出动请按1/);
    expect(spoken({}, 'en')).toMatch(
      /^This is the Red Cross emergency desk\. .*Press 1 if you can go, 2 if you cannot\.$/,
    );
  });

  it('asks a desk to open the system, and takes no key for it', () => {
    for (const more of [{ message: '张三在临海呼救' }, { message: '' }]) {
      const words = spoken({ kind: 'duty-call', ...more });
      expect(words).toMatch(/请值班室立即打开系统处理/);
      expect(words).not.toMatch(/按1|http/);
    }
    expect([takesKeys('deploy'), takesKeys('duty-call'), takesKeys('channel-trial')]).toEqual([true, false, false]);
  });

  it('says first and last that an exercise is one', () => {
    expect(spoken({ exercise: true })).toMatch(/^这是演练。.*这是演练。$/);
  });
});

describe('a key', () => {
  it('is an answer that acts alone', () => {
    expect(readingOfKey('accept')).toMatchObject({ answer: 'accepted' });
    expect(readingOfKey('decline')).toMatchObject({ answer: 'declined' });
    expect(actsAlone(readingOfKey('accept')) && actsAlone(readingOfKey('decline'))).toBe(true);
  });
});

describe('a call that nobody took', () => {
  it.each([
    ['no-answer', 1, 30_000],
    ['busy', MOST_ATTEMPTS - 1, 30_000],
    ['no-answer', MOST_ATTEMPTS, null],
    ['failed', 1, null],
    ['answered', 1, null],
  ] as const)('(%s, attempt %d) is made again after %s ms', (end, attempt, afterMs) => {
    expect(redialAfterMs(end, attempt)).toBe(afterMs);
  });
});
