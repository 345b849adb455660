import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IncidentsService } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import type { RecordLine } from '../../src/journal/index.js';
import { verifyRecord } from '../../src/journal/verify.rules.js';
import { startApp, type TestApp } from '../support/app.js';

const place = { kind: 'flood', placeText: '示范', location: { lon: 121.14, lat: 28.86 } };

describe('the record of all changes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    await app.get(IncidentsService).reportIncident(await app.as('duty.331082'), reportIncident.parse(place));
    await app.settled();
  }, 120_000);
  afterAll(() => app?.close());

  const take = async (account: string): Promise<Response> => {
    const { token } = await app.as(account);
    return fetch(`${app.url}/api/v1/journal/export`, { headers: { authorization: `Bearer ${token}` } });
  };

  /** Moves the province's auditor to another society for one look. */
  async function auditorAt(adcode: string): Promise<void> {
    await app.query(
      `update role_grant set society_id = (select id from society where adcode = $1)
       where user_id = (select id from app_user where account = 'auditor.330000')`,
      [adcode],
    );
  }

  it('is taken whole by an auditor at the top of the tree, and verifies', async () => {
    const answer = await take('auditor.330000');
    const lines = (await answer.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as RecordLine); // prettier-ignore
    expect(answer.status).toBe(200);
    expect(lines.length).toBeGreaterThan(0);
    expect(verifyRecord(lines)).toMatchObject({ ok: true, lines: lines.length });
  });

  it('is not for an auditor of a part, nor for one of a partner, though nobody stands above a partner', async () => {
    for (const adcode of ['331082', '331000', '341000']) {
      await auditorAt(adcode);
      expect((await take('auditor.330000')).status).toBe(403);
    }
    await auditorAt('330000');
    expect((await take('auditor.330000')).status).toBe(200);
    expect((await take('admin.330000')).status).toBe(403);
  });
});

describe('one spelling of what is kept and what is told', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()), 120_000);
  afterAll(() => app?.close());

  it('writes ids in small letters, whoever made them', async () => {
    const { token } = await app.as('duty.331082');
    const id = randomUUID().toUpperCase();
    const answer = await fetch(`${app.url}/api/v1/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...place, id }),
    });
    expect(((await answer.json()) as { id: string }).id).toBe(id.toLowerCase());
    const again = await fetch(`${app.url}/api/v1/incidents/${id}`, { headers: { authorization: `Bearer ${token}` } });
    expect(again.status).toBe(200);
  });

  it('refuses half characters, and line breaks in names', () => {
    for (const bad of [{ placeText: 'a\ud800b' }, { title: 'a\nb' }, { reporter: { name: 'a\rb' } }])
      expect(reportIncident.safeParse({ ...place, ...bad }).success).toBe(false);
    for (const good of [{ placeText: '𠮷野家 😀' }, { whatHappened: 'a\nb' }])
      expect(reportIncident.safeParse({ ...place, ...good }).success).toBe(true);
  });
});
