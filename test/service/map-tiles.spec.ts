import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { zxyToTileId } from 'pmtiles';
import { readConfig } from '../../src/config.js';
import { TileArchive } from '../../src/map-layers/tiles/tile-archive.js';
import { CachedTiles } from '../../src/map-layers/tiles/tile-cache.js';
import { TileProvider } from '../../src/map-layers/tiles/tile-provider.js';
import { MOST_TILE_BYTES, TileFailed } from '../../src/map-layers/tiles/tile-source.js';
import { TILES_PER_MINUTE } from '../../src/map-layers/tiles/tiles.controller.js';
import { startApp, type TestApp } from '../support/app.js';
import { ProviderServer } from '../support/provider-server.js';

const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100, 7)]);
const JPEG = Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), Buffer.alloc(100, 7)]);
const KEY = 'secret-key-of-the-operator';
const picture = (response: ServerResponse, bytes: Buffer, type = 'image/png') => void response.writeHead(200, { 'content-type': type }).end(bytes); // prettier-ignore
const shown = { TILES_PROVIDER: '示范地图', TILES_APPROVAL: 'GS(2024)0650号' };
const tile = { z: 8, x: 213, y: 104 };

let provider: ProviderServer;
let folder: string;
beforeAll(async () => void (provider = await ProviderServer.open((_, response) => picture(response, PNG))));
afterAll(() => provider?.close());
beforeEach(() => {
  provider.asked.length = 0;
  provider.answer = (_, response) => picture(response, PNG);
});
const template = () => `${provider.url}/t/{z}/{x}/{y}?tk=${KEY}`;

