import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { Router } from '../../src/travel/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { atRest, DESKS, dismiss, emptyQueue, PLAIN, SuggestionDesk, unitsOf, until } from './suggestion-desk.js';

describe('the scheduler of suggestions', () => {
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
    const travel = router.travel.bind(router);
    router.travel = async (legs, speed) => {
      await dismiss(app, city, incident);
      return travel(legs, speed);
    };
    await desk.solver().solve(id).finally(() => (router.travel = travel)); // prettier-ignore
    expect((await desk.suggestions().suggestion(city, id)).status).toBe('superseded');
  });

  it('takes back what a dead process left, three times', async () => {
    const incident = await desk.flood(city);
    const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
    const router = app.nest.get(Router);
    const travel = router.travel.bind(router);
    router.travel = () => Promise.reject(new Error('the process is gone'));
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
      router.travel = travel;
    }
    expect((await desk.suggestions().suggestion(city, id)).failure).toBe('solve-interrupted');
    await desk.refresh().refresh(incident.id, 'tick');
    expect(await desk.rows(incident.id)).toHaveLength(1);
  });

  it('fails with a code when the facts contradict themselves, and does not try the same again', async () => {
    const incident = await desk.flood(city);
    const { id } = await desk.suggestions().ask(city, incident.id, PLAIN);
    const router = app.nest.get(Router);
    const travel = router.travel.bind(router);
    router.travel = async (legs) => ({ minutes: legs.map(() => -1000), source: 'broken' });
    try {
      await expectConsoleAgrees(app, DESKS, () => desk.solver().solve(id));
      expect(await desk.suggestions().suggestion(city, id)).toMatchObject({
        status: 'failed',
        failure: 'planner-input-invalid',
      });
      await desk.refresh().refresh(incident.id, 'teams');
    } finally {
      router.travel = travel;
    }
    expect(await desk.rows(incident.id)).toHaveLength(1);
  });
});

describe('suggestions with their jobs running', () => {
  let app: TestApp;
  let desk: SuggestionDesk;
  let city: Actor;
  beforeAll(async () => {
    app = await startApp({
      ...(process.env.R ? { REDIS_URL: process.env.R } : {}),
      ROLE: 'all',
      SUGGESTION_DEBOUNCE_MS: '200',
    });
    desk = new SuggestionDesk(app);
    city = await app.as('duty.331000');
  }, 180_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  it('go from needs to a proposal by themselves, and once for the same facts', async () => {
    const incident = await desk.flood(city);
    await until(async () => (await desk.rows(incident.id)).some(({ status }) => status === 'proposed'));
    await desk.refresh().refreshAll();
    await atRest(app); // five stretches of the debounce, and whatever was rung for is done
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

  it('are renewed by the tick when no change was ever told', async () => {
    const incident = await desk.flood(city);
    await until(async () => (await desk.rows(incident.id)).some(({ status }) => status === 'proposed'));
    await atRest(app); // the look after the solve has passed
    await app.query(`update incident_need set headcount = 16 where incident_id = $1`, [incident.id]);
    await atRest(app); // nobody rings, but for the tick of the program itself
    expect((await desk.rows(incident.id)).filter(({ trigger }) => trigger !== 'tick')).toHaveLength(1);
    await desk.refresh().refreshAll();
    await until(
      async () => (await desk.rows(incident.id)).map(({ status }) => status).join() === 'superseded,proposed',
    );
    expect((await desk.rows(incident.id)).at(-1)!.trigger).toBe('tick');
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
      const desk = new SuggestionDesk(web);
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
