import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Page } from 'playwright-core';
import {
  axeFaults, CHROMIUM, DESK, PHONE, type Person, type Program, rawKeys, startProgram, TestBrowser,
} from '../support/browser.js'; // prettier-ignore
import { DEMO_PASSWORD } from '../support/database.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

const KEEPER = 'keeper.WH-331000-1';
/** SHOTS=folder keeps what was seen, for eyes. */
const SHOTS = process.env.SHOTS;
/** The viewer of the browser at three times the size of the paper, without its tools. */
const ENLARGED = '#toolbar=0&navpanes=0&zoom=300';
const LABEL = { width: 720, height: 480 };
const FRAMES = 30;

interface Named {
  id: string;
  code: string;
}

suite('a code by camera or photo', () => {
  let program: Program;
  let browser: TestBrowser;
  let folder: string;
  let bin: Named;
  let lot: Named;
  let label: Record<'bin' | 'lot', Buffer>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chiyuan-camera-'));
    program = await startProgram();
    await print();
    // Chromium plays this file as what its camera sees: the same label, frame after frame.
    const film = join(folder, 'label.mjpeg');
    writeFileSync(film, Buffer.concat(Array.from({ length: FRAMES }, () => label.bin)));
    const flags = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
    browser = await TestBrowser.launch(program.url, flags);
  }, 240_000);
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Our own labels as they come out of the printer: the page that prints them, seen by the viewer of a browser. */
  const print = async (): Promise<void> => {
    const viewer = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    try {
      const context = await viewer.newContext({ viewport: LABEL, locale: 'zh-CN', baseURL: program.url });
      await context.request.post('/api/v1/sessions', { data: { account: KEEPER, password: DEMO_PASSWORD } });
      const list = async <T>(path: string) => ((await (await context.request.get(`/api/v1/${path}`)).json()) as { items: T[] }).items; // prettier-ignore
      const store = (await list<Named>('warehouses?limit=500')).find(
        ({ code }) => code === KEEPER.replace('keeper.', ''),
      )!;
      bin = (await list<Named>(`warehouses/${store.id}/bins`))[0]!;
      lot = (await list<Named>('lots?limit=1'))[0]!;
      const taken = async (kind: string, id: string) => {
        const page = await context.newPage();
        await page.goto(`/api/v1/stock/labels/${kind}.pdf?ids=${id}&size=60x40${ENLARGED}`);
        return drawnLabel(page);
      };
      label = { bin: await taken('bin', bin.id), lot: await taken('lot', lot.id) };
    } finally {
      await viewer.close();
    }
  };
  const scanner = async (sitting: object = {}): Promise<Person> => browser.person(KEEPER, { viewport: PHONE, path: '/#/scan', ...sitting }); // prettier-ignore
  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
  const faults = async (page: Page) => [...(await axeFaults(page)), ...(await rawKeys(page))];
  const shot = async (page: Page, name: string) => SHOTS && void (await page.screenshot({ path: join(SHOTS, `camera-${name}.png`) })); // prettier-ignore

  it('finds the bin and the lot of our own printed labels on a photo', async () => {
    const { page } = await scanner();
    expect(await page.locator('input[type="file"]').getAttribute('capture')).toBe('environment');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    expect(await faults(page)).toEqual([]);
    await shot(page, 'ways');
    await choose(page, 'bin.jpg', label.bin);
    await page.locator('.scan-card h2', { hasText: bin.code }).waitFor();
    await page.locator('.scan-card').getByText('货位', { exact: true }).waitFor();
    expect(await faults(page)).toEqual([]);
    await choose(page, 'lot.jpg', label.lot);
    await page.locator('.scan-card').getByText(`批次 ${lot.code}`).waitFor();
    expect(asked.filter((path) => path.includes('zxing_reader')).length).toBeGreaterThan(0);
    await shot(page, 'found');
  }, 60_000);

  const unfold = (page: Page) => page.getByRole('button', { name: '摄像头扫码' }).first().click();

  it('fills a line of a receipt, and an item wherever one is picked', async () => {
    const { page } = await scanner({ path: '/#/keeper/receipt' });
    await unfold(page);
    expect(await faults(page)).toEqual([]);
    await choose(page, 'lot.jpg', label.lot);
    await page.locator('.receipt-line .item-chosen b').waitFor();
    expect(await page.getByLabel('批号').inputValue()).toBe(lot.code);
    await shot(page, 'receipt');
    await page.goto('/#/keeper/ledger');
    await unfold(page);
    await choose(page, 'bin.jpg', label.bin);
    await page.getByText('这个码不是品种或批次').waitFor();
    await choose(page, 'lot.jpg', label.lot);
    await page.locator('.item-chosen b').first().waitFor();
  }, 60_000);

  it('leads a count to the bin and the lot that lie before the camera', async () => {
    const { page } = await scanner({ path: '/#/keeper/counts' });
    await page.getByRole('button', { name: '开始盘点' }).click();
    await page.locator('.count-line').waitFor();
    await page.locator('.count-bins .button').last().click();
    await unfold(page);
    expect(await faults(page)).toEqual([]);
    await choose(page, 'bin.jpg', label.bin);
    await page.locator('.count-bins [aria-current="true"]', { hasText: bin.code }).waitFor();
    await unfold(page);
    await choose(page, 'lot.jpg', label.lot);
    await page.locator('.count-line').getByText(`批号 ${lot.code}`).waitFor();
    await shot(page, 'count');
  }, 60_000);

  it('loads its reader only when it is used', async () => {
    const asked: string[] = [];
    await scanner({ prepare: (page: Page) => void page.on('request', (request) => asked.push(request.url())) });
    expect(asked.filter((url) => /decode\.worker|zxing/.test(url))).toEqual([]);
  });

  it('finds a code that is held before the camera, and turns the camera off', async () => {
    const { page, context } = await scanner({ viewport: DESK, theme: 'light' });
    await context.grantPermissions(['camera']);
    await page.evaluate(`{ const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (asked) => (window.filmed = await real(asked)); }`);
    await page.getByRole('button', { name: '用摄像头扫' }).click();
    await page.locator('.scan-card h2', { hasText: bin.code }).waitFor();
    expect(await page.evaluate('filmed.getTracks().map((track) => track.readyState)')).toEqual(['ended']);
    expect(await page.locator('video').count()).toBe(0);
    await shot(page, 'filmed');
  }, 60_000);

  it('shows what the camera sees until it is closed', async () => {
    const { page } = await scanner();
    // A camera before which nothing is held.
    await page.evaluate(`{ const wall = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
      const paint = () => wall.getContext('2d').fillRect(0, 0, 320, 240);
      navigator.mediaDevices.getUserMedia = async () => { setInterval(paint, 100); return wall.captureStream(10); }; }`);
    await page.getByRole('button', { name: '用摄像头扫' }).click();
    await page.getByText('把条码放在框里').waitFor();
    expect(await faults(page)).toEqual([]);
    await shot(page, 'finder');
    await page.getByRole('button', { name: '关闭摄像头' }).click();
    await page.getByRole('button', { name: '用摄像头扫' }).waitFor();
  });

  it.each([
    ['NotAllowedError', '没有摄像头权限'],
    ['NotFoundError', '这台设备没有摄像头'],
    ['NotReadableError', '摄像头正被别的程序占用'],
    ['TypeError', '摄像头打不开'],
  ])('says what to do when the browser answers %s', async (name, words) => {
    const { page } = await scanner();
    await page.evaluate(`navigator.mediaDevices.getUserMedia = () => Promise.reject(Object.assign(new Error(''), { name: '${name}' }))`); // prettier-ignore
    await page.getByRole('button', { name: '用摄像头扫' }).click();
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    expect(await faults(page)).toEqual([]);
  });

  it('offers the photo where the browser gives no camera, and says what is wrong with a photo', async () => {
    const { page } = await scanner();
    await page.evaluate(`Object.defineProperty(navigator, 'mediaDevices', { value: undefined })`);
    await page.getByRole('button', { name: '用摄像头扫' }).click();
    await page.getByRole('alert').filter({ hasText: 'https' }).waitFor();
    await choose(page, 'note.jpg', Buffer.from('no picture'));
    await page.getByRole('alert').filter({ hasText: '不是照片' }).waitFor();
    await choose(page, 'wall.jpg', await page.screenshot({ type: 'jpeg', clip: { x: 0, y: 0, width: 300, height: 60 } })); // prettier-ignore
    await page.getByRole('alert').filter({ hasText: '没有认出条码' }).waitFor();
    await shot(page, 'no-code');
  });

  it('says of a code that nobody knows that it is not known, and keeps its ways open', async () => {
    browser.expectRefusal('/api/v1/stock/scans', 422);
    const { page } = await scanner({ path: `/#/scan/${encodeURIComponent('https://example.invalid/x')}` });
    await page.getByRole('alert').filter({ hasText: '其他网站' }).waitFor();
    await choose(page, 'bin.jpg', label.bin);
    await page.locator('.scan-card h2', { hasText: bin.code }).waitFor();
  });

  it('reads without network once it was used', async () => {
    const person = await scanner();
    await person.page.evaluate('navigator.serviceWorker.ready');
    await person.page.reload();
    await choose(person.page, 'bin.jpg', label.bin);
    await person.page.locator('.scan-card h2', { hasText: bin.code }).waitFor();
    const kept = `caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys())))).then((all) => all.flat().map(({ url }) => url))`;
    await person.page.waitForFunction(`(async () => { const kept = await ${kept}; return ['decode.worker', 'zxing_reader'].every((name) => kept.some((url) => url.includes(name))); })()`); // prettier-ignore
    await browser.cutLink(person, true);
    await choose(person.page, 'wall.jpg', await person.page.screenshot({ type: 'jpeg', clip: { x: 0, y: 0, width: 300, height: 60 } })); // prettier-ignore
    // The reader worked: without it the page would say that it was not loaded.
    await person.page.getByRole('alert').filter({ hasText: '没有认出条码' }).waitFor();
    await browser.cutLink(person, false);
  }, 60_000);
});

/** Waits until the viewer has drawn: two pictures in a row with ink on them that are the same. */
async function drawnLabel(page: Page): Promise<Buffer> {
  let last = '';
  for (let turn = 0; turn < 40; turn += 1) {
    await page.waitForTimeout(500);
    const now = (await page.screenshot({ type: 'png' })).toString('base64');
    if (now === last && turn > 3) return page.screenshot({ type: 'jpeg', quality: 92 });
    last = now;
  }
  throw new Error('the label was not drawn');
}
