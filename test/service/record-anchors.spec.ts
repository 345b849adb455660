import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { DatabaseServer } from '../../src/database/index.js';
import type { HealthService } from '../../src/health/health.service.js';
import { AnchorKey } from '../../src/record/anchors/anchor-key.js';
import type { AnchorDto, AnchorsDto } from '../../src/record/anchors/anchors.dto.js';
import type { ChainDto } from '../../src/record/record.dto.js';
import { AnchorService } from '../../src/record/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { rewrite, unguarded, writeLines } from '../support/record.js';

const DAY_MS = 86_400_000;
const folder = () => mkdtempSync(join(tmpdir(), 'chiyuan-anchors-'));
const sign = (app: TestApp) => app.get(AnchorService).signIfDue();

async function ask<T>(app: TestApp, account: string, path: string) {
  const { token } = await app.as(account);
  const answer = await fetch(`${app.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type'), json<As = T>(): As { return JSON.parse(this.text) as As; } }; // prettier-ignore
}
const page = async (app: TestApp, query = '') =>
  (await ask<AnchorsDto>(app, 'auditor.330000', `/journal/anchors${query}`)).json();
/** Another process: the same database and data folder, a clock that says the same. */
async function another(app: TestApp, settings: Record<string, string>): Promise<TestApp> {
  const other = await startApp({ DATABASE_URL: app.nest.get(DatabaseServer).url, ...settings });
  other.clock.forward(app.clock.now().getTime() - other.clock.now().getTime());
  return other;
}

describe('the daily anchor of the record', () => {
  let app: TestApp;
  let home: string;
  beforeAll(async () => {
    home = folder();
    app = await startApp({ DATA_DIR: home });
  }, 120_000);
  afterAll(async () => {
    await app?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('is not made before there is a line, and the empty list says so', async () => {
    expect(await sign(app)).toBeNull();
    expect(existsSync(join(home, 'keys'))).toBe(false);
    expect(await page(app)).toEqual({
      items: [],
      nextBefore: null,
      state: 'awaited',
      newestAt: null,
      expectedBy: null,
    });
    await writeLines(app, 3);
    expect(await page(app)).toMatchObject({ state: 'awaited', newestAt: null, expectedBy: expect.any(String) });
  });

  it('is signed once a China day over the newest line, whoever asks and however often', async () => {
    const first = (await sign(app))!;
    const [{ seq, hash }] = (await app.query<{ seq: number; hash: string }>(
      `select seq, encode(hash, 'hex') as hash from journal where kind <> 'anchor.signed' order by seq desc limit 1`,
    )) as [{ seq: number; hash: string }];
    expect(first).toMatchObject({ number: 1, day: '2026-07-21', missedDays: 0, seq, hash, signedAt: app.clock.now().toISOString() }); // prettier-ignore
    for (let n = 0; n < 3; n++) expect(await sign(app)).toBeNull();
    app.clock.forward(20 * 3_600_000 + 59 * 60_000); // 23:59
    expect(await sign(app)).toBeNull();
    app.clock.forward(60_000);
    await writeLines(app, 2);
    const second = (await sign(app))!;
    expect(second).toMatchObject({ number: 2, day: '2026-07-22', missedDays: 0 });
    expect(second.seq).toBeGreaterThan(seq + 2); // the line of the first anchor is under the second
    expect((await page(app)).items.map(({ number, holds }) => [number, holds])).toEqual([[2, true], [1, true]]); // prettier-ignore
  });

  it('is a line of the record itself', async () => {
    await app.settled();
    const lines = await app.query<{ body: string; actor: string }>(
      `select body, actor_name as actor from journal where kind = 'anchor.signed' order by seq`,
    );
    expect(lines.map(({ body }) => (JSON.parse(body) as AnchorDto).number)).toEqual([1, 2]);
    expect(lines[0]!.actor).toBe('record.anchor');
    const { items } = await page(app, '?limit=1&before=2');
    const { holds: _, fault: __, newKey: ___, ...told } = items[0]!;
    expect(JSON.parse(lines[0]!.body)).toEqual(told);
  });

  it('is one after a standstill of days, and says how many have none', async () => {
    app.clock.forward(3 * DAY_MS + 3_600_000);
    expect(await page(app)).toMatchObject({ state: 'late', expectedBy: '2026-07-24T16:10:00.000Z' });
    expect(await sign(app)).toMatchObject({ number: 3, day: '2026-07-25', missedDays: 2 });
    expect(await page(app)).toMatchObject({ state: 'made', expectedBy: '2026-07-25T16:10:00.000Z' });
    expect((await page(app)).items).toHaveLength(3);
    app.clock.forward(-4 * DAY_MS); // a clock that was wrong and is set right
    expect(await sign(app)).toBeNull();
    app.clock.forward(4 * DAY_MS);
  });

  it('is one when several processes look at once, and all sign with one key', async () => {
    const other = await another(app, { DATA_DIR: home });
    for (let day = 0; day < 3; day++) {
      for (const one of [app, other]) one.clock.forward(DAY_MS);
      const made = await Promise.all([app, other, app, other, app, other].map(sign));
      expect(made.filter((anchor) => anchor !== null)).toHaveLength(1);
    }
    await other.close();
    const { items } = await page(app);
    expect(items.map(({ number }) => number)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(new Set(items.map(({ keyId }) => keyId)).size).toBe(1);
    expect(items.every(({ holds, newKey }) => holds && !newKey)).toBe(true);
  }, 60_000);

  it('is signed with the same key after a restart, and with the new one after it was changed', async () => {
    app.clock.forward(DAY_MS);
    const restarted = await another(app, { DATA_DIR: home });
    const before = (await page(app)).items[0]!;
    expect(await sign(restarted)).toMatchObject({ number: 7, keyId: before.keyId, publicKey: before.publicKey });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(home, 'keys', 'anchor.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 }); // prettier-ignore
    restarted.clock.forward(DAY_MS);
    const turned = (await sign(restarted))!;
    await restarted.close();
    app.clock.forward(DAY_MS);
    expect(turned.keyId).not.toBe(before.keyId);
    const { items } = await page(app);
    expect(items.slice(0, 3).map(({ number, holds, newKey }) => [number, holds, newKey])).toEqual([[8, true, true], [7, true, false], [6, true, false]]); // prettier-ignore
  }, 60_000);

  it('is read page by page, each held against the one before it, also across pages', async () => {
    const seen: number[] = [];
    let before: number | null = null;
    do {
      const { items, nextBefore }: AnchorsDto = await page(
        app,
        `?limit=3${before === null ? '' : `&before=${before}`}`,
      );
      seen.push(...items.map(({ number }) => number));
      expect(items.every(({ holds }) => holds)).toBe(true);
      before = nextBefore;
    } while (before !== null);
    expect(seen).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('is for those who may browse the record, as a list and as a file', async () => {
    for (const path of ['/journal/anchors', '/journal/anchors/export']) {
      expect((await ask(app, 'duty.331082', path)).status).toBe(403);
      expect((await ask(app, 'admin.330000', path)).status).toBe(200);
    }
    const file = await ask(app, 'auditor.330000', '/journal/anchors/export');
    expect(file.type).toContain('application/x-ndjson');
    const rows = file.text.trimEnd().split('\n').map((row) => JSON.parse(row) as AnchorDto); // prettier-ignore
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(rows[0]).not.toHaveProperty('holds');
  });

  it('is never changed, removed or emptied away', async () => {
    await expect(app.query(`update journal_anchor set seq = 1 where number = 2`)).rejects.toThrow(/append-only/);
    await expect(app.query(`delete from journal_anchor where number = 2`)).rejects.toThrow(/append-only/);
    await expect(app.query(`truncate journal_anchor`)).rejects.toThrow(/append-only/);
  });

  it('is told in the health of the system', async () => {
    const health = (await ask(app, 'admin.330000', '/system/health')).json<Awaited<ReturnType<HealthService['system']>>>(); // prettier-ignore
    expect(health.anchors).toMatchObject({ state: 'made', newestAt: app.clock.now().toISOString() });
    app.clock.forward(DAY_MS);
    const later = (await ask(app, 'admin.330000', '/system/health')).json<typeof health>();
    expect(later.anchors).toMatchObject({ state: 'late', newestAt: health.anchors!.newestAt });
    app.clock.forward(-DAY_MS);
    expect(await (await fetch(`${app.url}/api/health/ready`)).json()).not.toHaveProperty('anchors');
  });
});

describe('a record that was forged', () => {
  let app: TestApp;
  let home: string;
  beforeAll(async () => {
    home = folder();
    app = await startApp({ DATA_DIR: home });
    for (let day = 0; day < 3; day++) {
      await writeLines(app, 4);
      await sign(app);
      await app.settled();
      app.clock.forward(DAY_MS);
    }
  }, 120_000);
  afterAll(async () => {
    await app?.close();
    rmSync(home, { recursive: true, force: true });
  });
  const faults = async () => (await page(app)).items.map(({ number, fault }) => [number, fault]);
  const chain = async () => (await ask<ChainDto>(app, 'admin.330000', '/journal/chain')).json().fault;

  it('is found by the anchors where every hash was computed anew, and the chain shows nothing', async () => {
    const [{ seq, body }] = (await app.query<{ seq: number; body: string }>(
      `select seq, body from journal where seq = (select seq - 1 from journal_anchor where number = 2)`,
    )) as [{ seq: number; body: string }];
    await rewrite(app, seq, JSON.stringify({ word: 'another' }));
    expect(await chain()).toBeNull();
    expect(await faults()).toEqual([[3, 'line'], [2, 'line'], [1, null]]); // prettier-ignore
    await rewrite(app, seq, body);
    expect(await faults()).toEqual([[3, null], [2, null], [1, null]]); // prettier-ignore
  });

  it('is found where its newest lines were cut off and the head set back with them; the next anchor says so too', async () => {
    const [{ seq }] = (await app.query<{ seq: number }>(`select seq from journal_anchor where number = 2`)) as [{ seq: number }]; // prettier-ignore
    await unguarded(app, async () => {
      await app.query(`delete from journal where seq > $1`, [seq]);
      await app.query(`update journal_head set seq = $1, hash = (select hash from journal where seq = $1)`, [seq]);
    });
    expect(await chain()).toBeNull();
    expect(await faults()).toEqual([[3, 'gone'], [2, null], [1, null]]); // prettier-ignore
    expect(await sign(app)).toMatchObject({ number: 4, seq });
    expect(await faults()).toEqual([[4, 'order'], [3, 'gone'], [2, null], [1, null]]); // prettier-ignore
  });

  it('is not hidden by changing the anchors, or by taking one out', async () => {
    await unguarded(
      app,
      async () => {
        await app.query(`update journal_anchor set hash = $1 where number = 3`, ['0'.repeat(64)]);
        expect((await faults())[1]).toEqual([3, 'signature']);
        await app.query(`delete from journal_anchor where number = 3`);
      },
      'journal_anchor',
    );
    expect(await faults()).toEqual([[4, 'order'], [2, null], [1, null]]); // prettier-ignore
  });
});

describe('the key of the anchors', () => {
  const at = (settings: Record<string, string>) => new AnchorKey(readConfig({ NODE_ENV: 'test', ...settings }));

  it('is made once, for its owner alone, however many processes begin at once', async () => {
    const home = folder();
    const keys = await Promise.all(Array.from({ length: 24 }, () => at({ DATA_DIR: home }).load()));
    expect(new Set(keys.map(({ publicKey }) => publicKey)).size).toBe(1);
    expect(readdirSync(join(home, 'keys'))).toEqual(['anchor.pem']);
    expect(statSync(join(home, 'keys', 'anchor.pem')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o700);
    expect((await at({ DATA_DIR: home }).load()).publicKey).toBe(keys[0]!.publicKey);
    rmSync(home, { recursive: true });
  });

  it('is the one that the settings name, which is never made, and only Ed25519', async () => {
    const home = folder();
    const file = join(home, 'given.pem');
    const named = at({ DATA_DIR: join(home, 'data'), ANCHOR_KEY_FILE: file });
    await expect(named.load()).rejects.toThrow(/ENOENT/);
    expect(existsSync(file)).toBe(false);
    const write = (kind: 'ed25519' | 'x25519') => {
      const { privateKey } = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
      writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    };
    write('x25519');
    await expect(named.load()).rejects.toThrow(/no Ed25519 key/);
    write('ed25519');
    expect((await named.load()).publicKey).toMatch(/^MCowBQYDK2Vw/);
    expect(existsSync(join(home, 'data'))).toBe(false);
    rmSync(home, { recursive: true });
  });

  it('is not made anew where its folder cannot be written: no anchor then, and the next look tries again', async () => {
    const home = folder();
    writeFileSync(join(home, 'keys'), 'in the way');
    await expect(at({ DATA_DIR: home }).load()).rejects.toThrow();
    rmSync(join(home, 'keys'));
    mkdirSync(join(home, 'keys'));
    expect((await at({ DATA_DIR: home }).load()).privateKey.asymmetricKeyType).toBe('ed25519');
    expect(readFileSync(join(home, 'keys', 'anchor.pem'), 'utf8')).toContain('PRIVATE KEY');
    rmSync(home, { recursive: true });
  });
});

describe('where jobs run', () => {
  it('an anchor comes by itself soon after the first line of each day', async () => {
    const home = folder();
    const app = await startApp({ ROLE: 'all', DATA_DIR: home });
    const count = async () => (await app.query(`select number from journal_anchor`)).length;
    for (let day = 1; day <= 2; day++) {
      await writeLines(app, 1);
      for (const until = Date.now() + 45_000; (await count()) < day && Date.now() < until;) await sleep(50);
      expect(await count()).toBe(day);
      app.clock.forward(DAY_MS);
    }
    await app.close();
    rmSync(home, { recursive: true });
  }, 120_000);
});
