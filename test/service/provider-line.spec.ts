import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutgoingAlert, ProviderRefused } from '../../src/alerts/index.js';
import { ListedChannel } from '../../src/alerts/channel.service.js';
import { Gateway } from '../../src/alerts/providers/gateway.service.js';
import { RobotCaller } from '../../src/alerts/robots/robot-caller.service.js';
import { RobotKey } from '../../src/alerts/robots/robot-key.js';
import { readConfig } from '../../src/config.js';
import { Clock } from '../../src/shared/clock.js';
import { newId } from '../../src/shared/ids.js';
import { json, ProviderServer } from '../support/provider-server.js';

const SECRET = 'what-we-show-the-gateway';
const NOW = new Date('2026-07-21T03:00:00Z');
class StandingClock extends Clock {
  override now(): Date {
    return NOW;
  }
}
const message = (): OutgoingAlert => ({
  deliveryId: newId(), channel: 'sms', to: '13800138000', personName: '示范', kind: 'deploy', exercise: false, severity: 'II', incidentTitle: '洪水', incidentKind: 'flood', headcount: 6,
  placeText: '临海', teamName: '示范队', unitCode: 'A', message: '', link: 'https://desk.test/phone.html#/a/x', at: NOW, maybeSent: [],
}); // prettier-ignore

describe('the line to a provider', () => {
  let provider: ProviderServer;
  let other: ProviderServer;
  beforeAll(async () => {
    [provider, other] = await Promise.all([1, 2].map(() => ProviderServer.open((_, response) => json(response, 200, { status: 'accepted', errcode: 0 })))) as [ProviderServer, ProviderServer]; // prettier-ignore
  });
  afterAll(() => Promise.all([provider?.close(), other?.close()]));
  beforeEach(() => void (provider.asked.length = other.asked.length = 0));

  const settings = (more: Record<string, string> = {}) => readConfig({ NODE_ENV: 'test', SMS_GATEWAY_URL: `${provider.url}/send`, SMS_GATEWAY_SECRET: SECRET, ROBOT_LOOPBACK: '1', ...more }); // prettier-ignore
  const gateway = (more = {}) => new Gateway('sms', settings(more), new StandingClock());
  const robot = () => ({ id: newId(), kind: 'wecom' as const, webhook: `${provider.url}/cgi-bin/webhook/send?key=12345678`, secret: null }); // prettier-ignore
  const answering = (answer: ProviderServer['answer']) => void (provider.answer = answer);

  it('shows a fixed secret where that is what was set', async () => {
    expect(await gateway({ SMS_GATEWAY_AUTH: 'bearer' }).send(message())).toBe('handed');
    const { headers } = provider.asked[0]!;
    expect(headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(headers['chiyuan-signature']).toBeUndefined();
  });

  it('follows no redirect, wherever it leads', async () => {
    answering((_, response) => void response.writeHead(307, { location: `${other.url}/send` }).end());
    await expect(gateway().send(message())).rejects.toThrow(ProviderRefused);
    expect(await new RobotCaller(new StandingClock(), settings(), new RobotKey(settings())).say(robot(), '词')).toMatchObject({ failure: 'EHTTP307' }); // prettier-ignore
    expect(other.asked).toEqual([]);
  });

  it('reads no more of an answer than an answer can be', async () => {
    answering((_, response) => void response.writeHead(200).end(`{"status":"accepted","x":"${'x'.repeat(100_000)}"}`));
    await expect(gateway().send(message())).rejects.toMatchObject({ code: 'EGARBLED' });
  });

  it('says what is wrong with the line', async () => {
    const gone = await ProviderServer.open(() => undefined);
    const url = `${gone.url}/send`;
    await gone.close();
    await expect(gateway({ SMS_GATEWAY_URL: url }).send(message())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is given up after ten seconds, also where an answer has begun', async () => {
    answering((_, response) => void response.writeHead(200).write('{"status":'));
    const [sent, said] = await Promise.all([
      gateway().send(message()).catch((error: { code: string }) => error.code),
      new RobotCaller(new StandingClock(), settings(), new RobotKey(settings())).say(robot(), '词'),
    ]); // prettier-ignore
    expect([sent, said]).toEqual(['ETIMEDOUT', { sent: false, failure: 'ETIMEDOUT', tooMuch: false }]);
  }, 30_000);

  it('leads nowhere from a drill, and not to this machine once trials are over (D12)', async () => {
    const drill = { ...settings(), drill: { number: 1, schema: 'drill_1', path: '/drill/1', listed: [], outbox: '' } };
    expect(await new RobotCaller(new StandingClock(), drill, new RobotKey(drill)).say(robot(), '词')).toMatchObject({
      failure: 'EDRILL',
    });
    const over = settings({ ROBOT_LOOPBACK: '0' });
    expect(await new RobotCaller(new StandingClock(), over, new RobotKey(over)).say(robot(), '词')).toMatchObject({
      failure: 'EWEBHOOK',
    });
    expect(provider.asked).toEqual([]);
  });

  it('is open in a drill to the telephones of its list alone, marked, and once for each message (D12)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chiyuan-drill-'));
    const drill = { number: 1, schema: 'drill_1', path: '/drill/1', listed: ['13800138000'], outbox: folder };
    const config = { ...settings(), DATA_DIR: folder, drill };
    answering((_, response) => json(response, 200, { status: 'accepted' }));
    const left: string[] = [];
    const door = new ListedChannel(config, new Gateway('sms', config, new StandingClock()), async ({ to }) => void left.push(to)); // prettier-ignore
    await door.send(message());
    await door.send({ ...message(), channel: 'link' });
    await door.send({ ...message(), to: '13900139000' });
    expect(provider.asked.map(({ body }) => [body.to, body.exercise])).toEqual([['13800138000', true]]);
    expect(provider.asked[0]!.body.text).toMatch(/^【演练】.*请先写“演练1”）【演练】$/);
    expect(left).toEqual(['13800138000']);
    expect(
      readFileSync(join(folder, 'outbox', 'drill.log'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(2);
    rmSync(folder, { recursive: true });
  });

  it('is not opened by settings that would tell secrets or numbers to everybody', () => {
    const faulty = (more: Record<string, string>) => () => readConfig({ NODE_ENV: 'production', DATABASE_URL: 'postgres://x', ...more }); // prettier-ignore
    const secret = { SMS_GATEWAY_SECRET: SECRET };
    expect(faulty({ SMS_GATEWAY_URL: 'http://sms.test/send', ...secret })).toThrow('SMS_GATEWAY_URL must be https');
    expect(faulty({ SMS_GATEWAY_URL: 'https://sms.test/send' })).toThrow('needs SMS_GATEWAY_SECRET');
    expect(faulty({ SMS_STATUS_URL: 'https://sms.test/status' })).toThrow('needs SMS_GATEWAY_URL');
    expect(faulty({ SMS_GATEWAY_URL: 'https://sms.test/send', SMS_STATUS_URL: 'http://sms.test/status', ...secret })).toThrow('SMS_STATUS_URL must be https'); // prettier-ignore
    expect(faulty({ SMS_CALLBACK_SECRET: 'short' })).toThrow('SMS_CALLBACK_SECRET');
    expect(faulty({ ROBOT_LOOPBACK: '1' })).toThrow('ROBOT_LOOPBACK');
    expect(faulty({ SMS_GATEWAY_URL: 'http://127.0.0.1:9000/send', ...secret })).not.toThrow();
  });
});
