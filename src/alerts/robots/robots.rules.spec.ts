import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../shared/problem.js';
import { fullBucket, MESSAGES_PER_MINUTE, noticeRetryMs, refilled, shareOut } from './bucket.rules.js';
import { messageOf } from './notice-text.js';
import type { RobotKind } from './robots.dto.js';
import { mustTakeSecret, readWebhook, requestOf, robotVerdict } from './webhook.rules.js';

const KEY = 'abcdef0123456789';
const GOOD: Record<RobotKind, string> = {
  dingtalk: `https://oapi.dingtalk.com/robot/send?access_token=${KEY}`,
  wecom: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`,
  feishu: `https://open.feishu.cn/open-apis/bot/v2/hook/${KEY}`,
};
const KINDS = Object.keys(GOOD) as RobotKind[];
const NOW = new Date('2026-07-21T03:00:00.123Z');
const real = (kind: RobotKind, told: string) => readWebhook(kind, told, { loopback: false });

describe('the address of a robot', () => {
  it.each(KINDS)('is the provider’s own: %s', (kind) => {
    expect(real(kind, GOOD[kind])).toEqual({ webhook: GOOD[kind], hint: '6789' });
    for (const other of KINDS.filter((one) => one !== kind)) expect(() => real(other, GOOD[kind])).toThrow(Problem);
  });

  it.each(KINDS)('is nothing else, however it is dressed up: %s', (kind) => {
    const good = new URL(GOOD[kind]);
    const bad = [
      GOOD[kind].replace('https', 'http'), GOOD[kind].replace(good.host, `${good.host}:8443`), GOOD[kind].replace(good.host, `${good.host}.evil.test`),
      GOOD[kind].replace(good.host, `evil.test`), GOOD[kind].replace(good.host, `${good.host}@evil.test`), GOOD[kind].replace(good.host, `user:word@${good.host}`),
      GOOD[kind].replace(good.host, '127.0.0.1'), GOOD[kind].replace(good.host, '169.254.169.254'), GOOD[kind].replace(good.host, 'localhost'),
      GOOD[kind].replace(good.pathname, `${good.pathname}/../../admin`), GOOD[kind].replace(KEY, ''), GOOD[kind].replace(KEY, 'a%0d%0ab12345678'),
      'file:///etc/passwd', `gopher://${good.host}${good.pathname}`, 'not an address', '',
    ]; // prettier-ignore
    for (const told of bad) expect([told, attempt(() => real(kind, told))]).toEqual([told, 'robot.webhook']);
  });

  it('drops what is added to it', () => {
    expect(real('dingtalk', `${GOOD.dingtalk}&timestamp=1&sign=x#part`).webhook).toBe(GOOD.dingtalk);
    expect(real('feishu', `${GOOD.feishu}?to=evil`).webhook).toBe(GOOD.feishu);
  });

  it('may be this machine only for trials', () => {
    const told = `http://127.0.0.1:8099/robot/send?access_token=${KEY}`;
    expect(readWebhook('dingtalk', told, { loopback: true }).webhook).toBe(told);
    expect(() => real('dingtalk', told)).toThrow(Problem);
    for (const host of ['10.0.0.1', 'localhost.evil.test', '0.0.0.0'])
      expect(() => readWebhook('dingtalk', told.replace('127.0.0.1', host), { loopback: true })).toThrow(Problem);
  });

  const attempt = (read: () => unknown) => {
    try {
      return read();
    } catch (error) {
      return (error as Problem).code;
    }
  };
});

