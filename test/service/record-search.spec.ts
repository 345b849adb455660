import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HealthService } from '../../src/health/health.service.js';
import type { ChainDto, LinesDto } from '../../src/record/record.dto.js';
import { IncidentsService } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { startApp, type TestApp } from '../support/app.js';

const place = { kind: 'flood', placeText: '示范', location: { lon: 121.14, lat: 28.86 } };

describe('the record, searched', () => {
  let app: TestApp;
  let reporter: string;
  const incidents: string[] = [];
  beforeAll(async () => {
    app = await startApp();
    const officer = await app.as('duty.331082');
    reporter = officer.name;
    for (let n = 0; n < 3; n += 1)
      incidents.push((await app.get(IncidentsService).reportIncident(officer, reportIncident.parse(place))).id);
    await app.settled();
  }, 120_000);
  afterAll(() => app?.close());

  const ask = async <T>(account: string, path: string) => {
    const { token } = await app.as(account);
    const answer = await fetch(`${app.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: (await answer.json()) as T & { code?: string } };
  };
  const lines = async (query: string, account = 'auditor.330000') =>
    (await ask<LinesDto>(account, `/journal/lines?${query}`)).body;

  it('is read backwards, page by page, without a line twice or left out', async () => {
    const seen: number[] = [];
    let before: number | null = null;
    do {
      const page: LinesDto = await lines(`limit=2${before === null ? '' : `&before=${before}`}`);
      seen.push(...page.items.map(({ seq }) => seq));
      before = page.nextBefore;
    } while (before !== null);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(new Set(seen).size).toBe(seen.length);
    const [{ count }] = await app.query<{ count: number }>(`select count(*)::int as count from journal where scope && '{/330000/,all}'`) as [{ count: number }]; // prettier-ignore
    expect(seen.length).toBe(count);
  });

  it('is found by what it is about, by whom, and when', async () => {
    const reported = await lines('subject=incident&kind=incident.reported');
    expect(reported.items.map(({ subjectId }) => subjectId)).toEqual([...incidents].reverse());
    expect(reported.items[0]!.data).toMatchObject({ placeText: '示范' });
    expect((await lines(`subjectId=${incidents[1]}`)).items.every(({ subjectId }) => subjectId === incidents[1])).toBe(true); // prettier-ignore
    const mine = await lines(`who=${encodeURIComponent(reporter.slice(0, 2))}&subject=incident`);
    expect(mine.items.length).toBeGreaterThanOrEqual(3);
    expect((await lines('who=%25&subject=incident')).items).toEqual([]); // a sign of patterns is a sign like any other
    expect((await lines('subject=incident&to=2000-01-01T00:00:00Z')).items).toEqual([]);
    expect((await lines('subject=incident&from=2000-01-01T00:00:00Z')).items.length).toBe(reported.items.length);
  });

  it('shows each reader what is theirs, and nothing to those who do not audit', async () => {
    expect((await ask('duty.331082', '/journal/lines')).status).toBe(403);
    expect((await lines('subject=incident', 'admin.330000')).items.length).toBe(3);
    await app.query(
      `update role_grant set society_id = (select id from society where adcode = '330100')
       where user_id = (select id from app_user where account = 'supervisor.330000')`,
    );
    expect((await lines('subject=incident', 'supervisor.330000')).items).toEqual([]);
  });

  it('is checked from the first line to the head, and says where it broke', async () => {
    const whole = (await ask<ChainDto>('admin.330000', '/journal/chain')).body;
    expect(whole).toEqual({ from: 0, to: whole.head, head: whole.head, fault: null });
    expect(whole.head).toBeGreaterThan(2);
    const rest = (await ask<ChainDto>('auditor.330000', '/journal/chain?after=2')).body;
    expect(rest).toEqual({ ...whole, from: 2 });
    const [{ body }] = await app.query<{ body: string }>(`select body from journal where seq = 3`) as [{ body: string }]; // prettier-ignore
    const forge = async (text: string) => {
      await app.query(`alter table journal disable trigger journal_append_only`);
      await app.query(`update journal set body = $1 where seq = 3`, [text]);
      await app.query(`alter table journal enable trigger journal_append_only`);
    };
    await forge(`${body} `);
    expect((await ask<ChainDto>('admin.330000', '/journal/chain')).body.fault).toEqual({ atSeq: 3, kind: 'hash' });
    await forge(body);
    expect((await ask<ChainDto>('admin.330000', '/journal/chain')).body.fault).toBeNull();
  });

  it('is missed where lines were cut off its end, or one out of it', async () => {
    const chain = async (after = 0) => (await ask<ChainDto>('admin.330000', `/journal/chain?after=${after}`)).body;
    const { head } = await chain();
    const without = async (which: string, look: () => Promise<void>) => {
      await app.query(`alter table journal disable trigger journal_append_only`);
      await app.query(`create table cut as select * from journal where ${which}`);
      await app.query(`delete from journal where ${which}`);
      await look();
      await app.query(`insert into journal overriding system value select * from cut`);
      await app.query(`drop table cut`);
      await app.query(`alter table journal enable trigger journal_append_only`);
    };
    await without(`seq > ${head - 2}`, async () => {
      expect(await chain()).toEqual({ from: 0, to: head - 2, head, fault: { atSeq: head - 1, kind: 'gap' } });
      expect((await chain(head - 2)).fault).toEqual({ atSeq: head - 1, kind: 'gap' });
    });
    await without('seq = 2', async () => {
      expect((await chain()).fault).toEqual({ atSeq: 3, kind: 'gap' });
      expect((await chain(2)).fault).toEqual({ atSeq: 2, kind: 'gap' });
    });
    expect(await chain()).toEqual({ from: 0, to: head, head, fault: null });
    expect((await chain(head + 5)).fault).toBeNull();
  });
});

describe('the health of the system', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ METRICS_TOKEN: 'a-token-of-the-test' })), 120_000);
  afterAll(() => app?.close());

  it('measures how late changes are told by the clock that stamped them', async () => {
    app.clock.forward(Date.now() + 20_000 - app.clock.now().getTime()); // twenty seconds ahead of the database, which stamps
    await app.get(IncidentsService).reportIncident(await app.as('duty.331082'), reportIncident.parse(place));
    await app.settled();
    const headers = { authorization: 'Bearer a-token-of-the-test' };
    const text = await (await fetch(`${app.url}/metrics`, { headers })).text();
    const figure = (name: string) => Number(new RegExp(`^chiyuan_commit_to_follower_seconds_${name} (.+)$`, 'm').exec(text)?.[1]); // prettier-ignore
    expect(figure('count')).toBeGreaterThan(0);
    expect(figure('sum') / figure('count')).toBeGreaterThan(15);
    expect((await fetch(`${app.url}/metrics`)).status).toBe(401);
  });

  it('is told in figures to those who keep it, and in a word to anybody', async () => {
    const ask = async (account: string) => {
      const { token } = await app.as(account);
      return fetch(`${app.url}/api/v1/system/health`, { headers: { authorization: `Bearer ${token}` } });
    };
    const health = (await (await ask('admin.330000')).json()) as Awaited<ReturnType<HealthService['system']>>;
    expect(health).toMatchObject({ database: 'ok', queue: 'ok', sealer: 'ok', auditor: 'silent', role: 'web', at: app.clock.now().toISOString() }); // prettier-ignore
    expect(health.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await ask('duty.331082')).status).toBe(403);
    const word = (await (await fetch(`${app.url}/api/health/ready`)).json()) as object;
    expect(word).toMatchObject({ status: 'ok', database: 'ok' });
    expect(word).not.toHaveProperty('version');
    expect(word).not.toHaveProperty('databaseMs');
  });
});