describe('the base map on the wire', () => {
  let app: TestApp;
  let plain: TestApp;
  let token: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chiyuan-tiles-'));
    [app, plain] = [await startApp({ ...shown, TILES_URL: template(), TILES_MAX_ZOOM: '12', DATA_DIR: folder }), await startApp()]; // prettier-ignore
    token = (await app.as('duty.331000')).token;
  }, 240_000);
  afterAll(async () => {
    await app?.close();
    await plain?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ask = (path: string, headers: Record<string, string> = {}, url = app.url) =>
    fetch(`${url}/api/v1/map-tiles${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  const code = async (answer: Response) => ((await answer.json()) as { code: string }).code;

  it('is told with its provider and number, and is nothing where none is set', async () => {
    const baseMap = { provider: '示范地图', approvalNo: 'GS(2024)0650号', maxZoom: 12 };
    expect(await (await ask('')).json()).toEqual({ baseMap });
    const own = { authorization: `Bearer ${(await plain.as('duty.331000')).token}` };
    expect(await (await ask('', own, plain.url)).json()).toEqual({ baseMap: null });
    expect(await code(await ask('/8/1/1', own, plain.url))).toBe('map-tile.not-found');
    for (const path of ['', '/8/1/1']) expect((await fetch(`${app.url}/api/v1/map-tiles${path}`)).status).toBe(401);
  });

  it('comes from the provider once, who learns nothing of who asked', async () => {
    const visitor = { cookie: 'other=1', referer: 'http://desk.example/', 'x-forwarded-for': '203.0.113.7' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('/8/213/104', visitor)));
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(answer.headers.get('cache-control')).toBe('private, max-age=86400');
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
    }
    expect(provider.asked.map(({ path }) => path)).toEqual([`/t/8/213/104?tk=${KEY}`]);
    expect(Object.keys(provider.asked[0]!.headers)).not.toEqual(expect.arrayContaining(['cookie']));
    const told = JSON.stringify(provider.asked[0]!.headers);
    for (const secret of [token, 'other=1', 'desk.example', '203.0.113.7']) expect(told).not.toContain(secret);
    provider.answer = (_, response) => void response.destroy();
    expect((await ask('/8/213/104')).status).toBe(200);
    expect(provider.asked.length).toBe(1);
  });

  it('has an end in every direction', async () => {
    const beyond = ['/8/256/1', '/8/1/256', '/13/1/1', '/19/1/1', '/-1/0/0', '/8/1.5/1', '/8/a/1', '/0x8/1/1'];
    for (const path of beyond) expect([path, (await ask(path)).status]).toEqual([path, 404]);
    expect(provider.asked).toEqual([]);
  });

  it('is empty where the provider has nothing, and passes on what the picture is, not what it is called', async () => {
    provider.answer = ({ path }, response) => (path.startsWith('/t/9/1/') ? void response.writeHead(404).end() : picture(response, JPEG, 'text/html')); // prettier-ignore
    expect([(await ask('/9/1/1')).status, (await ask('/9/1/1')).status, provider.asked.length]).toEqual([204, 204, 1]);
    expect((await ask('/9/2/1')).headers.get('content-type')).toBe('image/jpeg');
  });

  it('is refused with a code, not with what the provider sent', async () => {
    provider.answer = (_, response) => picture(response, Buffer.from('<script>alert(1)</script>'));
    const answer = await ask('/9/3/1');
    expect(answer.status).toBe(502);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'map-tile.unavailable' });
    expect(text).not.toContain(KEY);
    expect(text).not.toContain('script');
  });

  it('leaves a session its allowance for everything else', async () => {
    const other = { authorization: `Bearer ${(await app.as('duty.330100')).token}` };
    let refused = 0;
    for (let n = 0; n < TILES_PER_MINUTE + 5; n += 25)
      for (const { status } of await Promise.all(Array.from({ length: 25 }, () => ask('/8/213/104', other))))
        refused += status === 429 ? 1 : 0;
    expect(refused).toBeGreaterThan(0);
    expect((await fetch(`${app.url}/api/v1/me`, { headers: other })).status).toBe(200);
    expect((await ask('/8/213/104')).status).toBe(200);
  }, 300_000);
});

describe('a provider of tiles', () => {
  it('is not waited for, not followed elsewhere, and not read to the end of a flood', async () => {
    const elsewhere = await ProviderServer.open((_, response) => picture(response, PNG));
    const answers: Record<string, (response: ServerResponse) => unknown> = {
      slow: () => undefined,
      drips: (response) => response.writeHead(200).write(PNG),
      moved: (response) => response.writeHead(302, { location: `${elsewhere.url}/x` }).end(),
      broken: (response) => response.writeHead(500).end(),
      forbidden: (response) => response.writeHead(403).end(PNG),
      huge: (response) => response.writeHead(200).end(Buffer.concat([PNG, Buffer.alloc(MOST_TILE_BYTES)])),
      script: (response) => response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg/>'),
      torn: (response) => response.writeHead(200, { 'content-length': '5000' }).write(PNG, () => response.destroy()),
    };
    for (const [name, answer] of Object.entries(answers)) {
      provider.answer = (_, response) => void answer(response);
      const failure = await new TileProvider(template(), { timeoutMs: 400 }).ask(tile).catch((error: unknown) => error);
      expect([name, failure instanceof TileFailed]).toEqual([name, true]);
      expect(String(failure)).not.toContain(KEY);
    }
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  }, 300_000);

  it('is left alone for a while after failing again and again, and asked again then', async () => {
    const asking = new TileProvider(template(), { failures: 3, restMs: 3_600_000 });
    provider.answer = (_, response) => void response.writeHead(500).end();
    for (let n = 0; n < 10; n++) await expect(asking.ask(tile)).rejects.toThrow(TileFailed);
    expect(provider.asked.length).toBe(3);
    const soon = new TileProvider(template(), { failures: 1, restMs: 0 });
    await expect(soon.ask(tile)).rejects.toThrow(TileFailed);
    provider.answer = (_, response) => picture(response, PNG);
    expect(await soon.ask(tile)).toEqual(PNG);
    await expect(asking.ask(tile)).rejects.toThrow('not asked for a while');
  }, 300_000);

  it('is asked for a few tiles at once, and for no endless row of them', async () => {
    const open: ServerResponse[] = [];
    let most = 0;
    provider.answer = (_, response) => {
      most = Math.max(most, open.push(response));
      setTimeout(() => picture(open.splice(open.indexOf(response), 1)[0]!, PNG), 20);
    };
    const asking = new TileProvider(template(), { atOnce: 3, waiting: 5 });
    const ends = await Promise.allSettled(Array.from({ length: 12 }, (_, y) => asking.ask({ ...tile, y })));
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBe(8);
    expect(most).toBe(3);
  });
});

describe('tiles that are kept', () => {
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'chiyuan-tiles-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const own = () => mkdtempSync(join(folder, 'own-'));
  const old = (path: string, ms: number) => utimesSync(path, new Date(Date.now() - ms), new Date(Date.now() - ms));

  it('are asked for anew once they are old, and still shown when the provider is gone', async () => {
    const here = own();
    const tiles = () => new CachedTiles(new TileProvider(template()), here, template());
    await tiles().ask(tile);
    const [name] = readdirSync(here);
    expect(name).not.toContain(KEY);
    old(join(here, name!), 31 * 86_400_000);
    provider.answer = (_, response) => void response.destroy();
    expect(await tiles().ask(tile)).toEqual(PNG);
    expect(provider.asked.length).toBe(2);
    provider.answer = (_, response) => picture(response, JPEG);
    expect(await tiles().ask(tile)).toEqual(JPEG);
    expect(await tiles().ask(tile)).toEqual(JPEG);
    expect(provider.asked.length).toBe(3);
  });

  it('are those of this provider', async () => {
    const here = own();
    await new CachedTiles(new TileProvider(template()), here, template()).ask(tile);
    const other = `${template()}&style=2`;
    await new CachedTiles(new TileProvider(other), here, other).ask(tile);
    expect(provider.asked.length).toBe(2);
  });

  it('stay within their limit, the oldest going first', async () => {
    const here = own();
    const limits = { bytes: 10 * PNG.length, lookBytes: 0 };
    const tiles = new CachedTiles(new TileProvider(template()), here, template(), limits);
    writeFileSync(join(here, 'draft-left-over'), Buffer.alloc(PNG.length));
    old(join(here, 'draft-left-over'), 86_400_000);
    for (let y = 0; y < 30; y++) await tiles.ask({ ...tile, y });
    const names = readdirSync(here);
    expect(names.reduce((sum, name) => sum + statSync(join(here, name)).size, 0)).toBeLessThanOrEqual(limits.bytes);
    expect(names).not.toContain('draft-left-over');
    expect(names.some((name) => name.endsWith('-29'))).toBe(true);
  });

  it('are shown from a disk that takes nothing', async () => {
    const file = join(folder, 'no-folder');
    writeFileSync(file, '');
    expect(await new CachedTiles(new TileProvider(template()), file, template()).ask(tile)).toEqual(PNG);
  });
});

describe('an archive of tiles', () => {
  /** The least that PMTiles 3 asks of a file: header, one directory with one tile, no metadata. */
  const archive = (tileType: number): string => {
    const entry = [1, ...varint(zxyToTileId(tile.z, tile.x, tile.y)), 1, ...varint(PNG.length), 1];
    const header = Buffer.alloc(127);
    header.write('PMTiles', 'latin1');
    header[7] = 3;
    const parts = [127, entry.length, 127 + entry.length, 2, 0, 0, 129 + entry.length, PNG.length, 1, 1, 1];
    parts.forEach((value, n) => header.writeBigUInt64LE(BigInt(value), 8 + 8 * n));
    [1, 1, 1, tileType, 8, 8].forEach((value, n) => header.writeUInt8(value, 96 + n));
    const path = join(mkdtempSync(join(tmpdir(), 'chiyuan-tiles-')), 'a.pmtiles');
    writeFileSync(path, Buffer.concat([header, Buffer.from(entry), Buffer.from('{}'), PNG]));
    return path;
  };
  const varint = (value: number): number[] => value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]; // prettier-ignore

  it('gives its pictures, and nothing where it has none', async () => {
    const opened = await TileArchive.open(archive(2));
    expect(opened.maxZoom).toBe(8);
    expect(await opened.ask(tile)).toEqual(PNG);
    expect(await opened.ask({ ...tile, x: 1 })).toBeNull();
    await opened.close();
  });

  it('is refused at the start when it holds no pictures, or is not there', async () => {
    await expect(TileArchive.open(archive(1))).rejects.toThrow('TILES_FILE is no PMTiles archive of pictures');
    await expect(TileArchive.open('/nowhere.pmtiles')).rejects.toThrow('TILES_FILE cannot be read (ENOENT)');
  });
});

describe('the settings of a base map', () => {
  const read = (env: Record<string, string>) => () => readConfig({ NODE_ENV: 'production', ...env });
  const url = `https://tiles.example/{z}/{x}/{y}?tk=${KEY}`;

  it('refuse a map without provider and approval number, and an address that cannot be one', () => {
    expect(read({ ...shown, TILES_URL: url })().TILES_URL).toBe(url);
    expect(read({ TILES_URL: url })).toThrow('needs TILES_PROVIDER and TILES_APPROVAL');
    expect(read({ TILES_FILE: '/a.pmtiles', TILES_PROVIDER: 'a' })).toThrow('needs TILES_PROVIDER and TILES_APPROVAL');
    expect(read({ ...shown, TILES_APPROVAL: 'none', TILES_URL: url })).toThrow('TILES_APPROVAL');
    expect(read({ ...shown, TILES_URL: url, TILES_FILE: '/a.pmtiles' })).toThrow('set one of them');
    const bad = ['https://tiles.example/{z}/{x}', 'https://{x}.example/{z}/{x}/{y}', 'http://tiles.example/{z}/{x}/{y}', 'http://127.0.0.1/{z}/{x}/{y}', 'file:///{z}/{x}/{y}', `https://a:${KEY}@tiles.example/{z}/{x}/{y}`]; // prettier-ignore
    for (const TILES_URL of bad) expect(read({ ...shown, TILES_URL })).toThrow(/TILES_URL must/);
    expect(() => read({ ...shown, TILES_URL: `http://a.example/{z}/{x}/{y}?tk=${KEY}` })()).not.toThrow(KEY);
    expect(readConfig({ ...shown, NODE_ENV: 'test', TILES_URL: 'http://127.0.0.1:1/{z}/{x}/{y}' }).TILES_MAX_ZOOM).toBe(18); // prettier-ignore
  });
});
