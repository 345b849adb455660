import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import { CHROMIUM, FLAGS } from '../support/browser.js';
import { planBytes, samples } from '../support/plan-bytes.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

type Bytes = ReturnType<typeof planBytes>;

const TIMES = 20;
const ENTRY = new URL('../support/plan-bytes.ts', import.meta.url);
const LOADER = new URL('../support/typescript-loader.mjs', import.meta.url);

/** What a thread of its own answers: `code` has `workerData` and calls `answer`. */
async function inThread<T>(code: string, workerData: Record<string, unknown>): Promise<T> {
  const head = `const { parentPort, workerData } = require('node:worker_threads');
    const answer = (value) => parentPort.postMessage(value);`;
  const worker = new Worker(head + code, { eval: true, execArgv: [], workerData });
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}

/** Reads the sources as they are, as the planner's own thread does. */
const threadBytes = (text: string): Promise<Bytes> =>
  inThread(
    `import(workerData.loader).then(() => import(workerData.entry)).then(({ planBytes }) => answer(planBytes(workerData.times, workerData.text)));`,
    { loader: LOADER.href, entry: ENTRY.href, times: TIMES, text },
  );

/** The core as one script that leaves `core` behind, kept in memory. In a thread, since the bundler refuses what a test's own context made. */
const bundled = (): Promise<string> =>
  inThread(
    `import('vite').then(({ build }) => build(workerData)).then(([{ output }]) => answer(output.map(({ code }) => code).join('')));`,
    {
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        minify: false,
        target: 'es2022',
        lib: { entry: fileURLToPath(ENTRY), formats: ['iife'], name: 'core' },
      },
    },
  );

async function browserBytes(script: string, text: string): Promise<Bytes> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    await page.addScriptTag({ content: `samples = ${JSON.stringify(text)}` });
    return await page.evaluate<Bytes>(`core.planBytes(${TIMES}, samples)`);
  } finally {
    await browser.close();
  }
}

/** Which plans differ, not the megabytes of them. */
const differing = (one: Bytes, other: Bytes): string[] => Object.keys(one).filter((name) => one[name] !== other[name]);

suite('the bytes of a plan', () => {
  it('are the same twenty times over on the server, in a thread of it and in a browser', async () => {
    const text = samples();
    const here = planBytes(TIMES, text);
    expect(here['other plans of the province']).toBe('0');
    expect(JSON.parse(here.province!)).toEqual([expect.objectContaining({ status: 'optimal' }), true]);
    expect(differing(here, await threadBytes(text))).toEqual([]);
    expect(differing(here, await browserBytes(await bundled(), text))).toEqual([]);
  }, 180_000);
});
