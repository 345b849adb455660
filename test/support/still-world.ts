import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { DemoService } from '../../src/demo/demo.service.js';
import { startApp, type TestApp } from './app.js';
import { DEMO_PASSWORD, WORLD_NOW } from './database.js';

const WEB = 'dist/web';

/** The demo on a clock that stands: what a page shows of it depends on nothing but the code. */
export class StillWorld {
  private constructor(readonly app: TestApp) {}

  static async open(): Promise<StillWorld> {
    if (!existsSync(join(WEB, 'index.html'))) throw new Error(`${WEB} is missing: npm run build`);
    const app = await startApp();
    const data = generateDemo({ now: WORLD_NOW });
    const demo = app.get(DemoService);
    for (const incident of data.incidents) {
      await demo['report'](incident, data);
      app.clock.forward(1000); // equal times would leave the order to chance
    }
    await demo['askForStock'](data);
    await demo['order'].write(data);
    app.clock.forward(1000);
    await demo['duty'].write(data, DEMO_PASSWORD);
    await app.settled();
    return new StillWorld(app);
  }

  /** The pages come from the build, the answers from the application; the page's clock stands where the application's does. */
  async prepare(page: Page): Promise<void> {
    await page.clock.setFixedTime(this.app.clock.now());
    // A page that no server gave has no network of its own in Chromium's eyes: without this its socket is refused.
    await page.context().grantPermissions(['local-network-access']);
    await page.route(
      ({ pathname }) => !/^\/(api|socket\.io)\//.test(pathname),
      (route) => {
        const { pathname } = new URL(route.request().url());
        return route.fulfill({ path: join(WEB, pathname === '/' ? 'index.html' : pathname) });
      },
    );
  }

  /** Signs a browser in; the cookie of an ordinary sign-in would end on a day that has passed by the clock of this machine. */
  async admit(page: Page, account: string): Promise<void> {
    const { token } = await this.app.as(account);
    await page.context().addCookies([{ name: 'chiyuan_session', value: token, url: this.app.url }]);
  }

  close = (): Promise<void> => this.app.close();
}
