import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';

const PER_MINUTE = 20;

describe('the allowance of requests', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ REQUESTS_PER_MINUTE: String(PER_MINUTE), TRUST_PROXY: '1' });
  }, 120_000);
  afterAll(() => app?.close());

  const statusOf = async (token: string, address: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': address };
    return (await fetch(`${app.url}/api/v1/me`, { headers })).status;
  };
  const counted = async (times: number, ask: (n: number) => Promise<number>): Promise<Record<number, number>> => {
    const counts: Record<number, number> = {};
    for (let n = 0; n < times; n++) {
      const status = await ask(n);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  };

  it('is one for all made-up tokens of an address, and never that of a session at the same address', async () => {
    const { token } = await app.as('duty.331082');
    expect(await statusOf(token, '192.0.2.1')).toBe(200);
    const made = await counted(PER_MINUTE + 10, () => statusOf(randomBytes(32).toString('base64url'), '192.0.2.1'));
    expect(made).toEqual({ 401: PER_MINUTE, 429: 10 });
    expect(await statusOf(token, '192.0.2.1')).toBe(200);
    expect(await statusOf(randomBytes(32).toString('base64url'), '192.0.2.2')).toBe(401);
  });

  it('ends for a session too, whatever address it comes from', async () => {
    const { token } = await app.as('duty.331000');
    const asked = await counted(PER_MINUTE + 5, (n) => statusOf(token, `198.51.100.${n}`));
    expect(asked).toEqual({ 200: PER_MINUTE, 429: 5 });
  });

  it('believes the address that our proxy saw, not what the caller wrote before it', async () => {
    const made = await counted(PER_MINUTE + 5, (n) =>
      statusOf(randomBytes(32).toString('base64url'), `203.0.113.${n}, 192.0.2.9`),
    );
    expect(made).toEqual({ 401: PER_MINUTE, 429: 5 });
  });

  it('lets nobody keep an answer', async () => {
    const answer = await fetch(`${app.url}/api/v1/alert-links/${'x'.repeat(43)}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
