import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutgoingAlert, ProviderRefused } from '../../src/alerts/index.js';
import { Mailer } from '../../src/alerts/mail/mailer.service.js';
import { readConfig } from '../../src/config.js';
import { newId } from '../../src/shared/ids.js';
import { MailServer, type Manner } from '../support/mail-server.js';

const NOW = new Date('2026-07-21T03:00:00Z');
const mail = (more: Partial<OutgoingAlert> = {}): OutgoingAlert => ({
  deliveryId: newId(), channel: 'mail', to: 'li@station.test', personName: '李队', kind: 'deploy', exercise: false, severity: 'II',
  incidentTitle: '临海洪水', incidentKind: 'flood', headcount: 6, placeText: '临海古城', teamName: '临海水上救援队', unitCode: 'A', message: '带上冲锋舟',
  link: 'https://desk.test/phone.html#/a/x', at: NOW, maybeSent: [], ...more,
}); // prettier-ignore

describe('the line to the mail server', () => {
  let server: MailServer;
  beforeAll(async () => void (server = await MailServer.open()));
  afterAll(() => server?.close());
  beforeEach(() => {
    server.be();
    server.got.length = 0;
  });

  const settings = (url = `smtp://127.0.0.1:${server.port}`) => readConfig({ NODE_ENV: 'test', SMTP_URL: url, MAIL_FROM: 'dispatch@redcross.test' }); // prettier-ignore
  const mailer = (url?: string) => new Mailer(settings(url));
  const sending = (manner: Partial<Manner>) => {
    server.be(manner);
    return mailer().send(mail());
  };
  const header = (name: string, text: string) => new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(text)?.[1]?.replace(/\r\n[ \t]/g, ' '); // prettier-ignore
  const body = (text: string) => {
    const [head, ...rest] = text.split('\r\n\r\n');
    const encoded = rest.join('\r\n\r\n');
    const base64 = /content-transfer-encoding: base64/i.test(head!);
    return base64
      ? Buffer.from(encoded, 'base64').toString('utf8')
      : Buffer.from(
          encoded.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        ).toString('utf8'); // prettier-ignore
  };
  const words = (encoded: string) => encoded.replace(/\?= =\?/g, '?==?').replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, said: string) =>
    how.toUpperCase() === 'B' ? Buffer.from(said, 'base64').toString('utf8') : Buffer.from(said.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')); // prettier-ignore

  it('brings the words, the link and who it is from, to one reader, and asks for no answer by mail', async () => {
    const alert = mail();
    expect(await mailer().send(alert)).toBe('handed');
    const [got] = server.got;
    expect(server.got).toHaveLength(1);
    expect([got!.from, got!.to]).toEqual(['dispatch@redcross.test', 'li@station.test']);
    expect(words(header('Subject', got!.text)!)).toBe('【请立即答复】临海洪水：临海水上救援队 能否出动');
    expect(words(header('From', got!.text)!)).toBe('红十字应急调度 <dispatch@redcross.test>');
    expect(header('Auto-Submitted', got!.text)).toBe('auto-generated');
    expect(header('Message-ID', got!.text)).toBe(`<${alert.deliveryId}@redcross.test>`);
    const text = body(got!.text);
    expect(text).toContain('带上冲锋舟');
    expect(text).toContain('https://desk.test/phone.html#/a/x');
    expect(text).toContain('回信不会有人看到');
  });

  it('is marked as a drill at both ends, in the subject too', async () => {
    await mailer().send(mail({ exercise: true }));
    const { text } = server.got[0]!;
    expect(words(header('Subject', text)!)).toMatch(/^【演练】.*【演练】$/);
    expect(body(text)).toMatch(/^【演练】.*【演练】/);
  });

  it('is the same mail for the reader where an attempt before may have left', async () => {
    const first = newId();
    await mailer().send(mail({ maybeSent: [first, newId()] }));
    expect(header('Message-ID', server.got[0]!.text)).toBe(`<${first}@redcross.test>`);
  });

  it('cannot be led to say more by what somebody wrote', async () => {
    const title = '洪水\r\nBcc: all@station.test';
    await mailer().send(mail({ incidentTitle: title, personName: '李队" <other@station.test>, "' }));
    const { text, to } = server.got[0]!;
    expect(to).toBe('li@station.test');
    expect(header('Bcc', text)).toBeUndefined();
    expect(server.got).toHaveLength(1);
  });

  it.each<[string, Partial<Manner>, string]>([
    ['no such mailbox', { to: '550 5.1.1 no such user' }, 'ESMTP550'],
    ['a sender that it does not know', { from: '553 not yours' }, 'ESMTP553'],
    ['a mail that it will not have', { taken: '554 refused' }, 'ESMTP554'],
  ])('is refused for good: %s', async (_, manner, code) => {
    const asked = sending(manner);
    await expect(asked).rejects.toThrow(ProviderRefused);
    await expect(asked).rejects.toMatchObject({ code });
  });

  it.each<[string, Partial<Manner>, string]>([
    ['a full disk', { taken: '452 later' }, 'ESMTP452'],
    ['a grey list', { to: '451 4.7.1 come again' }, 'ESMTP451'],
    ['a server that serves nobody now', { greeting: '554 no service' }, 'ESMTP554'],
    ['another protocol', { greeting: 'HTTP/1.1 400 Bad Request' }, 'EGARBLED'],
    ['nonsense behind the mail', { taken: 'what?' }, 'EGARBLED'],
    ['a line that is cut before a word', { greeting: 'cut' }, 'ECONNRESET'],
    ['a line that is cut in the middle of the mail', { cutAfterBytes: 200 }, 'ECONNRESET'],
    ['a line that is cut behind the mail', { taken: 'cut' }, 'ECONNRESET'],
  ])('fails and may be tried again: %s', async (_, manner, code) => {
    const asked = sending(manner);
    await expect(asked).rejects.toMatchObject({ code });
    await expect(asked).rejects.not.toThrow(ProviderRefused);
  });

  it('says that nobody listens', async () => {
    await expect(mailer('smtp://127.0.0.1:9').send(mail())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('does not wait for a server that is silent, nor send later what it gave up', async () => {
    const silent = [{ greeting: null }, { hello: null }, { taken: null }] as const;
    const begun = performance.now();
    await Promise.all(silent.map(async (manner) => {
      const own = await MailServer.open();
      own.be(manner);
      await expect(mailer(`smtp://127.0.0.1:${own.port}`).send(mail())).rejects.toMatchObject({ code: 'ETIMEDOUT' });
      await own.close(); // would hang on a line that is still open
    })); // prettier-ignore
    expect(performance.now() - begun).toBeLessThan(18_000);
  }, 30_000);

  it('has ten lines at a time, and tells who gets no turn', async () => {
    const own = await MailServer.open();
    own.be({ taken: null });
    const [one, all] = [mailer(`smtp://127.0.0.1:${own.port}`), Array.from({ length: 14 }, () => mail())];
    const codes = await Promise.all(all.map((each) => one.send(each).catch(({ code }: { code: string }) => code)));
    expect(own.most).toBe(10);
    expect(codes.filter((code) => code === 'EBUSY')).toHaveLength(4);
    expect(codes.filter((code) => code === 'ETIMEDOUT')).toHaveLength(10);
    own.be();
    expect(await one.send(mail())).toBe('handed');
    await own.close();
  }, 30_000);

  it('will not send in the clear to another machine, and needs to know who it is', async () => {
    expect(() => readConfig({ NODE_ENV: 'test', SMTP_URL: 'smtp://127.0.0.1:25' })).toThrow('SMTP_URL needs MAIL_FROM');
    expect(() => settings('http://mail.test')).toThrow('SMTP_URL');
    const elsewhere = await MailServer.open('127.0.0.2'); // any address but those that are surely this machine
    await expect(mailer(`smtp://desk:p%40ss@127.0.0.2:${elsewhere.port}`).send(mail())).rejects.toThrow();
    expect(elsewhere.got).toEqual([]);
    await elsewhere.close();
  });
});
