import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HelpCallsService, RaiseHelpService } from '../../src/dispatch/index.js';
import { callForHelpFrom } from '../../src/dispatch/help-calls/help-call.dto.js';
import { ResponsesService, SituationService, TasksService } from '../../src/incidents/index.js';
import { reportSituation } from '../../src/incidents/incidents.dto.js';
import { approveLevel, endResponse, tasksQuery } from '../../src/incidents/response/responses.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';
import { PAST_LISTS, type PastBoardDto } from '../../src/live/past.dto.js';
import { PastService } from '../../src/live/past.service.js';
import { SnapshotService } from '../../src/live/snapshot.service.js';
import { ClocksService } from '../../src/settings/index.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const STORE = 'WH-331082-1';
const EYES = ['duty.330000', 'duty.331000', 'duty.331082', 'duty.331081', 'duty.330100', `leader.${TEAM}`, `keeper.${STORE}`, 'auditor.330000']; // prettier-ignore
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
  const at = (account: string, query: { at: string } | { seq: number }, more: object = {}) =>
    world.app.get(PastService).board(story.desk(account), { ...query, ...more });

  beforeAll(async () => {
    story = await Story.open();
    world = story.world;
    [county, city, leader] = [story.desk('duty.331082'), story.desk('duty.331000'), story.desk(`leader.${TEAM}`)];
    await play();
  }, 240_000);
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
    expect(story.moments.length).toBeGreaterThan(12);
    for (const { name, at: moment, boards } of story.moments) {
      for (const [account, live] of boards) {
        const past = await at(account, { at: moment });
        const unrecorded = new Set([...past.unrecorded.incidents, ...past.unrecorded.teamUnits].map(({ id }) => id));
        expect([name, account, shownOf(past, new Set())]).toEqual([name, account, shownOf(live, unrecorded)]);
        expect(past.lacking).toEqual([]);
        const numbered = await at(account, { seq: live.seq });
        expect(shownOf(numbered, new Set())).toEqual(shownOf(past, new Set()));
      }
    }
  }, 240_000);
});
