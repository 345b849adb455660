import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HelpCallsService, RaiseHelpService } from '../../src/dispatch/index.js';
import { callForHelpFrom } from '../../src/dispatch/help-calls/help-call.dto.js';
import { ResponsesService, SituationService, TasksService } from '../../src/incidents/index.js';
import { reportSituation } from '../../src/incidents/incidents.dto.js';
import { approveLevel, endResponse, tasksQuery } from '../../src/incidents/response/responses.dto.js';
import { visibleChangesAfter } from '../../src/journal/index.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { PAST_LISTS, PAST_PER_MINUTE, type PastBoardDto } from '../../src/live/past.dto.js';
import { PastService } from '../../src/live/past.service.js';
import { SnapshotService } from '../../src/live/snapshot.service.js';
import { ClocksService } from '../../src/settings/index.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const STORE = 'WH-331082-1';
const EYES = ['duty.331000', 'duty.331082', 'duty.331081', `leader.${TEAM}`, `keeper.${STORE}`]; // prettier-ignore
const LISTS = Object.values(PAST_LISTS);

interface Remembered {
  name: string;
  at: string;
  boards: Map<string, SnapshotDto>;
}

/** One story, and what everybody had on screen after each step of it. */
class Story {
  readonly moments: Remembered[] = [];
  private constructor(
    readonly world: MissionWorld,
    readonly eyes: Map<string, Desk>,
  ) {}
  static async open(): Promise<Story> {
    const world = await MissionWorld.open();
    const eyes = new Map<string, Desk>();
    for (const account of EYES) eyes.set(account, await world.app.as(account));
    return new Story(world, eyes);
  }
  desk(account: string): Desk {
    return this.eyes.get(account)!;
  }
  /** Does something, then remembers every board and the moment. */
  async tell<T>(name: string, act: () => Promise<T>): Promise<T> {
    const done = await act();
    await this.world.app.settled();
    const boards = new Map<string, SnapshotDto>();
    for (const [account, desk] of this.eyes)
      boards.set(account, await this.world.app.get(SnapshotService).snapshot(desk));
    const [{ at }] = (await this.world.app.query<{ at: Date }>('select clock_timestamp() as at')) as [{ at: Date }];
    this.moments.push({ name, at: at.toISOString(), boards });
    await new Promise((resolve) => setTimeout(resolve, 5)); // times of the record are told apart by the millisecond here
    return done;
  }
}

