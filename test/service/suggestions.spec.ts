import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { inTransaction } from '../../src/database/index.js';
import { DispatchService } from '../../src/dispatch/index.js';
import { endIncident, type IncidentDto, IncidentsService } from '../../src/incidents/index.js';
import { reportIncident, setNeeds } from '../../src/incidents/incidents.dto.js';
import { nearestExcluded } from '../../src/suggestions/excluded.rules.js';
import { type Facts, hashOf } from '../../src/suggestions/facts.rules.js';
import { explainHorizon, inputWithinHorizon } from '../../src/suggestions/horizon.rules.js';
import { PlannerService } from '../../src/suggestions/planner.service.js';
import { RefreshService } from '../../src/suggestions/refresh.service.js';
import { Router } from '../../src/suggestions/router.js';
import { SolveService } from '../../src/suggestions/solve.service.js';
import { SuggestionService } from '../../src/suggestions/suggestion.service.js';
import { askSuggestion, type SuggestionDto, suggestionDto } from '../../src/suggestions/suggestions.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees } from '../support/console.js';

const DESKS = ['duty.331000', 'duty.330000', 'duty.331082'];
const PLAIN = askSuggestion.parse({});

/** What the desk of a city does before it can ask: a report, verified, with needs. */
class Desk {
  constructor(readonly app: TestApp) {}
  incidents = () => this.app.get(IncidentsService);
  suggestions = () => this.app.get(SuggestionService);
  solver = () => this.app.get(SolveService);
  refresh = () => this.app.get(RefreshService);
  dispatch = () => this.app.get(DispatchService);

  async flood(officer: Actor, needs: object = { capabilities: [{ speciality: 'water', headcount: 8, priority: 1 }] }) {
    const report = { kind: 'flood', severity: 'III', placeText: '临海（示范）', location: { lon: 121.14, lat: 28.85 } };
    const [county] = await this.app.query<{ id: string }>(`select id from society where adcode = '331082'`);
    const input = reportIncident.parse({ ...report, societyId: county!.id });
    const reported = await this.incidents().reportIncident(officer, input);
    const verified = await this.incidents().verifyIncident(officer, reported.id, { version: reported.version });
    return this.need(officer, verified, needs);
  }

  need(officer: Actor, incident: IncidentDto, needs: object): Promise<IncidentDto> {
    return this.incidents().setNeeds(officer, incident.id, setNeeds.parse({ version: incident.version, ...needs }));
  }

  async item(code: string): Promise<string> {
    return (await this.app.query<{ id: string }>(`select id from item where code = $1`, [code]))[0]!.id;
  }

  async proposal(officer: Actor, incidentId: string, ask: object = {}): Promise<SuggestionDto> {
    const { id } = await this.suggestions().ask(officer, incidentId, askSuggestion.parse(ask));
    await this.solver().solve(id);
    return this.suggestions().suggestion(officer, id);
  }

  rows(incidentId: string): Promise<{ id: string; status: string; trigger: string; societyId: string }[]> {
    return this.app.query(
      `select id, status, trigger, society_id as "societyId" from suggestion where incident_id = $1 order by requested_at, id`,
      [incidentId],
    );
  }

  async count(table: 'mission' | 'assignment' | 'supply_order', incidentId: string): Promise<number> {
    const sql = `select count(*)::int as n from ${table} where incident_id = $1`;
    return (await this.app.query<{ n: number }>(sql, [incidentId]))[0]!.n;
  }

  async pathsOfUnits(units: string[]): Promise<string[]> {
    const rows = await this.app.query<{ path: string }>(
      `select s.path from team_unit u join team t on t.id = u.team_id join society s on s.id = t.society_id where u.id = any($1)`,
      [units],
    );
    return rows.map(({ path }) => path);
  }
}

const unitsOf = (suggestion: SuggestionDto) =>
  suggestion.lines.flatMap((line) => (line.kind === 'team' ? [line.unitId] : []));
const knownUnits = (suggestion: SuggestionDto) => [
  ...unitsOf(suggestion),
  ...suggestion.excluded.flatMap(({ unitId }) => (unitId ? [unitId] : [])),
];

