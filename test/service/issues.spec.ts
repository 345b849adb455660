import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../src/access/index.js';
import { inTransaction } from '../../src/database/index.js';
import { NoticeService } from '../../src/relief-stock/index.js';
import type { IssueDto, OrderIssue } from '../../src/relief-stock/moving/issue.dto.js';
import { ISSUE_EDGES, ISSUE_STEPS, type IssueStepName } from '../../src/relief-stock/moving/issue.rules.js';
import { audit } from '../support/auditor.js';
import { CITY, COUNTY, HOUR, MovingWorld } from './moving-world.js';

const WHO: Record<IssueStepName, string> = {
  approve: 'duty.330000', pick: `keeper.${CITY}`, issue: `keeper.${CITY}`, sign: `keeper.${CITY}`, close: 'duty.331000', cancel: 'duty.331000',
}; // prettier-ignore
const INPUT: Record<IssueStepName, object> = {
  approve: {}, pick: {}, issue: {}, sign: { receiverName: '王主任', lines: [] }, close: {}, cancel: { reason: '不需要' },
}; // prettier-ignore
const WAY = {
  ordered: [], approved: ['approve'], picking: ['approve', 'pick'], issued: ['approve', 'pick', 'issue'],
  signed: ['approve', 'pick', 'issue', 'sign'], closed: ['approve', 'pick', 'issue', 'sign', 'close'], cancelled: ['cancel'],
} satisfies Record<string, IssueStepName[]>; // prettier-ignore

