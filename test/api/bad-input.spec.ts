import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signatureOf } from '../../src/alerts/providers/signature.rules.js';
import { openApi } from '../../src/app.js';
import { startApp, type TestApp } from '../support/app.js';
import { fieldsOf, type Route, routesOf, sample, withField } from '../support/openapi.js';

const HOSTILE = [
  "'; drop table incident; --",
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  '\u202e\ufeff\ud83d\ude00',
];
const ROLES = ['dutyOfficer', 'dutyLead', 'keeper', 'checker', 'auditor', 'supervisor', 'administrator'];
/** Tables that a refused request may touch: who asked, and how often. */
const NOT_CONTENT = ['session', 'app_user', 'migrations', 'spatial_ref_sys', 'command_answer'];
/** Call-backs of providers know no session: what they are told is signed. */
const SIGNED = /\/providers\/(sms|voice)\/(receipts|replies)$/;
const SECRET = 'a secret of call-backs';
const VOICE_SECRET = 'what-calls-are-signed-with';

interface Answer {
  status: number;
  type: string;
  body: { code?: string; status?: number; title?: string; errors?: { pointer: string }[] };
}

function parsed(text: string, what: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    throw new Error(`${what}: says JSON and sends ${JSON.stringify(text.slice(0, 80))}`);
  }
}

/** Every case asks every route, hundreds of requests each. */
jest.setTimeout(240_000);

