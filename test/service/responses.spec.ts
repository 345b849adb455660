import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  IncidentsService,
  PlansService,
  ResponsesService,
  SituationService,
  TasksService,
} from '../../src/incidents/index.js';
import { reportIncident, reportSituation } from '../../src/incidents/incidents.dto.js';
import { approveLevel, changeLevelTo, endResponse, tasksQuery } from '../../src/incidents/response/responses.dto.js';
import { inTransaction } from '../../src/database/index.js';
import { EndingService } from '../../src/dispatch/ending.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees } from '../support/console.js';

type Desk = Awaited<ReturnType<TestApp['as']>>;
const DESKS = ['duty.330000', 'duty.331000', 'duty.331082', 'duty.330100'];
const LINHAI = { lon: 121.14, lat: 28.862 };
const MINUTE_MS = 60_000;

describe('response levels of an incident', () => {
  let app: TestApp;
  let incidents: IncidentsService;
  let responses: ResponsesService;
  let tasks: TasksService;
  let province: Desk, city: Desk, county: Desk, hangzhou: Desk, lead: Desk;
  beforeAll(async () => {
    app = await startApp();
    [incidents, responses, tasks] = [app.get(IncidentsService), app.get(ResponsesService), app.get(TasksService)];
    [province, city, county, hangzhou] = (await Promise.all(DESKS.map((desk) => app.as(desk)))) as [
      Desk,
      Desk,
      Desk,
      Desk,
    ];
    lead = await app.as('lead.330000');
  }, 120_000);
  afterAll(() => app?.close());

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(app, DESKS, command);
  const societyId = async (adcode: string) =>
    (await app.query<{ id: string }>(`select id from society where adcode = $1`, [adcode]))[0]!.id;
  const typhoon = async (figures: object | null = { moved: 5000 }) => {
    const made = await incidents.reportIncident(
      county,
      reportIncident.parse({
        kind: 'typhoon',
        location: LINHAI,
        placeText: '临海古城',
        societyId: await societyId('331082'),
      }),
    );
    if (figures)
      await app.get(SituationService).reportSituation(
        county,
        made.id,
        reportSituation.parse({ stage: 'first', asOf: app.clock.now().toISOString(), figures }),
      ); // prettier-ignore
    return made.id;
  };
  const proposalFor = async (desk: Desk, incidentId: string, adcode: string, query = {}) => {
    const id = await societyId(adcode);
    return (await responses.proposals(desk, incidentId, query)).items.find((one) => one.societyId === id)!;
  };
  const approve = async (
    desk: Desk,
    incidentId: string,
    asked: { adcode: string; level: 'I' | 'II' | 'III' | 'IV' } & Record<string, unknown>,
  ) => {
    const { adcode, ...more } = asked;
    const { planVersionId, societyId: of } = await proposalFor(desk, incidentId, adcode);
    return responses.approveLevel(
      desk,
      incidentId,
      approveLevel.parse({ planVersionId, societyId: of, reason: '台风登陆', ...more }),
    );
  };
  const tasksOf = async (incidentId: string) => (await tasks.tasks(county, tasksQuery.parse({ incidentId }))).items;
  const refused = (code: string) => expect.objectContaining({ code });

  it('proposes for each society by the plan that binds it, with the facts used and what nobody reported', async () => {
    const id = await typhoon();
    const [linhai, taizhou, zhejiang] = await Promise.all(
      ['331082', '331000', '330000'].map((adcode) => proposalFor(county, id, adcode)),
    );
    expect([linhai!.level, taizhou!.level, zhejiang!.level]).toEqual(['III', 'III', null]);
    expect(linhai!.reached[0]).toMatchObject({ by: 'movedOrNeedingAid', from: 5000, value: 5000, source: 'no-source' });
    expect(linhai!.unknown).toContain('deadAndMissing');
    expect(linhai!.differences.map(({ to }) => to)).toEqual(['I', 'II', 'III', 'IV']);
    const four = linhai!.differences.find(({ to }) => to === 'IV')!;
    expect(four.start.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['duty-24h', 'islands', 'old-town', 'water']),
    );
    expect((await responses.proposals(county, id, {})).items.map((one) => one.current)).toEqual([null, null, null]);
    await expect(responses.proposals(hangzhou, id, {})).rejects.toMatchObject({ code: 'incident.not-found' });
  });

  it('counts 160 dead and missing as level I of the province when the neighbouring province is hit too', async () => {
    const id = await typhoon({ dead: 100, missing: 60 });
    expect((await proposalFor(county, id, '330000')).level).toBe('II');
    expect((await proposalFor(county, id, '330000', { neighbourAlsoHit: true })).level).toBe('I');
    const signed = await approve(province, id, { adcode: '330000', level: 'I', facts: { neighbourAlsoHit: true } });
    expect(signed.last.facts).toEqual({ deadAndMissing: 160, neighbourAlsoHit: true });
    expect(signed.last.reached[0]).toMatchObject({ level: 'I', from: 160, onlyWhen: 'neighbourAlsoHit' });
  });

  it('runs through approve, raise, lower and end: only the difference becomes tasks, in reverse on the way back', async () => {
    const id = await typhoon();
    const shown = (await proposalFor(county, id, '331082')).differences;
    const approved = await agreeing(() =>
      approve(county, id, {
        adcode: '331082',
        level: 'IV',
        decidedBy: '张会长',
        documentNo: '临红〔2026〕7号',
        expectedUntil: '2026-07-24T00:00:00Z',
      }),
    );
    expect(approved).toMatchObject({
      level: 'IV',
      version: 1,
      last: { step: 'approve', from: null, to: 'IV', decidedBy: '张会长', actedBy: county.name },
    });
    expect(approved.last.difference).toEqual({ start: shown.find(({ to }) => to === 'IV')!.start, release: [] });
    const first = await tasksOf(id);
    expect(first.length).toBe(approved.last.difference.start.length);
    const due = Date.parse(first.find(({ code }) => code === 'old-town')!.dueAt) - app.clock.now().getTime();
    expect(due).toBe(45 * MINUTE_MS);

    const ids = { incidentId: id, responseId: approved.id };
    const change = (level: string | undefined, version: number) =>
      changeLevelTo.parse({ version, level, reason: '情况变化' });
    const preview = (await proposalFor(county, id, '331082')).differences.find(({ to }) => to === 'III')!;
    const raised = await agreeing(() => responses.raiseLevel(county, ids, change('III', 1)));
    expect(raised.last.difference).toEqual({ start: preview.start, release: [] });
    expect(raised.last.difference.start.map(({ code }) => code)).not.toContain('duty-24h');
    const water = raised.last.difference.start.find(({ code }) => code === 'water')!;
    expect(water.count).toBe(16 + 10);
    expect((await tasksOf(id)).length).toBe(first.length + raised.last.difference.start.length);

    const lowered = await agreeing(() => responses.lowerLevel(county, ids, change('IV', 2)));
    expect(lowered.last.difference).toEqual({ start: [], release: [...raised.last.difference.start].reverse() });
    const release = (await tasksOf(id)).filter(({ act }) => act === 'release');
    expect(release.length).toBe(lowered.last.difference.release.length);
    expect((await incidents.incident(county, id)).needs).toEqual({ capabilities: [], items: [] });

    await expect(responses.lowerLevel(county, ids, change('IV', 3))).rejects.toEqual(
      refused('response-level.step-not-allowed'),
    );
    await expect(responses.raiseLevel(county, ids, change('III', 2))).rejects.toEqual(refused('response.stale'));
    const ended = await agreeing(() =>
      responses.endResponse(county, ids, endResponse.parse({ version: 3, reason: '台风出境' })),
    );
    expect(ended).toMatchObject({ level: null, version: 4, last: { step: 'end', from: 'IV', to: null } });
    await expect(responses.raiseLevel(county, ids, change('III', 4))).rejects.toEqual(
      refused('response-level.step-not-allowed'),
    );
    const [kept] = (await responses.responses(county, id)).items;
    expect(kept!.acts.map(({ step, to }) => [step, to])).toEqual([['approve', 'IV'], ['raise', 'III'], ['lower', 'IV'], ['end', null]]); // prettier-ignore
    const started = new Map<string, number>();
    for (const { act, kind, code, count } of await tasksOf(id))
      started.set(`${kind} ${code}`, (started.get(`${kind} ${code}`) ?? 0) + (act === 'start' ? count : -count));
    expect([...started.values()].filter((left) => left !== 0)).toEqual([]);
  });

  it('pins the plan: a new version in force changes nothing of a running response', async () => {
    const id = await typhoon();
    const signed = await approve(county, id, { adcode: '331082', level: 'IV' });
    const plans = app.get(PlansService);
    const held = await plans.plan(county, signed.planVersionId);
    const draft = await plans.renewPlan(county, held.id, { version: held.version });
    const { triggers, title, titleEn, source, note, inherits } = draft;
    const text = {
      triggers,
      title,
      titleEn,
      source,
      note,
      reviewOn: '2027-05-01',
      inheritsId: inherits!.id,
      adds: { I: [], II: [], III: [], IV: [] },
    };
    const amended = await agreeing(() => plans.amendPlan(county, draft.id, { version: 1, ...text }));
    await expect(plans.releasePlan(county, draft.id, { version: amended.version })).rejects.toEqual(
      refused('access.denied'),
    );
    await agreeing(() => plans.releasePlan(lead, draft.id, { version: amended.version }));
    const raised = await responses.raiseLevel(
      county,
      { incidentId: id, responseId: signed.id },
      changeLevelTo.parse({ version: 1, level: 'III', reason: 'x' }),
    );
    expect(raised.planVersionId).toBe(held.id);
    expect(raised.last.difference.start.map(({ code }) => code)).toContain('RE02');
    const other = await approve(county, await typhoon(), { adcode: '331082', level: 'III' });
    expect(other.planVersionId).toBe(draft.id);
    expect(other.last.difference.start.map(({ code }) => code)).not.toContain('RE02');
    expect(other.last.difference.start.map(({ code }) => code)).toContain('islands');
  });

  it('is signed by the tier whose level it is, once', async () => {
    const id = await typhoon();
    await expect(approve(county, id, { adcode: '331000', level: 'IV' })).rejects.toEqual(refused('access.denied'));
    await expect(approve(hangzhou, id, { adcode: '331082', level: 'IV' })).rejects.toEqual(
      refused('incident.not-found'),
    );
    const { planVersionId } = await proposalFor(county, id, '331000');
    const wrong = approveLevel.parse({ planVersionId, societyId: await societyId('331082'), level: 'IV', reason: 'x' });
    await expect(responses.approveLevel(county, id, wrong)).rejects.toEqual(refused('response.plan-not-binding'));
    const both = await Promise.allSettled(
      [city, city, city].map((desk) => approve(desk, id, { adcode: '331000', level: 'IV' })),
    );
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    for (const one of both) if (one.status === 'rejected') expect(one.reason).toEqual(refused('response.exists'));
    expect((await tasksOf(id)).every(({ serial }) => serial === 1)).toBe(true);
  });

  it('hands tasks to people: taken once, finished by who took them, dropped with a reason', async () => {
    const id = await typhoon();
    await approve(county, id, { adcode: '331082', level: 'IV' });
    const [one, two] = (await tasksOf(id)).filter(({ ownerRole }) => ownerRole === 'dutyOfficer');
    const races = await Promise.allSettled(
      [county, city, province].map((desk) => tasks.takeTask(desk, one!.id, { version: 1 })),
    );
    expect(races.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const taken = (await tasksOf(id)).find((task) => task.id === one!.id)!;
    const holder = [county, city, province].find(({ userId }) => userId === taken.takenById)!;
    const other = holder === county ? city : county;
    await expect(tasks.finishTask(other, one!.id, { version: 2 })).rejects.toEqual(refused('task.held-by-other'));
    await expect(tasks.takeTask(hangzhou, one!.id, { version: 2 })).rejects.toEqual(refused('task.not-found'));
    expect(
      (await tasks.tasks(holder, tasksQuery.parse({ mine: 'true', incidentId: id }))).items.map((task) => task.id),
    ).toContain(one!.id);
    await agreeing(() => tasks.giveBackTask(other, one!.id, { version: 2 }));
    await agreeing(() => tasks.takeTask(other, one!.id, { version: 3 }));
    await agreeing(() => tasks.finishTask(other, one!.id, { version: 4 }));
    const dropped = await agreeing(() => tasks.dropTask(county, two!.id, { version: 1, reason: '已由市里办理' }));
    expect(dropped).toMatchObject({ state: 'dropped', endedReason: '已由市里办理', endedBy: county.name });
    await expect(tasks.takeTask(county, two!.id, { version: 2 })).rejects.toEqual(refused('task.step-not-allowed'));
    const open = await tasks.tasks(county, tasksQuery.parse({ incidentId: id, open: 'true', limit: '3' }));
    expect(open.items.length).toBe(3);
    const next = await tasks.tasks(
      county,
      tasksQuery.parse({ incidentId: id, open: 'true', limit: '500', cursor: open.nextCursor }),
    );
    expect(next.items.map((task) => task.id).filter((each) => open.items.some((task) => task.id === each))).toEqual([]);
  });

  it('does not let an incident end while a response runs or a task waits', async () => {
    const id = await typhoon(null);
    const signed = await approve(county, id, { adcode: '331082', level: 'IV' });
    const dismiss = async () =>
      app
        .get(EndingService)
        .dismiss(county, id, { version: (await incidents.incident(county, id)).version, reason: '误报' });
    await expect(dismiss()).rejects.toEqual(refused('incident.response-open'));
    await responses.endResponse(
      county,
      { incidentId: id, responseId: signed.id },
      endResponse.parse({ version: 1, reason: '误报' }),
    );
    await expect(dismiss()).rejects.toEqual(refused('incident.tasks-open'));
    for (const task of await tasksOf(id)) await tasks.dropTask(county, task.id, { version: 1, reason: '误报' });
    expect((await dismiss()).status).toBe('dismissed');
    await expect(approve(county, id, { adcode: '331082', level: 'IV' })).rejects.toEqual(
      refused('incident.step-not-allowed'),
    );
  });

  it('keeps signed acts and texts in force as they are, in the database itself', async () => {
    const change = (sql: string) => inTransaction(app.db, (tx) => tx.query(sql));
    await expect(change(`update response_act set reason = 'x'`)).rejects.toThrow('R3');
    await expect(change(`delete from response_act`)).rejects.toThrow('R3');
    await expect(change(`update plan_version set adds = '{}' where state = 'in-force'`)).rejects.toThrow('P2');
  });
});
