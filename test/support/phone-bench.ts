import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM, FLAGS } from './browser.js';
import { buildPages, Mast } from './mast.js';

/** A phone at a mast of its own for each test. */
export interface PhoneStand {
  mast: Mast;
  context: BrowserContext;
  page: Page;
  /** Of the phone's page. */
  url: string;
}

/** The phone's pages, built once for a suite, and one browser to look at them. */
export class PhoneBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'chiyuan-web-'));
  private browser?: Browser;
  private stand?: PhoneStand;

  async open(): Promise<void> {
    buildPages(this.folder);
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }

  async afresh(): Promise<PhoneStand> {
    await this.leave();
    const mast = new Mast(this.folder);
    const url = await mast.stand();
    const context = await this.browser!.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    this.stand = { mast, context, page: await context.newPage(), url };
    return this.stand;
  }

  private async leave(): Promise<void> {
    await this.stand?.context.close();
    this.stand?.mast.server.close();
  }

  async close(): Promise<void> {
    await this.leave();
    await this.browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
