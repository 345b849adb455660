import { createHmac } from 'node:crypto';
import { Problem } from '../../shared/problem.js';
import type { RobotKind } from './robots.dto.js';

interface Address {
  hosts: readonly string[];
  path: RegExp;
  /** The one parameter of the address; null where the key is in its path. */
  key: string | null;
}
/** Where the robots of each provider are called, and nowhere else: whoever may enter an address must not reach the house's own servers by it. */
const ADDRESSES: Record<RobotKind, Address> = {
  dingtalk: { hosts: ['oapi.dingtalk.com'], path: /^\/robot\/send$/, key: 'access_token' },
  wecom: { hosts: ['qyapi.weixin.qq.com'], path: /^\/cgi-bin\/webhook\/send$/, key: 'key' },
  feishu: { hosts: ['open.feishu.cn', 'open.larksuite.com'], path: /^\/open-apis\/bot\/v2\/hook\/([\w-]{8,200})$/, key: null },
}; // prettier-ignore
const LOOPBACK = new Set(['127.0.0.1', '[::1]']);
const KEY = /^[\w-]{8,200}$/;

/**
 * The address of a robot as it is called, put together anew from the only parts that matter, with the end of its key by which people tell it from
 * another. 422 `robot.webhook`. `loopback` lets this machine stand in for the provider.
 */
export function readWebhook(
  kind: RobotKind,
  told: string,
  { loopback }: { loopback: boolean },
): { webhook: string; hint: string } {
  const refused = () => new Problem('robot.webhook', { host: ADDRESSES[kind].hosts[0]! });
  if (!URL.canParse(told)) throw refused();
  const url = new URL(told);
  const { hosts, path, key: name } = ADDRESSES[kind];
  const isOfficial = url.protocol === 'https:' && url.port === '' && hosts.includes(url.hostname);
  const isTrial = loopback && url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  const inPath = path.exec(url.pathname);
  if (!(isOfficial || isTrial) || url.username !== '' || url.password !== '' || !inPath) throw refused();
  const key = name === null ? inPath[1]! : (url.searchParams.get(name) ?? '');
  if (!KEY.test(key)) throw refused();
  return { webhook: `${url.origin}${url.pathname}${name === null ? '' : `?${name}=${key}`}`, hint: key.slice(-4) };
}

/** WeCom robots have no secret of their own: the key in the address is all. 422 `robot.secret`. */
export function mustTakeSecret(kind: RobotKind, secret: string | null): void {
  if (secret !== null && kind === 'wecom') throw new Problem('robot.secret');
}

export interface Robot {
  kind: RobotKind;
  webhook: string;
  secret: string | null;
}
/** The request that says these words in the group, signed as its provider wants it. */
export function requestOf({ kind, webhook, secret }: Robot, words: string, now: Date): { url: string; body: string } {
  if (kind === 'wecom') return { url: webhook, body: JSON.stringify({ msgtype: 'text', text: { content: words } }) };
  if (kind === 'dingtalk') {
    const ms = String(now.getTime());
    const sign = secret === null ? null : hmac(secret, `${ms}\n${secret}`);
    const url = sign === null ? webhook : `${webhook}&timestamp=${ms}&sign=${encodeURIComponent(sign)}`;
    return { url, body: JSON.stringify({ msgtype: 'text', text: { content: words } }) };
  }
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signed = secret === null ? {} : { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') };
  return { url: webhook, body: JSON.stringify({ ...signed, msg_type: 'text', content: { text: words } }) };
}

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');

/** Codes by which a provider says that the robot talks too much: DingTalk, WeCom, Feishu. */
const TOO_MUCH = new Set([130_101, 410_100, 45_009, 9499, 11_232]);
export type RobotVerdict = { sent: true } | { sent: false; failure: string; tooMuch: boolean };

/** Whether the group has the message: only a 0 in so many words says so. */
export function robotVerdict({ status, json }: { status: number; json: unknown }): RobotVerdict {
  const told = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const code = [told.errcode, told.code, told.StatusCode].find((one) => typeof one === 'number');
  if (status === 429) return { sent: false, failure: 'EHTTP429', tooMuch: true };
  if (status < 200 || status >= 300) return { sent: false, failure: `EHTTP${status}`, tooMuch: false };
  if (code === undefined) return { sent: false, failure: 'EGARBLED', tooMuch: false };
  return code === 0 ? { sent: true } : { sent: false, failure: `E${code}`, tooMuch: TOO_MUCH.has(code) };
}