describe('suggestions', () => {
  let app: TestApp;
  let desk: Desk;
  let city: Actor;
  let province: Actor;
  beforeAll(async () => {
    app = await startApp();
    desk = new Desk(app);
    city = await app.as('duty.331000');
    province = await app.as('duty.330000');
  }, 180_000);
  afterAll(() => app?.close());

  describe('from a question to a proposal', () => {
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
  });

  describe('a decision', () => {
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

  describe('the scheduler', () => {
    it('asks once for the same facts, and again when they moved', async () => {
      const incident = await desk.flood(city);
      await expectConsoleAgrees(app, DESKS, () => desk.refresh().refresh(incident.id, 'needs'));
      await Promise.all([1, 2, 3].map(() => desk.refresh().refresh(incident.id, 'tick')));
      const [only, ...others] = await desk.rows(incident.id);
      expect([only!.status, others]).toEqual(['queued', []]);
      await desk.solver().solve(only!.id);
      await Promise.all([1, 2, 3].map(() => desk.refresh().refresh(incident.id, 'tick')));
      expect(await desk.rows(incident.id)).toHaveLength(1);
      const more = { capabilities: [{ speciality: 'water', headcount: 16, priority: 1 }] };
      await desk.need(city, incident, more);
      app.clock.forward(1000);
      await Promise.all([1, 2, 3].map(() => desk.refresh().refresh(incident.id, 'needs')));
      expect((await desk.rows(incident.id)).map(({ status }) => status)).toEqual(['proposed', 'queued']);
    });

    it('renews the proposals of other societies as they were asked for', async () => {
      const incident = await desk.flood(city);
      const theirs = await desk.proposal(province, incident.id, { objective: 'few-sources' });
      await desk.need(city, incident, { capabilities: [{ speciality: 'water', headcount: 16, priority: 1 }] });
      app.clock.forward(1000);
      await desk.refresh().refresh(incident.id, 'needs');
      const rows = await desk.rows(incident.id);
      expect(rows).toHaveLength(3);
      const renewed = rows.find(({ id, societyId }) => id !== theirs.id && societyId === theirs.societyId)!;
      expect((await desk.suggestions().suggestion(province, renewed.id)).ask).toEqual(theirs.ask);
    });

    it('retires a proposal when nothing is missing any more, and everything when the incident ends', async () => {
      const incident = await desk.flood(city);
      const { id } = await desk.proposal(city, incident.id);
      const without = await desk.need(city, incident, {});
      app.clock.forward(1000);
      await expectConsoleAgrees(app, DESKS, () => desk.refresh().refresh(incident.id, 'needs'));
      expect((await desk.suggestions().suggestion(city, id)).status).toBe('superseded');
      await desk.suggestions().ask(city, incident.id, PLAIN);
      await dismiss(app, city, without);
      await expectConsoleAgrees(app, DESKS, () => desk.refresh().refresh(incident.id, 'incident'));
      expect((await desk.rows(incident.id)).map(({ status }) => status)).toEqual(['superseded', 'superseded']);
    });

    it('proposes nothing for an incident that ended while it was being solved', async () => {
      const incident = await desk.flood(city);
      const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
      const router = app.nest.get(Router);
      const travel = router.travelMinutes.bind(router);
      router.travelMinutes = async (legs, speed) => {
        await dismiss(app, city, incident);
        return travel(legs, speed);
      };
      await desk.solver().solve(id).finally(() => (router.travelMinutes = travel)); // prettier-ignore
      expect((await desk.suggestions().suggestion(city, id)).status).toBe('superseded');
    });

    it('takes back what a dead process left, three times', async () => {
      const incident = await desk.flood(city);
      const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
      const router = app.nest.get(Router);
      const travel = router.travelMinutes.bind(router);
      router.travelMinutes = () => Promise.reject(new Error('the process is gone'));
      try {
        for (const after of ['queued', 'queued', 'failed']) {
          await expect(desk.solver().solve(id)).rejects.toThrow('gone');
          await desk.solver().sweep();
          expect((await desk.suggestions().suggestion(city, id)).status).toBe('solving');
          app.clock.forward(30_000);
          await expectConsoleAgrees(app, DESKS, () => desk.solver().sweep());
          expect((await desk.suggestions().suggestion(city, id)).status).toBe(after);
        }
      } finally {
        router.travelMinutes = travel;
      }
      expect((await desk.suggestions().suggestion(city, id)).failure).toBe('solve-interrupted');
      await desk.refresh().refresh(incident.id, 'tick');
      expect(await desk.rows(incident.id)).toHaveLength(1);
    });

    it('fails with a code when the facts contradict themselves, and does not try the same again', async () => {
      const incident = await desk.flood(city);
      const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
      const router = app.nest.get(Router);
      const travel = router.travelMinutes.bind(router);
      router.travelMinutes = async (legs) => legs.map(() => -1000);
      try {
        await expectConsoleAgrees(app, DESKS, () => desk.solver().solve(id));
        expect(await desk.suggestions().suggestion(city, id)).toMatchObject({
          status: 'failed',
          failure: 'planner-input-invalid',
        });
        await desk.refresh().refresh(incident.id, 'teams');
      } finally {
        router.travelMinutes = travel;
      }
      expect(await desk.rows(incident.id)).toHaveLength(1);
    });
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

describe('suggestions with their jobs running', () => {
  let app: TestApp;
  let desk: Desk;
  let city: Actor;
  beforeAll(async () => {
    app = await startApp({
      ...(process.env.R ? { REDIS_URL: process.env.R } : {}),
      ROLE: 'all',
      SUGGESTION_DEBOUNCE_MS: '200',
    });
    desk = new Desk(app);
    city = await app.as('duty.331000');
  }, 180_000);
  afterAll(() => app?.close());

  it('go from needs to a proposal by themselves, and once for the same facts', async () => {
    const incident = await desk.flood(city);
    await until(async () => (await desk.rows(incident.id)).some(({ status }) => status === 'proposed'));
    await desk.refresh().refreshAll();
    await sleep(1000); // time enough for a second row, five stretches of the debounce
    expect(await desk.rows(incident.id)).toMatchObject([
      { status: 'proposed', trigger: expect.stringMatching(/needs|incident/) },
    ]);
  });

  it('renew the proposal of one incident when another takes its unit', async () => {
    const incident = await desk.flood(city);
    await until(async () => (await desk.rows(incident.id)).some(({ status }) => status === 'proposed'));
    const [first] = await desk.rows(incident.id);
    const [unitId] = unitsOf(await desk.suggestions().suggestion(city, first!.id));
    const other = await desk.flood(city, {});
    await desk.dispatch().dispatchMission(city, other.id, { assignments: [{ teamUnitId: unitId! }], supplies: [] });
    await until(
      async () => (await desk.rows(incident.id)).map(({ status }) => status).join() === 'superseded,proposed',
    );
    const latest = (await desk.rows(incident.id)).at(-1)!;
    expect(latest.trigger).toMatch(/teams|solved/); // the look after the first solve may be the one that finds it
    expect(unitsOf(await desk.suggestions().suggestion(city, latest.id))).not.toContain(unitId);
  });

  it('retire with their incident', async () => {
    const incident = await desk.flood(city);
    await until(async () => (await desk.rows(incident.id)).some(({ status }) => status === 'proposed'));
    await dismiss(app, city, incident);
    await until(async () => (await desk.rows(incident.id)).every(({ status }) => status === 'superseded'));
  });
});

describe('suggestions without a worker', () => {
  it('wait in the queue and are solved after a restart, even when every job was lost', async () => {
    const web = await startApp({ ROLE: 'web' });
    let worker: TestApp | undefined;
    try {
      const desk = new Desk(web);
      const city = await web.as('duty.331000');
      const incident = await desk.flood(city);
      const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
      await emptyQueue(web);
      await sleep(300);
      expect((await desk.suggestions().suggestion(city, id)).status).toBe('queued');
      worker = await startApp({ ROLE: 'worker', DATABASE_URL: web.db.options.url });
      worker.clock.forward(30_000);
      await until(async () => (await desk.suggestions().suggestion(city, id)).status === 'proposed');
    } finally {
      await worker?.close();
      await web.close();
    }
  }, 180_000);
});

/** Waits for the fact; fails after twenty seconds. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it did not come to pass');
    await sleep(50);
  }
}

async function dismiss(app: TestApp, actor: Actor, { id, version }: IncidentDto): Promise<void> {
  const input = { version, reason: '核实为误报' };
  await inTransaction(app.db, (tx) => endIncident(tx, { id, step: 'dismiss', input, actor, now: app.clock.now() }));
}

/** What a flushed Redis is to the queue. */
async function emptyQueue(app: TestApp): Promise<void> {
  await until(async () => (await app.query(`select 1 from bullmq.job`)).length > 0);
  await app.query(`delete from bullmq.job`);
}
