import { describe, expect, it } from '@jest/globals';
import { sentence } from '../shared/i18n.js';
import { messageText, type Told } from './message-text.rules.js';

const told = {
  kind: 'deploy' as const, exercise: false, incidentTitle: '溺水：星明村', placeText: '星明村', teamName: '水上队', message: '', link: 'L',
}; // prettier-ignore

const textOf = (what: Told): string => messageText(what, (key, params) => sentence('zh-CN', key, params));

describe('the text of a message', () => {
  it('says what happened and the place once', () => {
    expect(textOf(told)).toBe('【红十字应急】水上队，请就以下任务立即答复能否出动：溺水：星明村。点此答复：L');
    expect(textOf({ ...told, incidentTitle: '老人走失' })).toContain('：老人走失，星明村。');
  });

  it('brings the words of the desk, and marks an exercise at both ends', () => {
    expect(textOf({ ...told, message: '带\n绳索' })).toContain('溺水：星明村。带 绳索。点此答复');
    expect(textOf({ ...told, exercise: true })).toMatch(/^【演练】.*【演练】$/);
  });

  it('tells a desk of a call for help as what it is, not as a team that does not answer', () => {
    const text = textOf({ ...told, kind: 'duty-call', message: '【呼救】水上队的王某按下呼救，请立即回拨' });
    expect(text).toBe('【红十字应急】【呼救】水上队的王某按下呼救，请立即回拨。溺水：星明村。详情：L');
    expect(textOf({ ...told, kind: 'duty-call' })).toContain('无人应答');
  });
});