describe('bad input to every route', () => {
  let app: TestApp;
  let routes: Route[];
  let token: string;

  beforeAll(async () => {
    app = await startApp({ SMS_CALLBACK_SECRET: SECRET, VOICE_CALLBACK_SECRET: VOICE_SECRET });
    routes = routesOf(openApi(app.nest) as never);
    const [user] = await app.query<{ id: string; societyId: string }>(
      `select u.id, s.id as "societyId" from app_user u, society s where u.account = 'duty.330000' and s.adcode = '330000'`,
    );
    for (const role of ROLES) {
      await app.query(`insert into role_grant (id, user_id, role, society_id) values ($1, $2, $3, $4) on conflict do nothing`, [
        randomUUID(), user!.id, role, user!.societyId,
      ]); // prettier-ignore
    }
    token = (await app.as('duty.330000')).token;
  }, 120_000);
  afterAll(() => app?.close());

  function signed(body: string, path: string): Record<string, string> {
    const secret = path.includes('/voice/') ? VOICE_SECRET : SECRET;
    const timestamp = String(Math.floor(app.clock.now().getTime() / 1000));
    return { 'chiyuan-timestamp': timestamp, 'chiyuan-signature': signatureOf(secret, timestamp, body) };
  }
  const content = async (): Promise<string> => {
    const tables = await app.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'chiyuan' and not tablename = any($1) order by 1`,
      [NOT_CONTENT],
    );
    const counts = await Promise.all(
      tables.map(({ name }) => app.query<{ n: number }>(`select count(*) as n from ${name}`)),
    );
    return tables.map(({ name }, n) => `${name} ${counts[n]![0]!.n}`).join('\n');
  };

  async function send(
    route: Route,
    body: string | undefined,
    headers: Record<string, string> = {},
    path = route.path,
  ): Promise<Answer> {
    const url = `${app.url}${path.replace(/\{\w+\}/g, () => randomUUID())}`;
    const response = await fetch(url, {
      method: route.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(SIGNED.test(path) && headers.authorization === undefined ? signed(body ?? '', path) : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      type,
      body: /\/(problem\+)?json/.test(type) ? parsed(text, `${route.method} ${path}`) : {},
    };
  }

  /** What is wrong with a refusal, or nothing: a problem, with its code and a sentence, never our own fault. */
  function flaw(route: Route, answer: Answer, allowed: (status: number) => boolean): string[] {
    const name = `${route.method} ${route.path}`;
    if (!allowed(answer.status)) return [`${name}: ${answer.status} ${answer.body.code ?? ''}`];
    if (answer.status < 400) return [];
    if (!answer.type.startsWith('application/problem+json')) return [`${name}: ${answer.status} as ${answer.type}`];
    if (
      !answer.body.code ||
      !answer.body.title ||
      answer.body.title === answer.body.code ||
      answer.body.status !== answer.status
    ) {
      return [`${name}: ${JSON.stringify(answer.body)}`];
    }
    return [];
  }

  async function expectRefused(work: (route: Route) => Promise<string[]>, of: Route[]): Promise<void> {
    const before = await content();
    const flaws: string[] = [];
    for (const route of of) flaws.push(...(await work(route)));
    expect(flaws).toEqual([]);
    expect(await content()).toBe(before);
  }
  const writes = () => routes.filter((route) => route.body);

  it('knows the routes', () => {
    expect(routes.length).toBeGreaterThan(40);
    expect(writes().length).toBeGreaterThan(20);
  });

  it('refuses malformed JSON', async () => {
    for (const text of ['{"a":', 'nonsense', '[1,2', '"text"', '\u0000']) {
      await expectRefused(async (route) => flaw(route, await send(route, text), (status) => status === 400), writes());
    }
  });

  it('refuses bodies over the limit', async () => {
    const huge = JSON.stringify({ text: 'x'.repeat(10_000_000) });
    await expectRefused(async (route) => {
      const answer = await send(route, huge).catch(() => null); // the server may hang up before all is sent
      return answer ? flaw(route, answer, (status) => status === 413) : [];
    }, writes());
  });

  it('refuses each field of a wrong type, and text that is too long, with a pointer to it', async () => {
    await expectRefused(async (route) => {
      const good = sample(route.body!);
      const flaws: string[] = [];
      for (const { trail, schema } of fieldsOf(route.body!)) {
        const wrong =
          schema.type === 'string'
            ? [{ bad: 1 }, 'x'.repeat(SIGNED.test(route.path) ? 50_000 : 100_000)] // a call-back may be 64 KB
            : schema.type === 'array'
              ? ['text']
              : schema.properties || schema.type === 'object' // a map takes any object
                ? ['text', [1]]
                : ['text', [1], { bad: 1 }];
        for (const value of schema.enum ? ['no such value'] : wrong) {
          const answer = await send(route, JSON.stringify(withField(good, trail, value)));
          const pointer = `/${trail.join('/')}`;
          flaws.push(...flaw(route, answer, (status) => status === 400).map((text) => `${text} for ${pointer}`));
          if (
            answer.status === 400 &&
            !answer.body.errors?.some(
              (error) => pointer.startsWith(error.pointer) || error.pointer.startsWith(`${pointer}/`),
            )
          )
            flaws.push(`${route.path}: no pointer to ${pointer}`);
        }
      }
      return flaws;
    }, writes());
  });

  it('takes hostile text as text', async () => {
    const flaws: string[] = [];
    for (const route of writes()) {
      for (const text of HOSTILE)
        flaws.push(
          ...flaw(route, await send(route, JSON.stringify(sample(route.body!, text))), (status) => status < 500),
        );
    }
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const text of HOSTILE) {
        const query = new URLSearchParams(Object.fromEntries(route.query.map(({ name }) => [name, text])));
        flaws.push(
          ...flaw(
            route,
            await send(route, undefined, {}, `${route.path}?${query.toString()}`),
            (status) => status < 500,
          ),
        );
        const path = route.path.replace(/\{\w+\}/g, encodeURIComponent(text));
        if (path !== route.path)
          flaws.push(...flaw(route, await send(route, undefined, {}, path), (status) => status >= 400 && status < 500));
      }
    }
    expect(flaws).toEqual([]);
  });

  it('refuses control characters', async () => {
    await expectRefused(async (route) => {
      const flaws: string[] = [];
      for (const { trail, schema } of fieldsOf(route.body!)) {
        if (schema.type !== 'string' || schema.enum || trail.at(-1) === 'password') continue;
        const answer = await send(route, JSON.stringify(withField(sample(route.body!), trail, 'a\u0000b')));
        flaws.push(
          ...flaw(route, answer, (status) => status >= 400 && status < 500).map(
            (text) => `${text} for ${trail.join('/')}`,
          ),
        );
      }
      return flaws;
    }, writes());
  });

  it('answers 404 for ids that do not exist', async () => {
    const withId = routes.filter(
      (route) => route.path.includes('{') && route.method === 'GET' && !route.path.includes('alert-links'),
    );
    expect(withId.length).toBeGreaterThan(5);
    await expectRefused(async (route) => flaw(route, await send(route, undefined), (status) => status === 404), withId);
  });

  it('answers made-up cursors as a page or as a bad request', async () => {
    const report: Route = { method: 'POST', path: '/api/v1/incidents', body: undefined, query: [] };
    const body = JSON.stringify({ kind: 'flood', location: { lon: 121.14, lat: 28.86 }, placeText: '示范' });
    const { body: incident } = (await send(report, body)) as Answer & { body: { id: string } };
    const lists = routes.filter(({ query }) => query.some(({ name }) => name === 'cursor'));
    expect(lists.length).toBeGreaterThan(10);
    const parts = ['x', '\u0000', 'infinity', randomUUID(), 1e300, -1.5, 2 ** 53 + 2];
    const flaws: string[] = [];
    for (const route of lists) {
      for (const made of [...parts.map((part) => [part]), ...parts.flatMap((a) => parts.map((b) => [a, b]))]) {
        const cursor = Buffer.from(JSON.stringify(made)).toString('base64url');
        const path = `${route.path.replace('{id}', incident.id)}?cursor=${cursor}`;
        const answer = await send(route, undefined, {}, path);
        flaws.push(
          ...flaw(route, answer, (status) => [200, 400, 404].includes(status)).map((f) => `${f} ${made.join()}`),
        );
      }
    }
    expect(flaws).toEqual([]);
  });

  it('refuses bad tokens', async () => {
    const closed = routes.filter(
      ({ path }) => !/health|sessions$|metrics|(alert|channel-test)-links|public|^\/s\//.test(path),
    );
    for (const authorization of ['Bearer nonsense', `Bearer ${'a'.repeat(43)}`, 'Basic YTpi', '']) {
      await expectRefused(async (route) => {
        const body = route.body ? JSON.stringify(sample(route.body)) : undefined;
        return flaw(route, await send(route, body, { authorization }), (status) => status === 401);
      }, closed);
    }
  });

  it('refuses cookies that come from another site', async () => {
    const route = routes.find(({ path, method }) => path === '/api/v1/users' && method === 'POST')!;
    for (const origin of ['https://elsewhere.example', 'null', '::::', 'file://']) {
      const headers = { authorization: '', cookie: `chiyuan_session=${token}`, origin };
      await expectRefused(
        async () =>
          flaw(route, await send(route, JSON.stringify(sample(route.body!)), headers), (status) => status === 403),
        [route],
      );
    }
  });

  it('refuses an idempotency key used for other content, and one that is no key', async () => {
    const route = routes.find(({ path, method }) => path === '/api/v1/incidents' && method === 'POST')!;
    const body = { kind: 'flood', location: { lon: 121.14, lat: 28.86 }, placeText: '示范' };
    const first = await send(route, JSON.stringify(body), { 'idempotency-key': 'once' });
    expect(first.status).toBe(201);
    expect((await send(route, JSON.stringify(body), { 'idempotency-key': 'once' })).body).toEqual(first.body);
    await expectRefused(async () => {
      const other = await send(route, JSON.stringify({ ...body, placeText: '别处' }), { 'idempotency-key': 'once' });
      const none = await send(route, JSON.stringify(body), { 'idempotency-key': 'x'.repeat(5000) });
      return [...flaw(route, other, (status) => status === 409), ...flaw(route, none, (status) => status === 400)];
    }, [route]);
  });

  it('answers unknown addresses and methods as problems', async () => {
    const nowhere: Route = { method: 'GET', path: '/api/v1/nowhere', body: undefined, query: [] };
    expect(flaw(nowhere, await send(nowhere, undefined), (status) => status === 404)).toEqual([]);
    const broken: Route = { method: 'GET', path: '/api/v1/incidents/%E0%A4%A', body: undefined, query: [] };
    expect(flaw(broken, await send(broken, undefined), (status) => status === 400)).toEqual([]);
  });
});
