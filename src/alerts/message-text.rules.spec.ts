import { describe, expect, it } from '@jest/globals';
import { sentence } from '../shared/i18n.js';
import { plainOf } from './replies/reply-text.rules.js';
import { messageText, type Told } from './message-text.rules.js';

const told = {
  kind: 'deploy' as const, exercise: false, incidentTitle: '溺水：星明村', incidentKind: 'drowning', headcount: null, placeText: '星明村', teamName: '水上队', message: '', link: 'L',
}; // prettier-ignore

/** Signs of Chinese in one part of a long text message. */
const PART = 67;
const textOf = (what: Told): string => messageText(what, (key, params) => sentence('zh-CN', key, params));

describe('the text of a message', () => {
  it('says what happened and the place once', () => {
    expect(textOf(told)).toBe('【红十字应急】水上队，请就以下任务立即答复能否出动：溺水：星明村。点此答复：L');
    expect(textOf({ ...told, incidentTitle: '有人溺水' })).toContain('：有人溺水，星明村。');
  });

  it('says what kind of incident it is where the title does not', () => {
    expect(textOf({ ...told, incidentTitle: '星明村' })).toContain('：溺水：星明村。点此');
    expect(textOf({ ...told, incidentTitle: '老人走失', incidentKind: 'missing-person' })).toContain(
      '：老人走失，星明村。',
    );
    expect(textOf({ ...told, incidentTitle: '桥头集合', incidentKind: 'other' })).toContain('：桥头集合，星明村。');
    expect(textOf({ ...told, kind: 'stand-down', incidentTitle: '星明村' })).toContain('：溺水：星明村。');
  });

  it('says how many people are asked for, to who is asked to go and to nobody else', () => {
    const six = { ...told, headcount: 6 };
    expect(textOf(six)).toBe('【红十字应急】水上队，需6人，请立即答复能否出动：溺水：星明村。答复：L');
    expect(textOf({ ...six, kind: 'information' })).not.toContain('6');
  });

  it.each(['', '能', '不能，队长住院'])('is no part of an answer when it comes back before "%s"', (words) => {
    const back = textOf({ ...told, headcount: 6, incidentTitle: '宁溪镇山洪', incidentKind: 'flood', placeText: '黄岩区宁溪镇', link: 'https://a.example/phone.html#/a/x7' });
    const bare = back.slice(0, back.indexOf('答复：https'));
    for (const quoted of [back, bare]) expect(plainOf(`${quoted} ${words}`).text.trim()).toBe(plainOf(words).text);
  }); // prettier-ignore

  it('stays within two text messages with a usual link, team, title and place', () => {
    const link = `https://desk.example.org/phone.html#/a/${'x'.repeat(43)}`;
    const full = { ...told, headcount: 6, teamName: '台州市红十字水上救援队', incidentTitle: '宁溪镇山洪', incidentKind: 'flood', placeText: '黄岩区宁溪镇', link };
    expect(textOf(full).length).toBeLessThanOrEqual(2 * PART);
  }); // prettier-ignore

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