describe('goods that leave under a release order', () => {
  let world: MovingWorld;
  beforeAll(async () => void (world = await MovingWorld.open()), 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  const order = async (goods: OrderIssue['goods'], over: Partial<OrderIssue> = {}, account = 'duty.331000') =>
    world.issues.orderIssue(await world.as(account), {
      warehouseId: world.city.id, purpose: 'poor-relief', recipient: '白水洋镇人民政府', note: '', plannedAt: new Date(world.app.clock.now().getTime() + HOUR).toISOString(),
      goods, ...over,
    }); // prettier-ignore
  const take = async (
    issue: IssueDto,
    steps: readonly IssueStepName[],
    inputs: Partial<Record<IssueStepName, object>> = {},
  ) => {
    let now = issue;
    for (const step of steps)
      now = await world.issues[step](await world.as(WHO[step]), issue.id, { ...INPUT[step], ...inputs[step] } as never);
    return now;
  };
  const cheap = () => world.itemWith([{ units: 50 }], { priceFen: 100 });
  const told = async (issue: IssueDto) =>
    (await world.movements(issue.issueNumber!)).map(
      ({ reason, from, to, units }) => `${reason} ${units}: ${from} → ${to}`,
    );

  it('are ordered, picked, issued, signed for and cleared away; two numbers, one paper', async () => {
    const item = await cheap();
    const ordered = await world.watching(() => order([{ itemId: item.id, units: 20 }]));
    expect(ordered).toMatchObject({
      number: '331000-DY-2026-0001',
      issueNumber: null,
      status: 'approved',
      approval: 'not-needed',
      valueFen: 2000,
    });
    expect(await world.levelOf(item.id)).toEqual([50, 20, 30, 0]);
    await world.watching(() => take(ordered, ['pick']));
    const issued = await world.watching(() =>
      take(ordered, ['issue'], { issue: { vehicle: '浙J5', carrierName: '李师傅' } }),
    );
    expect(issued).toMatchObject({ status: 'issued', issueNumber: '331000-CK-2026-0001', vehicle: '浙J5' });
    expect(await world.levelOf(item.id)).toEqual([30, 0, 30, 0]);
    const seen = await world.issues.oneIssue(await world.as(`keeper.${CITY}`), ordered.id);
    const line = seen.goods[0]!;
    expect(line.lots).toMatchObject([{ lotCode: 'L1', binCode: 'A-01', units: 20 }]);
    const count = { id: line.id, acceptedUnits: 17, damagedUnits: 2, missingUnits: 1 };
    const silent = take(ordered, ['sign'], { sign: { lines: [count] } });
    await expect(silent).rejects.toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/lines/0/reason' }] });
    const wrong = take(ordered, ['sign'], { sign: { lines: [{ ...count, missingUnits: 2, reason: '少' }] } });
    await expect(wrong).rejects.toMatchObject({ code: 'stock.delivery-differs', params: { shipped: 20, counted: 21 } });
    const signed = await world.watching(() =>
      take(ordered, ['sign'], { sign: { lines: [{ ...count, reason: '雨淋' }] } }),
    );
    expect(signed).toMatchObject({
      status: 'signed-with-differences',
      receiverName: '王主任',
      receivedUnits: 17,
      damagedUnits: 2,
      missingUnits: 1,
    });
    expect(await told(signed)).toEqual([
      'damage 2: transit good → disposal damaged', 'deliver 17: transit good → recipient good', 'missing 1: transit good → inquiry good',
      'ship 20: bin good → transit good',
    ]); // prettier-ignore
    expect(signed).toMatchObject({ inquiryStatus: 'open' });
    await expect(take(ordered, ['close'])).rejects.toMatchObject({ code: 'issue.inquiry-open', status: 422 });
    const inquiry = await world.inquiries.inquiry(await world.as('duty.331000'), signed.inquiryId!);
    expect(inquiry).toMatchObject({
      number: `${signed.issueNumber}-C`, issueId: signed.id, transferId: null, document: signed.issueNumber, to: null,
      recipient: '白水洋镇人民政府', missingUnits: 1, goods: [{ missingUnits: 1, reason: '雨淋' }],
    }); // prettier-ignore
    const found = { reason: '还在车上', goods: [{ id: inquiry.goods[0]!.id, units: 1, at: 'sender' as const }] };
    const ended = await world.watching(async () =>
      world.inquiries.explain(await world.as(`keeper.${CITY}`), inquiry.id, found),
    );
    expect(ended).toMatchObject({ status: 'explained', foundUnits: 1 });
    expect(await world.levelOf(item.id)).toEqual([31, 0, 31, 0]);
    expect(await world.watching(() => take(ordered, ['close']))).toMatchObject({
      status: 'closed',
      inquiryStatus: 'explained',
    });
  });

  it('missing units are found with the recipient, or two people give them up: never a silent loss', async () => {
    const item = await cheap();
    const ordered = await take(await order([{ itemId: item.id, units: 20 }]), ['pick', 'issue']);
    const { goods } = await world.issues.oneIssue(await world.as(`keeper.${CITY}`), ordered.id);
    const lines = [{ id: goods[0]!.id, acceptedUnits: 14, damagedUnits: 0, missingUnits: 6, reason: '只收到十四件' }];
    const signed = await take(ordered, ['sign'], { sign: { lines } });
    const { id, goods: absent } = await world.inquiries.inquiry(await world.as('duty.331000'), signed.inquiryId!);
    const [keeper, lead] = [await world.as(`keeper.${CITY}`), await world.as('lead.330000')];
    const at = (where: 'sender' | 'receiver', units: number) => ({ reason: '找到', goods: [{ id: absent[0]!.id, units, at: where }] }); // prettier-ignore
    await expect(world.inquiries.explain(await world.as('duty.331000'), id, at('sender', 1))).rejects.toMatchObject({ code: 'access.denied' }); // prettier-ignore
    await expect(world.inquiries.explain(keeper, id, at('receiver', 7))).rejects.toMatchObject({ code: 'inquiry.too-many' }); // prettier-ignore
    await world.watching(() => world.inquiries.explain(keeper, id, at('receiver', 4)));
    await world.inquiries.proposeWriteOff(keeper, id, { reason: '其余找不到' });
    await expect(world.inquiries.approveWriteOff(keeper, id, {})).rejects.toMatchObject({ status: expect.any(Number) });
    const gone = await world.watching(() => world.inquiries.approveWriteOff(lead, id, {}));
    expect(gone).toMatchObject({ status: 'written-off', foundUnits: 4, lostUnits: 2 });
    const moved = await world.app.query<{ reason: string; to: string; units: number }>(
      `select m.reason, t.kind as "to", m.units from stock_movement m join stock_cell t on t.id = m.to_cell_id where m.document = $1 order by 1, 2`,
      [gone.number],
    );
    expect(moved.map(({ reason, to, units }) => `${reason} ${units} → ${to}`)).toEqual([
      'deliver 4 → recipient', 'found 4 → transit', 'loss 2 → loss',
    ]); // prettier-ignore
  });

  it('go straight to a recipient who stands at the door', async () => {
    const item = await cheap();
    const ordered = await order([{ itemId: item.id, units: 5 }]);
    const signed = await world.watching(() => take(ordered, ['pick', 'issue'], { issue: { receiverName: '张三' } }));
    expect(signed).toMatchObject({ status: 'signed', receiverName: '张三', receivedUnits: 5 });
    expect(signed.signedAt).not.toBeNull();
    expect(await told(signed)).toEqual(['deliver 5: transit good → recipient good', 'ship 5: bin good → transit good']);
  });

  it('wait for a second signature above the threshold or without a price; not by who ordered', async () => {
    const dear = await world.itemWith([{ units: 50 }], { priceFen: 1_000_000 });
    const unknown = await world.itemWith([{ units: 50 }]);
    const withoutPrice = await order([{ itemId: unknown.id, units: 1 }]);
    expect(withoutPrice).toMatchObject({ status: 'ordered', approval: 'needed', unpricedLines: 1 });
    const ordered = await order([{ itemId: dear.id, units: 2 }]);
    expect(ordered).toMatchObject({ status: 'ordered', approval: 'needed', valueFen: 2_000_000 });
    await expect(take(ordered, ['pick'])).rejects.toMatchObject({ code: 'issue.step-not-allowed' });
    const own = world.issues.approve(await world.as('duty.331000'), ordered.id, {});
    await expect(own).rejects.toMatchObject({ code: 'duty.separation', status: 422 });
    const waiting = await world.issues.issues(await world.as('duty.330000'), { unapproved: true, limit: 100 });
    expect(waiting.items.map(({ id }) => id)).toEqual(expect.arrayContaining([ordered.id, withoutPrice.id]));
    const approved = await world.watching(() => take(ordered, ['approve']));
    expect(approved).toMatchObject({ status: 'approved', approval: 'given' });
    expect(approved.signatures.map(({ role }) => role)).toEqual(['approve', 'order']);
    await take(ordered, ['cancel']);
    await take(withoutPrice, ['cancel']);
  });

  it('may leave on one signature when it cannot wait: the second is due within a day and the issue does not end without it', async () => {
    const dear = await world.itemWith([{ units: 50 }], { priceFen: 1_000_000 });
    const ordered = await order([{ itemId: dear.id, units: 2 }], { deferReason: '夜间单人值守，救助不能等' });
    const due = new Date(world.app.clock.now().getTime() + 24 * HOUR).toISOString();
    expect(ordered).toMatchObject({
      status: 'approved',
      approval: 'deferred',
      approvalDueAt: due,
      deferReason: '夜间单人值守，救助不能等',
    });
    await take(ordered, ['pick', 'issue', 'sign']);
    await expect(take(ordered, ['close'])).rejects.toMatchObject({ code: 'issue.approval-missing', status: 422 });
    const given = await world.watching(() => take(ordered, ['approve']));
    expect(given).toMatchObject({ status: 'signed', approval: 'given', approvalDueAt: null });
    await expect(take(ordered, ['approve'])).rejects.toMatchObject({ code: 'issue.step-not-allowed' });
    expect(await take(ordered, ['close'])).toMatchObject({ status: 'closed' });
  });

  it('are issued by another person than who ordered or approved', async () => {
    const dear = await world.itemWith([{ units: 50 }], { priceFen: 1_000_000 });
    const both = await world.personWith(['dutyOfficer', 'keeper']);
    const separated = { code: 'duty.separation', status: 422 };
    const ordered = await order([{ itemId: dear.id, units: 2 }]);
    await world.issues.approve(both, ordered.id, {});
    await expect(world.issues.pick(both, ordered.id, {})).rejects.toMatchObject(separated);
    await take(ordered, ['pick']);
    await expect(world.issues.issue(both, ordered.id, {})).rejects.toMatchObject(separated);
    await take(ordered, ['cancel']);
  });

  it('take no step that the table does not have', async () => {
    const dear = await world.itemWith([{ units: 50 }]);
    for (const status of Object.keys(WAY) as (keyof typeof WAY)[]) {
      const issue = await take(await order([{ itemId: dear.id, units: 1 }]), WAY[status]);
      expect(issue.status).toBe(status);
      for (const step of ISSUE_STEPS.filter((one) => !(ISSUE_EDGES[one].from as string[]).includes(status))) {
        await expect(take(issue, [step])).rejects.toMatchObject({ code: 'issue.step-not-allowed', status: 409 });
      }
    }
  });

  it('belong to their warehouse: others may not, strangers do not see', async () => {
    const item = await cheap();
    const ordered = await order([{ itemId: item.id, units: 1 }]);
    const denied: [IssueStepName, string][] = [
      ['approve', `keeper.${CITY}`], ['pick', 'duty.331000'], ['issue', 'duty.331000'], ['close', `keeper.${CITY}`], ['cancel', `keeper.${CITY}`],
      ['cancel', 'duty.331082'],
    ]; // prettier-ignore
    for (const [step, account] of denied) {
      const asked = world.issues[step](await world.as(account), ordered.id, INPUT[step] as never);
      await expect(asked).rejects.toMatchObject({ code: 'access.denied', status: 403 });
    }
    await expect(order([{ itemId: item.id, units: 1 }], {}, `keeper.${CITY}`)).rejects.toMatchObject({
      code: 'access.denied',
    });
    await expect(world.issues.oneIssue(await world.as(`keeper.${COUNTY}`), ordered.id)).rejects.toMatchObject({
      code: 'issue.not-found',
    });
    await expect(order([{ itemId: item.id, units: 51 }])).rejects.toMatchObject({ code: 'stock.insufficient' });
    const stale = take(ordered, ['pick'], { pick: { version: 9 } });
    await expect(stale).rejects.toMatchObject({ code: 'issue.stale' });
    const again = order([{ itemId: item.id, units: 1 }], { id: ordered.id });
    await expect(again).rejects.toMatchObject({ code: 'idempotency.mismatch' });
    await world.watching(() => take(ordered, ['cancel']));
    expect(await world.levelOf(item.id)).toEqual([50, 0, 50, 0]);
  });

  it('leave once: two keepers issue, one does; issued or cancelled, never both', async () => {
    const item = await cheap();
    for (let round = 0; round < 3; round++) {
      const picked = await take(await order([{ itemId: item.id, units: 1 }]), ['pick']);
      const race = await Promise.allSettled([
        take(picked, ['issue']),
        take(picked, ['issue']),
        take(picked, ['cancel']),
      ]);
      expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    const numbers = await world.app.query<{ number: string }>(
      `select issue_number as number from stock_issue where issue_number like '331000-CK-%' order by 1`,
    );
    expect(numbers.map(({ number }, n) => number === `331000-CK-2026-${String(n + 1).padStart(4, '0')}`)).not.toContain(
      false,
    );
  });

  it('go ahead on one name where a county has one person, and the second signature is watched', async () => {
    const access = world.app.get(AccessService);
    const admin = await world.as('admin.330000');
    const { id: warehouseId, societyId } = world.county;
    const alone = await access.actorNamed('duty.331082');
    await inTransaction(world.app.db, (tx) =>
      tx.query(`delete from role_grant where society_id = $1 and user_id <> $2`, [societyId, alone.userId]),
    );
    await access.grantRole(admin, alone.userId, { role: 'keeper', societyId });
    const one = await access.actorNamed('duty.331082');
    const [held] = await world.app.query<{ itemId: string }>(
      `select c.item_id as "itemId" from stock_cell c join lot on lot.id = c.lot_id where c.warehouse_id = $1 and c.kind = 'bin' and c.condition = 'good'
       and lot.state = 'good' and lot.expires_on is null and c.fund is null and c.on_hand - c.reserved > 5 limit 1`,
      [warehouseId],
    );
    const said = { warehouseId, purpose: 'poor-relief' as const, recipient: '白水洋镇人民政府', note: '', plannedAt: new Date(world.app.clock.now().getTime() + HOUR).toISOString() }; // prettier-ignore
    const goods = [{ itemId: held!.itemId, units: 1 }];
    const separate = await world.issues.orderIssue(one, { ...said, goods });
    await expect(world.issues.pick(one, separate.id, {})).rejects.toMatchObject({ code: separate.approval === 'needed' ? 'issue.step-not-allowed' : 'duty.separation' }); // prettier-ignore
    const ordered = await world.issues.orderIssue(one, { ...said, goods, deferReason: '县级仅一人在岗' });
    expect(ordered.approval).toBe('deferred');
    await world.issues.pick(one, ordered.id, {});
    await world.issues.issue(one, ordered.id, { receiverName: '王主任' });
    await expect(world.issues.close(one, ordered.id, {})).rejects.toMatchObject({ code: 'issue.approval-missing' });
    await expect(world.issues.approve(one, ordered.id, {})).rejects.toMatchObject({ code: 'duty.separation' });
    const notices = world.app.get(NoticeService);
    expect(await notices.scan('signatures')).toEqual({ opened: 0, closed: 0 });
    world.app.clock.forward(25 * HOUR);
    expect(await notices.scan('signatures')).toEqual({ opened: 1, closed: 0 });
    expect(await notices.scan('signatures')).toEqual({ opened: 0, closed: 0 });
    const query = { warehouseId, open: true, kind: 'signature-overdue' as const, limit: 10 };
    const { items } = await notices.notices(await world.as('duty.331000'), query);
    expect(items).toMatchObject([{ itemId: null, documentId: ordered.id, documentNumber: ordered.number, figures: { paper: 'issue' } }]); // prettier-ignore
    await world.issues.approve(await world.as('duty.331000'), ordered.id, {});
    expect(await notices.scan('signatures')).toEqual({ opened: 0, closed: 1 });
  });

  it('count in what the same person ordered that day: many small orders are no way round the second signature', async () => {
    const item = await world.itemWith([{ units: 500 }], { priceFen: 60_000 });
    const ten = () => order([{ itemId: item.id, units: 10 }], {}, 'duty.330000'); // 6,000 yuan
    const [first, second] = [await ten(), await ten()];
    expect([first.approval, second.approval, second.valueFen]).toEqual(['not-needed', 'needed', 600_000]);
    const racing = await Promise.all([ten(), ten()]);
    expect(racing.map(({ approval }) => approval)).toEqual(['needed', 'needed']);
    world.app.clock.forward(24 * HOUR);
    const race = await Promise.all([ten(), ten(), ten()]);
    expect(race.map(({ approval }) => approval).sort()).toEqual(['needed', 'needed', 'not-needed']);
    const [kept] = race.filter(({ approval }) => approval === 'not-needed');
    await world.issues.cancel(await world.as('duty.330000'), kept!.id, { reason: '改日' });
    expect((await ten()).approval).toBe('not-needed');
  });
});
