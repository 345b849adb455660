import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { AssignmentService } from '../../src/dispatch/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { DESKS, PLAIN, SuggestionDesk, unitsOf } from './suggestion-desk.js';

describe('a decision on a suggestion', () => {
  let app: TestApp;
  let desk: SuggestionDesk;
  let city: Actor;
  let province: Actor;
  beforeAll(async () => {
    app = await startApp();
    desk = new SuggestionDesk(app);
    city = await app.as('duty.331000');
    province = await app.as('duty.330000');
  }, 180_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  it('becomes one mission, all of it', async () => {
    const goods = { itemId: await desk.item('FK01'), units: 20, priority: 2 };
    const people = { speciality: 'water', headcount: 8, priority: 1 };
    const incident = await desk.flood(city, { capabilities: [people], items: [goods] });
    const { id, version, lines } = await desk.proposal(city, incident.id);
    const mission = await expectConsoleAgrees(app, DESKS, () => desk.suggestions().accept(city, id, { version }));
    expect(mission).toMatchObject({ incidentId: incident.id, suggestionId: id });
    expect(mission.assignments.map(({ unitId }) => unitId).toSorted()).toEqual(
      lines.flatMap((line) => (line.kind === 'team' ? [line.unitId] : [])).toSorted(),
    );
    const supplied = mission.supplyOrders.flatMap((order) => order.lines).reduce((sum, line) => sum + line.units, 0);
    expect(supplied).toBe(20);
    expect(await desk.suggestions().suggestion(city, id)).toMatchObject({
      status: 'accepted', missionId: mission.id, decidedBy: city.name,
    }); // prettier-ignore
    await desk.refresh().refresh(incident.id, 'dispatch');
    expect(await desk.rows(incident.id)).toHaveLength(1);
  });

  it('is followed by the next candidate when the team says no', async () => {
    const incident = await desk.flood(city, { capabilities: [{ speciality: 'medical', headcount: 4, priority: 1 }] });
    const { id, version } = await desk.proposal(city, incident.id);
    const [sent] = (await desk.suggestions().accept(city, id, { version })).assignments;
    const assignments = app.get(AssignmentService);
    await assignments.takeStep(city, sent!.id, 'decline', { version: sent!.version, reason: '人在外地' });
    const next = await desk.proposal(city, incident.id);
    expect(unitsOf(next)).toHaveLength(1);
    expect(unitsOf(next)).not.toContain(sent!.unitId);
    const left = next.excluded.find(({ unitId }) => unitId === sent!.unitId);
    expect(left?.reason.code).toBe('said-no');
    const named = await desk.proposal(city, incident.id, { locks: [{ unitId: sent!.unitId, use: 'must' }] });
    expect(unitsOf(named)).toContain(sent!.unitId);
  });

  it('takes only the chosen lines', async () => {
    const goods = { itemId: await desk.item('FK01'), units: 10, priority: 2 };
    const people = { speciality: 'relief', headcount: 6, priority: 1 };
    const incident = await desk.flood(city, { capabilities: [people], items: [goods] });
    const { id, version, lines } = await desk.proposal(city, incident.id);
    const goodsAt = lines.findIndex(({ kind }) => kind === 'supply');
    const none = desk.suggestions().accept(city, id, { version, lineIndexes: [] });
    await expect(none).rejects.toMatchObject({ code: 'suggestion.nothing-chosen' });
    const beyond = desk.suggestions().accept(city, id, { version, lineIndexes: [lines.length] });
    await expect(beyond).rejects.toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/lineIndexes/0' }] });
    const mission = await expectConsoleAgrees(app, DESKS, () =>
      desk.suggestions().accept(city, id, { version, lineIndexes: [goodsAt] }),
    );
    expect([mission.assignments.length, mission.supplyOrders.length]).toEqual([0, 1]);
    await desk.refresh().refresh(incident.id, 'dispatch');
    const rest = (await desk.rows(incident.id)).at(-1)!;
    expect(rest).toMatchObject({ status: 'queued', trigger: 'dispatch' });
    await desk.solver().solve(rest.id);
    const solved = await desk.suggestions().suggestion(city, rest.id);
    expect(new Set(solved.lines.map(({ kind }) => kind))).toEqual(new Set(['team']));
  });

  it('lets only one of two officers accept the same suggestion', async () => {
    // Goods, because there is enough for all four: only the suggestion itself stands in the way.
    const items = [{ itemId: await desk.item('FK01'), units: 2, priority: 1 }];
    for (let round = 0; round < 5; round++) {
      const incident = await desk.flood(city, { items });
      const { id, version } = await desk.proposal(city, incident.id);
      const outcomes = await Promise.allSettled(
        [city, province, city, province].map((officer) => desk.suggestions().accept(officer, id, { version })),
      );
      const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(lost.map(({ code }) => code)).toEqual(['suggestion.stale', 'suggestion.stale', 'suggestion.stale']);
      expect(await desk.count('mission', incident.id)).toBe(1);
      expect(await desk.rows(incident.id)).toHaveLength(1);
    }
  });

  it('answers a repeated request with the mission that it made', async () => {
    const incident = await desk.flood(city, { capabilities: [{ speciality: 'medical', headcount: 3, priority: 1 }] });
    const { id, version } = await desk.proposal(city, incident.id);
    const actor = { ...city, command: { key: `accept-${id}`, fingerprint: Buffer.from('a') } };
    const mission = await desk.suggestions().accept(actor, id, { version });
    expect(await desk.suggestions().accept(actor, id, { version })).toEqual(mission);
    await expect(desk.suggestions().accept(city, id, { version })).rejects.toMatchObject({
      code: 'suggestion.stale',
    });
    expect(await desk.count('mission', incident.id)).toBe(1);
  });

  it('sends nothing when a unit was taken meanwhile, and asks anew by itself', async () => {
    const goods = { itemId: await desk.item('FK01'), units: 10, priority: 2 };
    const people = { speciality: 'water', headcount: 8, priority: 1 };
    const incident = await desk.flood(city, { capabilities: [people], items: [goods] });
    const { id, version, ...proposal } = await desk.proposal(city, incident.id);
    const [taken] = unitsOf({ id, version, ...proposal });
    const other = await desk.flood(city);
    const order = { assignments: [{ teamUnitId: taken! }], supplies: [] };
    await desk.dispatch().dispatchMission(city, other.id, order);
    app.clock.forward(1000);
    await expectConsoleAgrees(app, DESKS, async () => {
      const accepting = desk.suggestions().accept(city, id, { version });
      await expect(accepting).rejects.toMatchObject({
        code: 'suggestion.stale',
        status: 409,
        params: { cause: 'team.not-available' },
      });
    });
    const counts = await Promise.all(
      (['mission', 'assignment', 'supply_order'] as const).map((table) => desk.count(table, incident.id)),
    );
    expect(counts).toEqual([0, 0, 0]);
    const fresh = (await desk.rows(incident.id)).at(-1)!;
    expect(fresh).toMatchObject({ status: 'queued', trigger: 'stale' });
    await desk.solver().solve(fresh.id);
    expect(unitsOf(await desk.suggestions().suggestion(city, fresh.id))).not.toContain(taken);
    expect((await desk.suggestions().suggestion(city, id)).status).toBe('superseded');
  });

  it('sends nothing when the goods were promised to others meanwhile', async () => {
    const itemId = await desk.item('FK01');
    const incident = await desk.flood(city, { items: [{ itemId, units: 30, priority: 1 }] });
    const { id, version, lines } = await desk.proposal(city, incident.id);
    const line = lines.find((one) => one.kind === 'supply')!;
    const other = await desk.flood(city);
    const rest = line.units + line.availableAfter - Math.floor(line.units / 2);
    const supplies = [{ warehouseId: line.warehouseId, itemId, units: rest }];
    await desk.dispatch().dispatchMission(city, other.id, { assignments: [], supplies });
    const accepting = desk.suggestions().accept(city, id, { version });
    await expect(accepting).rejects.toMatchObject({
      code: 'suggestion.stale', params: { cause: 'stock.insufficient', requested: line.units },
    }); // prettier-ignore
    expect(await desk.count('supply_order', incident.id)).toBe(0);
    expect((await desk.rows(incident.id)).at(-1)).toMatchObject({ status: 'queued', trigger: 'stale' });
  });

  it('is refused when it is not the proposal that the officer saw', async () => {
    const incident = await desk.flood(city);
    const first = await desk.proposal(city, incident.id);
    const stale = { code: 'suggestion.stale' };
    await expect(desk.suggestions().accept(city, first.id, { version: first.version - 1 })).rejects.toMatchObject(
      stale,
    );
    const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
    await expect(desk.suggestions().accept(city, id, { version: 1 })).rejects.toMatchObject(stale);
    await desk.solver().solve(id);
    await expect(desk.suggestions().accept(city, first.id, { version: first.version })).rejects.toMatchObject(stale);
    expect(await desk.count('mission', incident.id)).toBe(0);
  });

  it('may be no, and the same facts do not bring it back', async () => {
    const incident = await desk.flood(city);
    const { id, version } = await desk.proposal(city, incident.id);
    const reason = '已由消防处置';
    const rejected = await expectConsoleAgrees(app, DESKS, () =>
      desk.suggestions().reject(city, id, { version, reason }),
    );
    expect(rejected).toMatchObject({ status: 'rejected', decisionReason: reason, decidedBy: city.name });
    await expect(desk.suggestions().reject(city, id, { version, reason })).rejects.toMatchObject({
      code: 'suggestion.stale',
    });
    await desk.refresh().refresh(incident.id, 'teams');
    expect(await desk.rows(incident.id)).toHaveLength(1);
  });
});
