import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { nearestExcluded } from '../../src/suggestions/excluded.rules.js';
import { type Facts, hashOf } from '../../src/suggestions/facts.rules.js';
import { explainHorizon, inputWithinHorizon } from '../../src/suggestions/horizon.rules.js';
import { PlannerService } from '../../src/suggestions/planner.service.js';
import { type SuggestionDto, suggestionDto } from '../../src/suggestions/suggestions.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { DESKS, dismiss, knownUnits, PLAIN, SuggestionDesk, unitsOf } from './suggestion-desk.js';

describe('from a question to a proposal', () => {
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

  it('answers at once and is solved later, on every console', async () => {
    const goods = { itemId: await desk.item('FK01'), units: 60, priority: 2 };
    const people = { speciality: 'water', headcount: 12, priority: 1, neededBy: '2026-07-21T12:00:00+08:00' };
    const incident = await desk.flood(city, { capabilities: [people], items: [goods] });
    const asked = await expectConsoleAgrees(app, DESKS, () => desk.suggestions().ask(city, incident.id, PLAIN));
    expect(asked).toMatchObject({
      status: 'queued',
      lines: [],
      trigger: 'asked',
      requestedBy: city.name,
      version: 1,
    });
    await expectConsoleAgrees(app, DESKS, () => desk.solver().solve(asked.id));
    const solved = await desk.suggestions().suggestion(city, asked.id);
    expect(suggestionDto.parse(solved)).toEqual(solved);
    expect(solved).toMatchObject({
      status: 'proposed',
      unmet: [],
      gap: 0,
      planStatus: 'optimal',
      fallback: null,
      failure: null,
    });
    const teams = solved.lines.filter((line) => line.kind === 'team');
    expect(teams.reduce((sum, line) => sum + line.headcount, 0)).toBeGreaterThanOrEqual(12);
    const supplies = solved.lines.filter((line) => line.kind === 'supply');
    expect(supplies.reduce((sum, line) => sum + line.units, 0)).toBe(60);
    expect(solved.lines.every((line) => line.reasons.length > 0)).toBe(true);
    await desk.solver().solve(asked.id);
    expect((await desk.suggestions().suggestion(city, asked.id)).version).toBe(solved.version);
  });

  it('keeps what it was made from: the same plan comes out again', async () => {
    const incident = await desk.flood(city, { capabilities: [{ speciality: 'medical', headcount: 9, priority: 1 }] });
    const solved = await desk.proposal(city, incident.id, { horizon: 3 });
    const [kept] = await app.query<{ input: Facts }>(`select input from suggestion where id = $1`, [solved.id]);
    const again = await app.get(PlannerService).plan(inputWithinHorizon(kept!.input));
    expect(hashOf(kept!.input)).toBe(solved.inputHash);
    expect([again.lines, again.stages]).toEqual([solved.lines, solved.stages]);
    const { unmet, excluded } = explainHorizon(kept!.input, again);
    const { excludedMore } = solved;
    expect({ unmet, ...nearestExcluded(kept!.input, excluded) }).toEqual({
      unmet: solved.unmet,
      excluded: solved.excluded,
      excludedMore,
    });
  });

  it('replaces the older proposal, and only then', async () => {
    const incident = await desk.flood(city);
    const first = await desk.proposal(city, incident.id);
    const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
    expect((await desk.suggestions().suggestion(city, first.id)).status).toBe('proposed');
    await expectConsoleAgrees(app, DESKS, () => desk.solver().solve(id));
    expect((await desk.rows(incident.id)).map(({ status }) => status)).toEqual(['superseded', 'proposed']);
  });

  it('lets a question that was asked later win, in whatever order they are solved', async () => {
    const incident = await desk.flood(city);
    const first = await desk.suggestions().ask(city, incident.id, PLAIN);
    app.clock.forward(1000);
    const second = await desk.suggestions().ask(city, incident.id, PLAIN);
    await desk.solver().solve(second.id);
    await desk.solver().solve(first.id);
    expect((await desk.rows(incident.id)).map(({ status }) => status)).toEqual(['superseded', 'proposed']);
  });

  it('plans with what the asker could send: own subtree, and what is held above', async () => {
    const incident = await desk.flood(city, { capabilities: [{ speciality: 'water', headcount: 40, priority: 1 }] });
    const county = await app.as('duty.331082');
    const reach = async (officer: Actor) => desk.pathsOfUnits(knownUnits(await desk.proposal(officer, incident.id)));
    const [ofCity, ofProvince, ofCounty] = [await reach(city), await reach(province), await reach(county)];
    expect(ofCity.every((path) => path.startsWith('/330000/331000/') || path === '/330000/')).toBe(true);
    expect(ofProvince.some((path) => !path.startsWith('/330000/331000/'))).toBe(true);
    const own = ['/330000/331000/331082/', '/330000/331000/', '/330000/'];
    expect(ofCounty.every((path) => path.startsWith(own[0]!) || own.includes(path))).toBe(true);
    expect(ofProvince.length).toBeGreaterThan(ofCity.length);
    expect((await desk.rows(incident.id)).map(({ status }) => status)).toEqual(['proposed', 'proposed', 'proposed']);
  });

  it('sends the unit that the desk names and leaves out the one it does not want', async () => {
    const incident = await desk.flood(city);
    const [best] = unitsOf(await desk.proposal(city, incident.id));
    const without = await desk.proposal(city, incident.id, { locks: [{ unitId: best, use: 'never' }] });
    const [other] = unitsOf(without);
    expect(other).not.toBe(best);
    const named = await desk.proposal(city, incident.id, { locks: [{ unitId: other, use: 'must' }] });
    expect(unitsOf(named)).toContain(other);
    const stranger = '0198a000-0000-7000-8000-000000000000';
    const unknown = await desk.proposal(city, incident.id, { locks: [{ unitId: stranger, use: 'must' }] });
    const line = { kind: 'team', unitId: stranger, reason: { code: 'outside-authority', params: {} } };
    expect(unknown.excluded).toContainEqual(line);
  });

  it('says what is missing and why', async () => {
    const incident = await desk.flood(city, {
      capabilities: [{ speciality: 'water', headcount: 1900, priority: 1 }],
    });
    const solved = await desk.proposal(city, incident.id);
    expect(solved.unmet).toEqual([
      { needId: incident.needs.capabilities[0]!.id, missing: expect.any(Number), cause: expect.any(Object) },
    ]);
    expect(solved.unmet[0]!.missing).toBeGreaterThan(0);
  });

  it('refuses those who may not decide, and an incident that has ended', async () => {
    const incident = await desk.flood(city);
    const auditor = await app.as('auditor.330000');
    const elsewhere = await app.as('duty.330100');
    const ask = (actor: Actor) => desk.suggestions().ask(actor, incident.id, PLAIN);
    await expect(ask(auditor)).rejects.toMatchObject({ code: 'access.denied' });
    await expect(ask(elsewhere)).rejects.toMatchObject({ code: 'incident.not-found' });
    const proposal = await desk.proposal(city, incident.id);
    await expect(desk.suggestions().suggestion(elsewhere, proposal.id)).rejects.toMatchObject({
      code: 'suggestion.not-found',
    });
    const { version } = proposal;
    const reject = { version, reason: '不合适' };
    await expect(desk.suggestions().reject(auditor, proposal.id, reject)).rejects.toMatchObject({
      code: 'access.denied',
    });
    await expect(desk.suggestions().accept(elsewhere, proposal.id, { version })).rejects.toMatchObject({
      code: 'suggestion.not-found',
    });
    await expect(desk.suggestions().accept(auditor, proposal.id, { version })).rejects.toMatchObject({
      code: 'access.denied',
    });
    await dismiss(app, city, incident);
    await expect(ask(city)).rejects.toMatchObject({ code: 'incident.step-not-allowed' });
  });

  it('lists what was suggested, newest first, by pages', async () => {
    const incident = await desk.flood(city);
    for (let n = 0; n < 3; n++) {
      app.clock.forward(1000);
      await desk.proposal(city, incident.id);
    }
    const first = await desk.suggestions().suggestions(city, incident.id, { limit: 2 });
    expect(first.items.map(({ status }) => status)).toEqual(['proposed', 'superseded']);
    const rest = await desk.suggestions().suggestions(city, incident.id, { limit: 2, cursor: first.nextCursor! });
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null]);
  });

  it('speaks HTTP as the contract says', async () => {
    const incident = await desk.flood(city);
    const { token } = await app.as('duty.331000');
    const call = async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${app.url}/api/v1${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return {
        status: answer.status,
        body: (await answer.json()) as SuggestionDto & { code: string; items: unknown[] },
      };
    };
    const path = `/incidents/${incident.id}/suggestions`;
    const asked = await call('POST', path, {});
    expect([asked.status, asked.body.status]).toEqual([202, 'queued']);
    const id = '0198a000-0000-7000-8000-00000000a5ce';
    const own = [await call('POST', path, { id }), await call('POST', path, { id })];
    expect(own.map(({ status, body }) => [status, body.id])).toEqual([[202, id], [202, id]]); // prettier-ignore
    expect((await call('POST', path, { id, horizon: 4 })).body.code).toBe('idempotency.mismatch');
    await desk.solver().solve(asked.body.id);
    const solved = await call('GET', `/suggestions/${asked.body.id}`);
    expect([solved.status, solved.body.status]).toEqual([200, 'proposed']);
    expect((await call('GET', `${path}?limit=1`)).body.items).toHaveLength(1);
    const stale = await call('POST', `/suggestions/${asked.body.id}/accept`, { version: 1 });
    expect([stale.status, stale.body.code]).toEqual([409, 'suggestion.stale']);
    const wrong = await call('POST', `/suggestions/${asked.body.id}/reject`, { version: 1 });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'request.invalid']);
    const accepted = await call('POST', `/suggestions/${asked.body.id}/accept`, { version: solved.body.version });
    expect(accepted.status).toBe(200);
  });
});
