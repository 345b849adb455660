import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { COUNT_STATUSES } from '../../src/relief-stock/counting/count.dto.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { CountWorld, MINUTE, STORE } from '../support/count-world.js';

const WATCHING = ['duty.331000', `keeper.${STORE}`];

describe('what happens to a count after the counting', () => {
  let world: CountWorld;
  beforeAll(async () => void (world = await CountWorld.open()), 240_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.app.close());

  /** A count of one lot of 100, of which `units` are there; two people agree; finished and explained. */
  async function counted(units: number, start = 100) {
    const item = await world.itemWith([start]);
    const { id } = await world.openFor(item);
    world.forward(5);
    const [line] = await world.lines(id);
    await world.agree(id, line!.id, units);
    await world.counting.finishCount(world.keeper, id, {});
    await world.explainAll(id);
    world.forward(10);
    return { item, id, lineId: line!.id };
  }

  it('is approved by somebody who did not count, with every difference explained', async () => {
    const item = await world.itemWith([100, 100]);
    const { id } = await world.openFor(item);
    world.forward(5);
    const [a, b] = await world.lines(id);
    await world.agree(id, a!.id, 90);
    const approving = () => world.approve(id);
    await expect(approving()).rejects.toMatchObject({ code: 'count.step-not-allowed', status: 409 });
    await world.count(id, b!.id, 100);
    await world.counting.finishCount(world.keeper, id, {});
    await expect(approving()).rejects.toMatchObject({ code: 'count.unexplained', params: { lines: 1, first: 1 } });
    const { version } = await world.read(id);
    const explain = { version, lines: [{ lineId: a!.id, cause: 'lost' as const, note: '查无下落' }] };
    await expectConsoleAgrees(world.app, WATCHING, () => world.approval.explainLines(world.keeper, id, explain));
    await expect(world.approval.explainLines(world.keeper, id, explain)).rejects.toMatchObject({ code: 'stock-count.stale', status: 409 }); // prettier-ignore
    const both = await world.person('both.331000', 'checker');
    const other = await world.itemWith([100]);
    const mine = await world.openFor(other);
    world.forward(5);
    await world.count(mine.id, (await world.lines(mine.id))[0]!.id, 100, both);
    await world.counting.finishCount(both, mine.id, {});
    await expect(world.approve(mine.id, both)).rejects.toMatchObject({ code: 'duty.separation', status: 422, params: { first: 'count', second: 'approve' } }); // prettier-ignore
    const drop = { version: (await world.read(mine.id)).version, lineIds: [(await world.lines(mine.id))[0]!.id], reason: '不便' }; // prettier-ignore
    await expect(world.approval.dropLines(both, mine.id, drop)).rejects.toMatchObject({ code: 'duty.separation' });
    await expect(world.approve(id, world.keeper)).rejects.toMatchObject({ code: 'access.denied' });
    expect(await approving()).toMatchObject({ status: 'approved' });
    // Who approved does not count afterwards, when lines are counted again.
    const again = { version: (await world.read(id)).version, lineIds: [a!.id] };
    await expectConsoleAgrees(world.app, WATCHING, () => world.counting.recountLines(world.approver, id, again));
    world.forward(1);
    await expect(world.count(id, a!.id, 90, world.approver)).rejects.toMatchObject({ code: 'duty.separation', params: { first: 'approve', second: 'count' } }); // prettier-ignore
    await world.agree(id, a!.id, 90);
    await world.settle(id);
    expect(await world.onHand(item.id)).toEqual([90, 100]);
    expect((await world.read(id)).signatures.map(({ role }) => role)).toEqual(['open', 'approve', 'approve-2']);
  });

  it('computes anew when movements of the past become known, and says so', async () => {
    const { item, id } = await counted(90);
    const seen = await world.read(id);
    expect(seen.lines[0]).toMatchObject({ bookUnits: 100, varianceUnits: -10, bookChanged: false });
    // The issue of ten happened before the count, and its paper arrives now.
    await world.issue(item.id, 10, new Date(world.now.getTime() - 14 * MINUTE));
    const late = world.approval.approveCount(world.approver, id, { version: seen.version, seen: seen.figures! });
    await expect(late).rejects.toMatchObject({ code: 'stock-count.stale', status: 409 });
    const now = await world.read(id);
    expect(now.lines[0]).toMatchObject({ bookUnits: 90, varianceUnits: 0, bookChanged: true });
    await world.approve(id);
    expect((await world.post(id)).status).toBe('posted');
    expect(await world.onHand(item.id)).toEqual([90]);
  });

  it('does not post what changed between approval and posting, or would now be asked again', async () => {
    const { item, id, lineId } = await counted(90);
    await world.approve(id);
    await world.issue(item.id, 4, new Date(world.now.getTime() - 14 * MINUTE));
    const blocked = await world.post(id);
    expect(blocked).toMatchObject({ status: 'approved', lines: [{ blocked: { code: 'count.book-changed', params: { approved: -10, now: -6 } } }] }); // prettier-ignore
    expect(await world.onHand(item.id)).toEqual([96]);
    await world.approve(id);
    expect(await world.post(id)).toMatchObject({ status: 'posted' });
    expect(await world.onHand(item.id)).toEqual([90]);

    const near = await counted(90);
    await world.approve(near.id);
    await world.issue(near.item.id, 4, new Date(world.now.getTime() - 11 * MINUTE));
    expect((await world.post(near.id)).lines[0]).toMatchObject({ state: 'recount', recountReason: 'movement-near' });
    await expect(world.approve(near.id)).rejects.toMatchObject({ code: 'count.lines-open' });
    await world.counting.recountLines(world.approver, near.id, { version: (await world.read(near.id)).version, lineIds: [near.lineId] }); // prettier-ignore
    world.forward(5);
    await world.agree(near.id, near.lineId, 86);
    await world.settle(near.id);
    expect(await world.onHand(near.item.id)).toEqual([86]);
    expect(lineId).not.toBe(near.lineId);
  });

  it('keeps promised units covered and never takes a cell below zero: the line waits, the others are posted', async () => {
    const item = await world.itemWith([100, 100, 100]);
    const { id } = await world.openFor(item);
    world.forward(5);
    const lines = await world.lines(id);
    for (const [n, units] of [90, 95, 104].entries()) await world.agree(id, lines[n]!.id, units);
    await world.counting.finishCount(world.keeper, id, {});
    await world.explainAll(id);
    await world.approve(id);
    world.forward(5);
    const gone = await world.reserve(item.id, 95); // of L1: 5 of the 10 missing units are promised away
    const first = await expectConsoleAgrees(world.app, WATCHING, () => world.post(id));
    expect(first).toMatchObject({ status: 'approved' });
    expect(first.lines.map(({ state, blocked }) => [state, blocked?.code ?? null])).toEqual([
      ['explained', 'count.units-reserved'],
      ['posted', null],
      ['posted', null],
    ]);
    expect(await world.onHand(item.id)).toEqual([100, 95, 104]);
    const partly = { version: (await world.read(id)).version, reason: '不盘了' };
    await expect(world.counting.cancelCount(world.keeper, id, partly)).rejects.toMatchObject({
      code: 'count.partly-posted',
    });
    await world.ship(gone);
    const second = await world.post(id);
    expect(second.lines[0]!.blocked).toMatchObject({ code: 'count.goods-left', params: { onHand: 5, missing: 10 } });
    expect(second.lines).toHaveLength(1);
    const drop = { version: (await world.read(id)).version, lineIds: [lines[0]!.id], reason: '货已发出，另行复盘' };
    await expectConsoleAgrees(world.app, WATCHING, () => world.approval.dropLines(world.approver, id, drop));
    expect(await world.post(id)).toMatchObject({ status: 'posted', lines: [] });
    expect(await world.onHand(item.id)).toEqual([5, 95, 104]);
  });

  it('posts after the promise was released, in a second round of movements', async () => {
    const item = await world.itemWith([100, 100]);
    const { id } = await world.openFor(item);
    world.forward(5);
    const lines = await world.lines(id);
    for (const line of lines) await world.agree(id, line.id, 90);
    await world.counting.finishCount(world.keeper, id, {});
    await world.explainAll(id);
    await world.approve(id);
    const promise = await world.reserve(item.id, 95);
    expect((await world.post(id)).status).toBe('approved');
    await world.release(promise);
    expect((await world.post(id)).status).toBe('posted');
    expect(await world.onHand(item.id)).toEqual([90, 90]);
    const causes = await world.app.query(`select distinct cause_id from stock_movement where document = (select number from stock_count where id = $1)`, [id]); // prettier-ignore
    expect(causes).toHaveLength(2);
  });

  it('S5: of many who post at once one does, and the difference is posted once', async () => {
    const { item, id } = await counted(90);
    await world.approve(id);
    const { version } = await world.read(id);
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4, 5].map(() => world.approval.postCount(world.approver, id, { version })),
    );
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of outcomes) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'stock-count.stale' }); // prettier-ignore
    expect(await world.onHand(item.id)).toEqual([90]);
  });

  it('posting races issues of the same goods: never below what is promised', async () => {
    const { item, id } = await counted(50);
    await world.approve(id);
    const issues = Array.from({ length: 12 }, () => world.issue(item.id, 8).then(() => 8, (error: { code: string }) => error.code)); // prettier-ignore
    const [posted, ...shipped] = await Promise.all([world.post(id), ...issues]);
    const out = shipped.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0);
    for (const one of shipped) expect([8, 'stock.insufficient']).toContain(one);
    const [left] = await world.onHand(item.id);
    expect(left).toBe(100 - out - (posted.status === 'posted' ? 50 : 0));
    expect(left).toBeGreaterThanOrEqual(0);
  });

  it('refuses every step that its state does not allow', async () => {
    const ids = new Map<string, string>();
    const opened = await world.openFor(await world.itemWith([10]));
    ids.set('open', opened.id);
    ids.set('counted', (await counted(100)).id);
    ids.set('approved', (await counted(100)).id);
    await world.approve(ids.get('approved')!);
    ids.set('posted', (await counted(100)).id);
    await world.approve(ids.get('posted')!);
    await world.post(ids.get('posted')!);
    ids.set('cancelled', (await counted(100)).id);
    const cancel = async (id: string) => world.counting.cancelCount(world.keeper, id, { version: (await world.read(id)).version, reason: '作废' }); // prettier-ignore
    await cancel(ids.get('cancelled')!);
    const version = async (id: string) => (await world.read(id)).version;
    const line = async (id: string) => (await world.lines(id))[0]!.id;
    const STEPS: Record<string, (id: string) => Promise<unknown>> = {
      count: async (id) => world.count(id, await line(id), 100),
      finish: async (id) => world.counting.finishCount(world.keeper, id, {}),
      recount: async (id) => world.counting.recountLines(world.approver, id, { version: await version(id), lineIds: [await line(id)] }),
      explain: async (id) => world.approval.explainLines(world.keeper, id, { version: await version(id), lines: [{ lineId: await line(id), cause: 'other', note: '' }] }),
      approve: (id) => world.approve(id),
      post: (id) => world.post(id),
      drop: async (id) => world.approval.dropLines(world.approver, id, { version: await version(id), lineIds: [await line(id)], reason: '略' }),
      cancel,
    }; // prettier-ignore
    const REFUSED: Record<string, string[]> = {
      open: ['recount', 'explain', 'approve', 'post'],
      counted: ['count', 'finish', 'post'],
      approved: ['count', 'finish', 'explain'],
      posted: Object.keys(STEPS),
      cancelled: Object.keys(STEPS),
    };
    for (const status of COUNT_STATUSES) {
      for (const step of REFUSED[status]!) {
        const refused = STEPS[step]!(ids.get(status)!);
        await expect(refused).rejects.toMatchObject({ code: 'count.step-not-allowed', params: { step, status } });
      }
    }
  });
});
