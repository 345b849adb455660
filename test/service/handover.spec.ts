import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../src/access/index.js';
import { ChainAuditService, HandoverService, HandoverWatchService, ParSweepService } from '../../src/dispatch/index.js';
import {
  acknowledgeItem,
  completeHandover,
  drawHandover,
  type HandoverViewDto,
} from '../../src/dispatch/handover/handover.dto.js';
import { addShift } from '../../src/duty/duty.dto.js';
import { DutyRosterService } from '../../src/duty/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const MINUTE_MS = 60_000;
const DESKS = ['duty.330000', 'duty.331000'];
const UNIT = 'T-331082-WR-1-A';
const refused = (code: string) => expect.objectContaining({ code });

describe('the hand-over of a duty desk', () => {
  let world: MissionWorld;
  let handovers: HandoverService;
  let watch: HandoverWatchService;
  let outgoing: Desk, incoming: Desk, third: Desk, lead: Desk;
  let societyId: string;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [handovers, watch] = [world.app.get(HandoverService), world.app.get(HandoverWatchService)];
    societyId = await world.id('society', '331000');
    outgoing = await world.app.as('duty.331000');
    [incoming, third] = [await colleague('duty2.331000'), await colleague('duty3.331000')];
    lead = await world.app.as('lead.330000');
  }, 120_000);
  afterAll(() => world?.close());

  async function colleague(account: string): Promise<Desk> {
    const admin = await world.app.as('admin.330000');
    const access = world.app.get(AccessService);
    const user = await access.createUser(admin, { account, name: account, societyId, password: 'chiyuan-demo' });
    await access.grantRole(admin, user.id, { role: 'dutyOfficer', societyId });
    return world.app.as(account);
  }
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, DESKS, command);
  const draw = (more: object = {}) => handovers.drawHandover(outgoing, drawHandover.parse({ societyId, words: '夜间有雨', ...more })); // prettier-ignore
  const acknowledge = (desk: Desk, id: string, key: string, note = '') => handovers.acknowledge(desk, id, acknowledgeItem.parse({ key, note })); // prettier-ignore
  const complete = (desk: Desk, { id, version }: { id: string; version: number }) => handovers.complete(desk, id, completeHandover.parse({ version, reply: '已接' })); // prettier-ignore
  const withdraw = (desk: Desk, { id, version }: { id: string; version: number }) => handovers.withdraw(desk, id, { version, reason: '撤回' }); // prettier-ignore
  const kindsOf = ({ items }: Pick<HandoverViewDto, 'items'>) => items.map(({ kind }) => kind);
  const notices = () => world.app.query<{ to: string[]; closed: boolean }>(`select to_names as to, closed_at is not null as closed from duty_notice where kind = 'handover-late' order by since`); // prettier-ignore

  it('lists what is open at this moment; what appears later is new, what ends is gone', async () => {
    const incident = await world.verified(outgoing, { societyId });
    const mission = await world.send(outgoing, incident.id, { units: [UNIT], goods: [['WH-331000-1', 'FK01', 5]] });
    await world.delivery.deliverDue();
    const drawn = await agreeing(() => draw());
    expect(drawn).toMatchObject({ state: 'drawn', number: '331000-JB-2026-0001', fromName: outgoing.name, toName: null, words: '夜间有雨' });
    expect(new Set(kindsOf(drawn))).toEqual(new Set(['alert-unanswered', 'person-silent', 'report-clock', 'goods-under-way', 'incident']));
    expect(kindsOf(drawn).filter((kind) => kind === 'report-clock')).toHaveLength(2);
    expect((await handovers.matters(outgoing, societyId)).items.map(({ key }) => key)).toEqual(drawn.items.map(({ key }) => key));
    const second = await world.verified(outgoing, { societyId, placeText: '三门湾' });
    await world.assignments.takeStep(outgoing, mission.assignments[0]!.id, 'accept', {});
    const view = await handovers.handover(incoming, drawn.id);
    expect(view.added.filter(({ kind }) => kind === 'incident').map(({ subjectId }) => subjectId)).toEqual([second.id]);
    expect(view.gone).toEqual(expect.arrayContaining(view.items.filter(({ kind }) => kind === 'alert-unanswered').map(({ key }) => key)));
    await agreeing(() => withdraw(outgoing, drawn));
  }); // prettier-ignore

  it('is complete only when every matter that is open was acknowledged, those that appeared since too; both names stay', async () => {
    const drawn = await draw();
    await expect(acknowledge(incoming, drawn.id, drawn.items[0]!.key)).rejects.toEqual(refused('handover.step-not-allowed')); // prettier-ignore
    const taken = await agreeing(() => handovers.takeOver(incoming, drawn.id, { version: 1 }));
    await expect(complete(incoming, taken)).rejects.toMatchObject({ code: 'handover.items-open', params: { open: taken.items.length } }); // prettier-ignore
    await expect(acknowledge(third, drawn.id, drawn.items[0]!.key)).rejects.toEqual(refused('access.denied'));
    await expect(acknowledge(incoming, drawn.id, 'incident:nowhere')).rejects.toEqual(refused('handover-item.not-found')); // prettier-ignore
    for (const { key } of taken.items) await acknowledge(incoming, drawn.id, key, '知悉');
    const late = await world.verified(outgoing, { societyId, placeText: '玉环岛' });
    await expect(complete(incoming, taken)).rejects.toEqual(refused('handover.items-open'));
    for (const { key } of (await handovers.handover(incoming, drawn.id)).added) await agreeing(() => acknowledge(incoming, drawn.id, key)); // prettier-ignore
    await expect(complete(third, taken)).rejects.toEqual(refused('access.denied'));
    const done = await agreeing(() => complete(incoming, taken));
    expect(done).toMatchObject({ state: 'complete', toName: 'duty2.331000', fromName: outgoing.name, reply: '已接' });
    expect(done.items.filter((item) => item.late).map(({ subjectId }) => subjectId)).toContain(late.id);
    expect(done.items.every(({ acknowledgedBy }) => acknowledgedBy === 'duty2.331000')).toBe(true);
    const kept = await world.app.query<{ kind: string; name: string }>(
      `select kind, actor_name as name from journal where subject = 'handover' and subject_id = $1 order by id`, [drawn.id],
    ); // prettier-ignore
    expect(kept).toEqual([
      { kind: 'handover.drawn', name: outgoing.name },
      { kind: 'handover.taken', name: 'duty2.331000' },
      { kind: 'handover.completed', name: 'duty2.331000' },
    ]);
    await expect(withdraw(outgoing, done)).rejects.toEqual(refused('handover.step-not-allowed'));
  });

  it('lets what ended meanwhile pass, and says that it was settled', async () => {
    const doubled = await world.verified(outgoing, { societyId, placeText: '同一处' });
    const drawn = await draw();
    const taken = await handovers.takeOver(incoming, drawn.id, { version: 1 });
    const one = taken.items.find(({ key }) => key === `incident:${doubled.id}`)!;
    const kept = await world.verified(outgoing, { societyId, placeText: '同一处' });
    await world.endings.merge(outgoing, doubled.id, { version: doubled.version, intoId: kept.id, reason: '同一事件' });
    const view = await handovers.handover(incoming, drawn.id);
    expect(view.gone).toContain(one.key);
    for (const { key } of [...view.items, ...view.added]) if (!view.gone.includes(key)) await acknowledge(incoming, drawn.id, key); // prettier-ignore
    const done = await agreeing(() => complete(incoming, taken));
    expect(done.items.find(({ key }) => key === one.key)).toMatchObject({ settled: true, acknowledgedAt: null });
  });

  it('lists the roll-call clocks, the silent units and the silences of the chain', async () => {
    const incident = await world.verified(outgoing, { societyId, placeText: '点名处' });
    const { assignments } = await world.send(outgoing, incident.id, { units: ['T-331082-SR-1-A'] });
    const id = assignments[0]!.id;
    for (const step of ['accept', 'assemble', 'depart', 'arrive'] as const) await world.assignments.takeStep(outgoing, id, step, {}); // prettier-ignore
    const kindsNow = async () =>
      (await handovers.matters(outgoing, societyId)).items.filter(({ incidentId }) => incidentId === incident.id).map(({ kind }) => kind); // prettier-ignore
    expect(await kindsNow()).toContain('par-clock');
    world.app.clock.forward(21 * MINUTE_MS);
    await world.app.get(ParSweepService).askDueUnits();
    expect(await kindsNow()).toContain('unit-silent');
    const other = await world.verified(outgoing, { societyId, placeText: '静默处' });
    await world.send(outgoing, other.id, { units: [UNIT] }).catch(() => undefined);
    world.app.clock.forward(10 * MINUTE_MS);
    await world.app.get(ChainAuditService).audit();
    expect((await handovers.matters(outgoing, societyId)).items.map(({ kind }) => kind)).toContain('chain-fault');
  });

  it('is taken by one of two officers who take it at once, and drawn once at a time', async () => {
    const draws = await Promise.allSettled([draw(), draw(), draw()]);
    expect(draws.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of draws) if (one.status === 'rejected') expect(one.reason).toEqual(refused('handover.exists'));
    const drawn = draws.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))[0]!;
    const takes = await agreeing(() =>
      Promise.allSettled([incoming, third, incoming, third].map((desk) => handovers.takeOver(desk, drawn.id, { version: 1 }))),
    ); // prettier-ignore
    expect(takes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of takes) if (one.status === 'rejected') expect(one.reason).toEqual(refused('handover.step-not-allowed')); // prettier-ignore
    await withdraw(outgoing, { id: drawn.id, version: 2 });
  });

  it('is for another, of the desk, and withdrawn by who drew it or a duty lead', async () => {
    const drawn = await draw();
    await expect(handovers.takeOver(outgoing, drawn.id, { version: 1 })).rejects.toEqual(refused('duty.separation'));
    await expect(handovers.takeOver(await world.app.as('duty.330100'), drawn.id, { version: 1 })).rejects.toEqual(refused('handover.not-found')); // prettier-ignore
    await expect(withdraw(third, drawn)).rejects.toEqual(refused('access.denied'));
    await expect(draw({ expectedId: outgoing.userId })).rejects.toEqual(refused('handover.exists'));
    await agreeing(() => withdraw(lead, drawn));
    await expect(draw({ expectedId: outgoing.userId })).rejects.toEqual(refused('duty.separation'));
    await expect(draw({ expectedId: lead.userId })).rejects.toEqual(refused('duty-shift.not-of-desk'));
  });

  it('expects who is next on the roster by the end of the shift, and tells the duty lead when nobody took over', async () => {
    const at = (minutes: number) => new Date(world.app.clock.now().getTime() + minutes * MINUTE_MS).toISOString();
    const put = (userId: string, from: number, to: number) =>
      world.app.get(DutyRosterService).addShift(outgoing, addShift.parse({ societyId, userId, startsAt: at(from), endsAt: at(to) })); // prettier-ignore
    await put(outgoing.userId, -400, 40);
    await put(third.userId, 40, 500);
    const drawn = await draw();
    expect(drawn).toMatchObject({ expectedName: 'duty3.331000', dueAt: at(40) });
    expect(await watch.look()).toBe(0);
    world.app.clock.forward(40 * MINUTE_MS);
    const told = await agreeing(() => Promise.all([watch.look(), watch.look(), watch.look()]));
    expect(told.reduce((sum, one) => sum + one)).toBe(1);
    expect(await watch.look()).toBe(0);
    expect(await notices()).toEqual([{ to: [lead.name], closed: false }]);
    const taken = await handovers.takeOver(third, drawn.id, { version: 1 });
    const { items, added, gone } = await handovers.handover(third, drawn.id);
    for (const { key } of [...items, ...added]) if (!gone.includes(key)) await acknowledge(third, drawn.id, key);
    await agreeing(() => complete(third, taken));
    expect(await notices()).toEqual([{ to: [lead.name], closed: true }]);
  });

  it('is read and printed on A4 by whoever sees the desk, and by nobody else', async () => {
    const { items } = await handovers.handovers(lead, { societyId, limit: 10 });
    const done = items.find(({ state }) => state === 'complete')!;
    const paper = async (desk: Desk) => {
      const response = await fetch(`${world.app.url}/api/v1/stock/papers/handover/${done.id}.pdf`, { headers: { authorization: `Bearer ${desk.token}` } }); // prettier-ignore
      return {
        status: response.status,
        start: Buffer.from(await response.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      };
    };
    expect(await paper(incoming)).toEqual({ status: 200, start: '%PDF-' });
    expect((await paper(await world.app.as('duty.330100'))).status).toBe(404);
    await expect(handovers.handovers(await world.app.as('duty.330100'), { societyId, limit: 10 })).rejects.toEqual(refused('society.not-found')); // prettier-ignore
  });
});
