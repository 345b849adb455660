import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM, FLAGS, PATIENCE_MS } from './browser.js';

/** A browser as it stands on a desk: with a folder that outlives it. It can be killed like one that lost its power. */
export class KeptBrowser {
  readonly folder = mkdtempSync(join(tmpdir(), 'chiyuan-profile-'));
  private child: ChildProcess | undefined;
  private browser: Browser | undefined;

  /** Starts it on its folder and answers its one page. */
  async start(): Promise<Page> {
    const args = [...FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.folder}`];
    this.child = spawn(CHROMIUM, [...args, 'about:blank'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      this.child!.stderr!.on('data', (part: Buffer) => {
        said += part.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      this.child!.once('exit', () => reject(new Error(`the browser did not start: ${said}`)));
    });
    this.browser = await chromium.connectOverCDP(address);
    const [context] = this.browser.contexts();
    context!.setDefaultTimeout(PATIENCE_MS);
    return context!.pages()[0] ?? (await context!.newPage());
  }

  /** Kills it and all its processes at once. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
    await this.browser?.close().catch(() => undefined);
  }

  /** Waits until a text stands in what the pages keep; a browser writes it some seconds after the page did. */
  async wrote(text: string): Promise<void> {
    const folder = join(this.folder, 'Default', 'Local Storage', 'leveldb');
    const forms = [Buffer.from(text, 'utf16le'), Buffer.from(text)];
    for (const until = Date.now() + 3 * PATIENCE_MS; Date.now() < until; await sleep(100)) {
      const files = readdirSync(folder).filter((name) => /\.(log|ldb)$/.test(name));
      if (files.some((name) => forms.some((form) => readFileSync(join(folder, name)).includes(form)))) return;
    }
    throw new Error(`never written: ${text}`);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
