import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/access/index.js';
import { read } from '../../src/database/index.js';
import { FactsReader } from '../../src/suggestions/facts.js';
import { inputWithinHorizon } from '../../src/suggestions/horizon.rules.js';
import { PlannerService } from '../../src/suggestions/planner.service.js';
import { PlansSoFar } from '../../src/suggestions/plans-so-far.js';
import { findSuggestion } from '../../src/suggestions/suggestion.store.js';
import { PLAIN, SuggestionDesk } from '../service/suggestion-desk.js';
import { CHROMIUM, TestBrowser } from '../support/browser.js';
import { StillWorld } from '../support/still-world.js';

const suite = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) console.warn(`left out: no browser at ${CHROMIUM} (set CHROMIUM)`);

suite('the dispatch page while the planner works', () => {
  let world: StillWorld;
  let browser: TestBrowser;
  beforeAll(async () => {
    world = await StillWorld.open();
    browser = await TestBrowser.launch(world.app.url);
  }, 240_000);
  afterEach(async () => expect(await browser.clearRoom()).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  it('shows the plan so far with its stage and gap, offers no way to send it, and then the answer', async () => {
    const { app } = world;
    const desk = new SuggestionDesk(app);
    const city = await app.as('duty.331000');
    const incident = await desk.flood(city);
    const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
    const { page } = await browser.person(null, {
      serviceWorkers: 'block',
      prepare: async (fresh) => {
        await world.prepare(fresh);
        await world.admit(fresh, 'duty.331000');
      },
    });
    // Not `ready` before it has a proposal: the page waits for one.
    await page.goto(`/#/incidents/${incident.id}/dispatch`);
    await page.getByText('排队计算建议…').waitFor();
    await app.query(`update suggestion set status = 'solving' where id = $1`, [id]);
    const row = (await read(app.db, (tx) => findSuggestion(tx, id)))!;
    const facts = await app.get(FactsReader).gather(row);
    const plan = await app.get(PlannerService).plan(inputWithinHorizon(facts));
    const by = { db: app.db, clock: app.clock, actor: systemActor('suggestions') };
    const soFar = new PlansSoFar(by, row, facts);
    soFar.note({ stage: 'goals', plan: { ...plan, gap: 0.125 } });
    await soFar.end();
    const shown = page.locator('.so-far');
    await shown.getByText('目前的方案，仍在改进：正在逐个目标安排队伍').waitFor();
    expect(await shown.getByRole('status').innerText()).toContain('12.5 %');
    expect(await shown.locator('ol > li').count()).toBe(plan.lines.length);
    expect(await shown.locator('input, button').count()).toBe(0);
    expect(await page.locator('.dispatch-confirm button:enabled').count()).toBe(0);
    await app.query(`update suggestion set status = 'queued' where id = $1`, [id]);
    await desk.solver().solve(id);
    await page.locator('.proposal .lines input').first().waitFor();
    expect(await shown.count()).toBe(0);
  }, 120_000);
});