describe('what is said to a provider', () => {
  const asked = (kind: RobotKind, secret: string | null) => requestOf({ kind, webhook: GOOD[kind], secret }, '词', NOW);
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');

  it('is signed by DingTalk’s rule: milliseconds and secret, in the address', () => {
    const { url, body } = asked('dingtalk', 'SECabc');
    const { searchParams } = new URL(url);
    expect(searchParams.get('timestamp')).toBe(String(NOW.getTime()));
    expect(searchParams.get('sign')).toBe(hmac('SECabc', `${NOW.getTime()}\nSECabc`));
    expect(JSON.parse(body)).toEqual({ msgtype: 'text', text: { content: '词' } });
    expect(asked('dingtalk', null).url).toBe(GOOD.dingtalk);
  });

  it('is signed by Feishu’s rule: seconds and secret as the key, nothing as the text, in the body', () => {
    const { url, body } = asked('feishu', 'abc');
    const timestamp = String(Math.floor(NOW.getTime() / 1000));
    expect(url).toBe(GOOD.feishu);
    expect(JSON.parse(body)).toEqual({ timestamp, sign: hmac(`${timestamp}\nabc`, ''), msg_type: 'text', content: { text: '词' } }); // prettier-ignore
    expect(JSON.parse(asked('feishu', null).body)).toEqual({ msg_type: 'text', content: { text: '词' } });
  });

  it('has no signature at WeCom, and no secret either', () => {
    expect(asked('wecom', null)).toEqual({ url: GOOD.wecom, body: '{"msgtype":"text","text":{"content":"词"}}' });
    expect(() => mustTakeSecret('wecom', 'abc')).toThrow(Problem);
    for (const kind of KINDS) expect(() => mustTakeSecret(kind, null)).not.toThrow();
  });

  it.each([
    [200, { errcode: 0, errmsg: 'ok' }, { sent: true }],
    [200, { code: 0, msg: 'success' }, { sent: true }],
    [200, { StatusCode: 0 }, { sent: true }],
    [200, { errcode: 310_000, errmsg: 'sign not match' }, { sent: false, failure: 'E310000', tooMuch: false }],
    [200, { errcode: 130_101 }, { sent: false, failure: 'E130101', tooMuch: true }],
    [200, { errcode: 45_009 }, { sent: false, failure: 'E45009', tooMuch: true }],
    [200, { code: 9499 }, { sent: false, failure: 'E9499', tooMuch: true }],
    [200, undefined, { sent: false, failure: 'EGARBLED', tooMuch: false }],
    [200, { errcode: '0' }, { sent: false, failure: 'EGARBLED', tooMuch: false }],
    [302, { errcode: 0 }, { sent: false, failure: 'EHTTP302', tooMuch: false }],
    [429, undefined, { sent: false, failure: 'EHTTP429', tooMuch: true }],
    [500, { errcode: 0 }, { sent: false, failure: 'EHTTP500', tooMuch: false }],
  ])('is answered %d %j: %j', (status, json, verdict) => expect(robotVerdict({ status, json })).toEqual(verdict));
});

describe('how much a robot says', () => {
  it('is never more than twenty messages in any minute, and no notice is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ afterMs: fc.nat(20_000), more: fc.nat(30) }), { maxLength: 40 }), (rings) => {
        let [bucket, at] = [fullBucket(NOW), NOW.getTime()];
        const said: number[] = [];
        const told: number[] = [];
        let waiting: number[] = [];
        let nth = 0;
        for (const { afterMs, more } of [...rings, { afterMs: 60_000, more: 0 }]) {
          at += afterMs;
          waiting.push(...Array.from({ length: more }, () => nth++));
          bucket = refilled(bucket, new Date(at));
          const messages = shareOut(waiting, bucket.tokens);
          bucket = { ...bucket, tokens: bucket.tokens - messages.length };
          expect(bucket.tokens).toBeGreaterThanOrEqual(0);
          said.push(...messages.map(() => at));
          told.push(...messages.flat());
          if (messages.length > 0) waiting = [];
        }
        expect(told).toEqual(Array.from({ length: nth }, (_, n) => n));
        for (const from of said)
          expect(said.filter((one) => one >= from && one < from + 60_000).length).toBeLessThanOrEqual(MESSAGES_PER_MINUTE);
      }),
    );
  }); // prettier-ignore

  it('does not grow when a clock is turned back', () => {
    const spent = { tokens: 2, tokensAt: NOW };
    expect(refilled(spent, new Date(NOW.getTime() - 3_600_000)).tokens).toBe(2);
  });

  it('is one message when there is more than room, and says how many more there are', () => {
    const many = Array.from({ length: 30 }, (_, n) => `第${n}条`);
    const messages = shareOut(many, 3.9);
    expect(messages.map((one) => one.length)).toEqual([1, 1, 28]);
    expect(messageOf(messages[2]!)).toBe('第2条\n第3条\n第4条\n第5条\n第6条\n……另有 23 条通知，请看调度台');
    expect(shareOut(many, 0.9)).toEqual([]);
  });

  it('is given up after three attempts', () => expect([1, 2, 3].map(noticeRetryMs)).toEqual([5000, 20_000, null]));
});