const byId = (rows: readonly { id: string }[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
/** What a board shows of the lists that a past board has; what nobody recorded is compared apart. */
function shownOf(board: SnapshotDto | PastBoardDto, unrecorded: Set<string>): Record<string, unknown> {
  return Object.fromEntries(
    LISTS.map((list) => [list, plain(byId(board[list] as { id: string }[]).filter(({ id }) => !unrecorded.has(id)))]),
  );
}

describe('the board at a past moment', () => {
  let story: Story;
  let world: MissionWorld;
  let county: Desk;
  let city: Desk;
  let leader: Desk;
  let province: Desk;
  const at = (account: string, query: { at: string } | { seq: number }, more: object = {}) =>
    world.app.get(PastService).board(account === 'duty.330000' ? province : story.desk(account), { ...query, ...more });

  beforeAll(async () => {
    story = await Story.open();
    world = story.world;
    [county, city, leader] = [story.desk('duty.331082'), story.desk('duty.331000'), story.desk(`leader.${TEAM}`)];
    province = await world.app.as('duty.330000');
    await play();
  }, 480_000);
  afterAll(() => world?.close());

  /** The whole story: alerts, steps of a team, goods, a call for help, a response with its tasks, leads, clocks, ends. */
  async function play(): Promise<void> {
    const { id } = await story.tell('verified', () => world.verified(county, { kind: 'typhoon' }));
    const figures = reportSituation.parse({ stage: 'first', asOf: now(), figures: { moved: 5000 } });
    await story.tell('figures', () => world.app.get(SituationService).reportSituation(county, id, figures));
    const goods: [string, string, number][] = [[STORE, 'BD03', 20], ['WH-331000-1', 'BD03', 5]]; // prettier-ignore
    const mission = await story.tell('sent', () => world.send(county, id, { units: [`${TEAM}-A`], goods }));
    await story.tell('handed over', () => world.delivery.deliverDue());
    world.app.clock.forward((ANSWER_S + 1) * 1000);
    await story.tell('the next is asked', () => world.escalation.moveOnOverdueAlerts());
    const assignmentId = mission.assignments[0]!.id;
    const step = (name: Parameters<typeof world.assignments.takeStep>[2], input: object = {}) =>
      story.tell(name, () => world.assignments.takeStep(county, assignmentId, name, input));
    await step('accept', { etaMin: 30 });
    const second = await story.tell('a second incident', () => world.verified(city, { placeText: '温岭', location: { lon: 121.36, lat: 28.37 } })); // prettier-ignore
    await story.tell('a team of elsewhere', () => world.send(city, second.id, { units: ['T-331081-WR-1-A'] }));
    await step('assemble');
    await step('depart');
    await step('arrive', { headcount: 7 });
    await playHelp(assignmentId);
    await playOrders(mission.supplyOrders.map((order) => order.id));
    await playDesks(id);
    const third = await story.tell('a third report', () => world.verified(county));
    await story.tell('merged', () => world.endings.merge(county, third.id, { version: third.version, intoId: id }));
    for (const name of ['release', 'return', 'close'] as const) await step(name);
    const { version } = await story.tell('stable', async () =>
      world.incidents.stabiliseIncident(county, id, { version: (await incidentNow(id)).version }),
    );
    await story.tell('closed', () => world.endings.close(county, id, { version }));
    await playLateCall(assignmentId);
  }

  const now = () => world.app.clock.now().toISOString();
  const incidentNow = (id: string) => world.incidents.incident(county, id);
  const call = (assignmentId: string, more: object = {}) => callForHelpFrom.parse({ id: randomUUID(), assignmentId, words: '船翻了', ...more }); // prettier-ignore

  async function playHelp(assignmentId: string): Promise<void> {
    const pressed = call(assignmentId);
    await story.tell('a call for help', () => world.app.get(RaiseHelpService).raise(leader, pressed));
    await story.tell('taken up', () => world.app.get(HelpCallsService).takeUp(county, pressed.id, {}));
    await story.tell('over', () => world.app.get(HelpCallsService).end(county, pressed.id, { outcome: 'safe', reason: '已归队' })); // prettier-ignore
  }

  async function playOrders([one, other]: string[]): Promise<void> {
    const orders = await Promise.all([one!, other!].map((id) => world.orders.order(county, id)));
    const own = orders.find(({ status }) => status === 'approved')!;
    const lent = orders.find(({ status }) => status === 'reserved')!;
    await story.tell('picked', () => world.orders.pick(story.desk(`keeper.${STORE}`), own.id, {}));
    await story.tell('approved', () => world.orders.approve(city, lent.id, {}));
    for (const { id } of [own, lent])
      await story.tell('cancelled', () => world.orders.cancel(county, id, { reason: '不需要了' }));
  }

  async function playDesks(id: string): Promise<void> {
    const responses = world.app.get(ResponsesService);
    const societyId = await world.id('society', '331082');
    const proposal = (await responses.proposals(county, id, {})).items.find((one) => one.societyId === societyId)!;
    const level = approveLevel.parse({ planVersionId: proposal.planVersionId, societyId, level: 'IV', reason: '台风登陆' }); // prettier-ignore
    const response = await story.tell('a response', () => responses.approveLevel(county, id, level));
    await story.tell('the city leads', async () =>
      world.incidents.takeLead(city, id, {
        version: (await incidentNow(id)).version,
        societyId: await world.id('society', '331000'),
        reason: '统一指挥',
      }),
    );
    const province = { societyId: await world.id('society', '330000'), key: 'unanswered-III' as const };
    await story.tell('a clock is set', async () =>
      world.app.get(ClocksService).setClock(await world.app.as('admin.330000'), province, { valueS: 300, version: 0, reason: '台风季' }),
    ); // prettier-ignore
    await story.tell('the response ends', () => responses.endResponse(county, { incidentId: id, responseId: response.id }, endResponse.parse({ version: response.version, reason: '风过了' }))); // prettier-ignore
    const tasks = world.app.get(TasksService);
    for (const task of (await tasks.tasks(county, tasksQuery.parse({ incidentId: id }))).items)
      await story.tell('a task is dropped', () => tasks.dropTask(county, task.id, { version: task.version, reason: '风过了' })); // prettier-ignore
  }

  /** A phone that had no network: its call stands though the incident has ended. */
  async function playLateCall(assignmentId: string): Promise<void> {
    const pressed = call(assignmentId, {
      occurredAt: new Date(world.app.clock.now().getTime() - 60_000).toISOString(),
    });
    await story.tell('a late call', () => world.app.get(RaiseHelpService).raise(leader, pressed));
  }

  it('is for everybody, at every moment, field by field what the live board showed', async () => {
    expect(story.moments.length).toBeGreaterThan(25);
    const seen = new Set<string>();
    for (const { name, at: moment, boards } of story.moments) {
      for (const [account, live] of boards) {
        const past = await at(account, { at: moment });
        const unrecorded = new Set([...past.unrecorded.incidents, ...past.unrecorded.teamUnits].map(({ id }) => id));
        expect([name, account, shownOf(past, new Set())]).toEqual([name, account, shownOf(live, unrecorded)]);
        expect([past.lacking, past.seq]).toEqual([[], live.seq]);
        for (const list of LISTS.filter((each) => past[each].length > 0)) seen.add(list);
      }
    }
    expect(LISTS.filter((list) => !seen.has(list))).toEqual(['chainFaults']); // nothing fails in this story
  }, 480_000);

  it('is for the province’s eyes on one county what that county’s desk saw', async () => {
    const societyId = await world.id('society', '331082');
    for (const { at: moment } of story.moments.filter((_, n) => n % 6 === 0)) {
      const [own, above] = [await at('duty.331082', { at: moment }), await at('duty.330000', { at: moment }, { societyId })]; // prettier-ignore
      expect(shownOf(above, new Set())).toEqual(shownOf(own, new Set()));
    }
    const beside = at('duty.331081', { at: story.moments[9]!.at }, { societyId });
    await expect(beside).rejects.toMatchObject({ code: 'society.not-found', status: 404 });
  });

  it('goes back and forth change by change, each one seen by whoever steps', async () => {
    const last = story.moments.at(-1)!;
    let board = await at('duty.331082', { at: last.at });
    const down: number[] = [];
    for (let n = 0; n < 8; n++) {
      down.push(board.change!.seq);
      board = await at('duty.331082', { seq: board.previous!.seq });
      expect(board.seq).toBe(board.change!.seq);
    }
    for (const seq of down.reverse()) {
      board = await at('duty.331082', { seq: board.next!.seq });
      expect(board.change!.seq).toBe(seq);
    }
    expect(board.next).toBeNull();
    const seen = await world.app.read((tx) => visibleChangesAfter(tx, 0, county.keys, 10_000));
    expect(down.every((seq) => seen.some((change) => change.seq === seq))).toBe(true);
  });

  it('names what had no line by then instead of showing how it is now', async () => {
    const early = await at('duty.331082', { at: story.moments[0]!.at });
    const unit = early.unrecorded.teamUnits.find(({ code }) => code === `${TEAM}-A`);
    expect(unit).toBeDefined();
    expect(early.teamUnits.map(({ id }) => id)).not.toContain(unit!.id);
    const later = await at('duty.331082', { at: story.moments[3]!.at });
    expect(later.unrecorded.teamUnits).not.toContainEqual(unit);
    expect(later.teamUnits.map(({ id }) => id)).toContain(unit!.id);
    // What nobody recorded came with the demonstration's own data, before the record began.
    const live = story.moments[0]!.boards.get('duty.331082')!.incidents.filter(({ id }) => !early.incidents.some((row) => row.id === id)); // prettier-ignore
    expect(early.unrecorded.incidents).toEqual(expect.arrayContaining(live.map(({ id, number }) => ({ id, number }))));
  });

  it('shows one incident with its work, and 404 for one that was not open or not to be seen', async () => {
    const sent = story.moments.find(({ name }) => name === 'a team of elsewhere')!;
    const all = await at('duty.331000', { at: sent.at });
    const [out, other] = ['临海古城', '温岭'].map((place) =>
      all.incidents.find(({ placeText }) => placeText === place)!,
    );
    const one = await at('duty.331000', { at: sent.at }, { incidentId: out!.id });
    expect(one.incidents).toEqual([out]);
    expect(one.assignments).toEqual(all.assignments.filter(({ incidentId }) => incidentId === out!.id));
    expect(one.teamUnits.map(({ code }) => code)).toEqual([`${TEAM}-A`]);
    for (const [account, moment, incidentId] of [
      ['duty.331081', sent.at, out!.id], ['duty.331000', story.moments[0]!.at, other!.id], ['duty.331000', story.moments.at(-1)!.at, out!.id],
      ['duty.331000', sent.at, randomUUID()],
    ] as const) // prettier-ignore
      await expect(at(account, { at: moment }, { incidentId })).rejects.toMatchObject({ code: 'incident.not-found', status: 404 }); // prettier-ignore
  });

  it('has limits, each with a sentence of its own', async () => {
    const ask = async (query: string, token = county.token) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${world.app.url}/api/v1/live/past?${query}`, { headers });
      const { code, errors } = (await answer.json()) as { code?: string; errors?: { pointer: string }[] };
      return [answer.status, code, errors?.map(({ pointer }) => pointer)];
    };
    const day = 86_400_000;
    const ms = Date.parse(story.moments.at(-1)!.at);
    const from = (more: number) => `at=${new Date(ms + more).toISOString()}`;
    expect(await ask(from(0))).toEqual([200, undefined, undefined]);
    expect(await ask('')).toEqual([400, 'request.invalid', ['/at']]);
    expect(await ask(`${from(0)}&seq=3`)).toEqual([400, 'request.invalid', ['/at']]);
    expect(await ask(from(day))).toEqual([400, 'request.invalid', ['/at']]);
    expect(await ask(from(-30 * day))).toEqual([422, 'past.before-record', undefined]);
    expect(await ask(from(-367 * day))).toEqual([422, 'past.too-far', undefined]);
    expect(await ask('seq=999999999')).toEqual([404, 'journal.not-found', undefined]);
    expect(await ask(from(0), 'nobody')).toEqual([401, 'auth.required', undefined]);
    let refused: unknown[] = [];
    for (let n = 0; n < PAST_PER_MINUTE && refused[0] !== 429; n++) refused = await ask(from(day));
    expect(refused.slice(0, 2)).toEqual([429, 'rate.limited']);
  });
});
