import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, systemActor } from '../../src/access/index.js';
import { read } from '../../src/database/index.js';
import { FactsReader } from '../../src/suggestions/facts.js';
import { PlannerService } from '../../src/suggestions/planner.service.js';
import type { PlanSoFar } from '../../src/suggestions/planner/planner.types.js';
import { PlansSoFar } from '../../src/suggestions/plans-so-far.js';
import { findSuggestion } from '../../src/suggestions/suggestion.store.js';
import type { SuggestionDto } from '../../src/suggestions/suggestions.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { DESKS, PLAIN, SuggestionDesk } from './suggestion-desk.js';

describe('a plan on the way', () => {
  let app: TestApp;
  let desk: SuggestionDesk;
  let city: Actor;
  let heard: PlanSoFar[];
  beforeAll(async () => {
    app = await startApp();
    desk = new SuggestionDesk(app);
    city = await app.as('duty.331000');
    const planner = app.get(PlannerService);
    // Every stage is told, however quick the plan.
    planner.tellEveryMs = 0;
    const plan = planner.plan.bind(planner);
    planner.plan = (input, hear) => plan(input, (soFar) => void (heard.push(soFar), hear?.(soFar)));
  }, 180_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const needs = async () => ({
    capabilities: [{ speciality: 'water', headcount: 8, priority: 1 }],
    items: [{ itemId: await desk.item('FK01'), units: 20, priority: 2 }],
  });
  const told = (id: string) =>
    app.query<{ kind: string; row: SuggestionDto }>(
      `select kind, body::jsonb as row from journal where subject_id = $1 order by id`,
      [id],
    );

  it('is shown while the planner goes on, stage by stage, and gives way to the answer', async () => {
    heard = [];
    const incident = await desk.flood(city, await needs());
    const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
    await expectConsoleAgrees(app, DESKS, () => desk.solver().solve(id));
    const rows = await told(id);
    const improved = rows.filter(({ kind }) => kind === 'suggestion.improved').map(({ row }) => row);
    expect(improved.length).toBeGreaterThan(0);
    expect(improved.length).toBeLessThanOrEqual(heard.length);
    for (const { status, progress, lines } of improved) {
      expect([status, lines]).toEqual(['solving', []]);
      expect(progress!.lines.length).toBeGreaterThan(0);
      expect(progress!.bound).toBeGreaterThanOrEqual(progress!.needMet);
      expect(progress!.gap).toBeGreaterThanOrEqual(0);
    }
    expect(await desk.suggestions().suggestion(city, id)).toMatchObject({ status: 'proposed', progress: null });
  });

  it('cannot be accepted, and is taken back when the incident it was made for has changed', async () => {
    heard = [];
    const incident = await desk.flood(city, await needs());
    await desk.proposal(city, incident.id);
    const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
    await app.query(`update suggestion set status = 'solving' where id = $1`, [id]);
    const row = (await read(app.db, (tx) => findSuggestion(tx, id)))!;
    const facts = await app.get(FactsReader).gather(row);
    const by = { db: app.db, clock: app.clock, actor: systemActor('suggestions') };
    const first = new PlansSoFar(by, row, facts);
    await expectConsoleAgrees(app, DESKS, async () => {
      first.note(heard[0]!);
      await first.written();
    });
    const shown = await desk.suggestions().suggestion(city, id);
    expect([shown.status, shown.progress?.lines]).toEqual(['solving', heard[0]!.plan.lines]);
    const accepting = desk.suggestions().accept(city, id, { version: shown.version });
    await expect(accepting).rejects.toMatchObject({ code: 'suggestion.stale' });
    expect(await desk.count('mission', incident.id)).toBe(0);
    await desk.need(city, incident, { capabilities: [{ speciality: 'water', headcount: 16, priority: 1 }] });
    first.note(heard[0]!);
    await first.written();
    const { version } = await first.end();
    expect(await desk.suggestions().suggestion(city, id)).toMatchObject({ progress: null, version });
    expect(version).toBe(shown.version + 1);
  });
});
