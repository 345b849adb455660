import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BinMoveService } from '../../src/relief-stock/moving/bin-move.service.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { StockDesk, STORE, WATCHING } from './stock-desk.js';

describe('papers that change stock without a lorry', () => {
  let desk: StockDesk;
  beforeAll(async () => void (desk = await StockDesk.open()), 120_000);
  afterEach(() => audit(desk.app));
  afterAll(() => desk?.app.close());

  it('posts a small loss of the keeper at once, with its number, reason and signature', async () => {
    const item = await desk.item({ priceFen: 100 });
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const paper = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.paper({ submit: true, note: '盘后核实', lines: [desk.line(cells[0]!, 'lost', 20)] }),
    );
    expect(paper).toMatchObject({
      number: '331000-TZ-2026-0001', kind: 'adjustment', status: 'posted', valueFen: 2000, approvalNeeded: false, version: 2,
      signatures: [{ role: 'submit', name: desk.keeper.name }], lines: [{ reason: 'lost', direction: 'out', units: 20, pack: null }],
    }); // prettier-ignore
    expect(await desk.movements(paper.number)).toEqual([['loss', 'bin', 'loss', 20]]);
    expect(await desk.level(item.id)).toEqual({ onHand: 980, reserved: 0, available: 980, held: 0 });
    expect(await desk.adjustments.adjustment(desk.keeper, paper.id)).toEqual(paper);
  });

  it('lets another person approve whatever touches goods of another society, and taking that back', async () => {
    const item = await desk.item({ priceFen: 1 });
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const [other] = await desk.app.query<{ id: string }>(`select id from society where adcode = '330100'`);
    const line = { ...desk.line(cells[0]!, 'found', 1), ownerSocietyId: other!.id };
    const paper = await desk.paper({ submit: true, lines: [line] });
    expect(paper).toMatchObject({ status: 'submitted', approvalNeeded: true });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 1000 });
    expect((await desk.adjustments.approve(desk.checker, paper.id, {})).status).toBe('posted');
    const reversal = await desk.reversals.ask(desk.keeper, { documentId: paper.id, reason: '登错了' });
    expect(reversal).toMatchObject({ status: 'submitted', approvalNeeded: true });
  });

  it('shares its id with no paper of another kind, whose posting and signatures would stand in its way', async () => {
    const item = await desk.item({ priceFen: 100 });
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const waiting = await desk.paper({ submit: true, lines: [desk.line(cells[0]!, 'lost', 500)] });
    const move = { id: waiting.id, warehouseId: desk.warehouseId, note: '', lines: [{ contentId: cells[0]!.id, units: 1, toBinId: desk.bins[1]!.id }] }; // prettier-ignore
    await expect(desk.app.get(BinMoveService).moveBins(desk.keeper, move)).rejects.toMatchObject({
      code: 'idempotency.mismatch', status: 409,
    }); // prettier-ignore
    expect((await desk.adjustments.approve(desk.checker, waiting.id, {})).status).toBe('posted');
  });

  it('lets another person approve what is above the threshold, never who handed it in', async () => {
    const item = await desk.item({ priceFen: 100 });
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const paper = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.paper({ submit: true, lines: [desk.line(cells[0]!, 'lost', 21)] }),
    );
    expect(paper).toMatchObject({ status: 'submitted', approvalNeeded: true, postedAt: null });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 1000 });
    await desk.app.query(
      `insert into role_grant (id, user_id, role, society_id) select gen_random_uuid(), $1, 'checker', society_id from warehouse where id = $2`,
      [desk.keeper.userId, desk.warehouseId],
    );
    const both = await desk.app.as(`keeper.${STORE}`);
    await expect(desk.adjustments.approve(both, paper.id, {})).rejects.toMatchObject({
      code: 'duty.separation', params: { first: 'submit', second: 'approve' },
    }); // prettier-ignore
    await expect(desk.adjustments.reject(both, paper.id, { reason: '不' })).rejects.toMatchObject({
      code: 'duty.separation',
    });
    await desk.app.query(`delete from role_grant where user_id = $1 and role = 'checker'`, [desk.keeper.userId]);
    await expect(desk.adjustments.approve(desk.keeper, paper.id, {})).rejects.toMatchObject({ code: 'access.denied' });
    await expect(desk.adjustments.approve(desk.checker, paper.id, { version: 1 })).rejects.toMatchObject({
      code: 'adjustment.stale', status: 409,
    }); // prettier-ignore
    desk.app.clock.forward(1000);
    const posted = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.adjustments.approve(desk.checker, paper.id, { version: paper.version }),
    );
    expect(posted.signatures.map(({ role, name }) => [role, name])).toEqual([
      ['submit', desk.keeper.name],
      ['approve', desk.checker.name],
    ]);
    expect(await desk.level(item.id)).toMatchObject({ onHand: 979 });
  });

  it('counts what was posted that day without approval in: many small papers are no way round', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const small = () => desk.paper({ submit: true, lines: [desk.line(cells[0]!, 'lost', 10)] });
    expect([(await small()).status, (await small()).status].concat((await small()).status)).toEqual([
      'posted', 'submitted', 'submitted',
    ]); // prettier-ignore
    desk.app.clock.forward(24 * 3_600_000);
    expect((await small()).status).toBe('posted');
  });

  it('needs approval by value: of one item, or of the whole paper', async () => {
    const dear = await desk.item({ priceFen: 150_000 });
    const other = await desk.item({ priceFen: 150_000 });
    const [a, b] = [await desk.stocked(dear.id, [{ units: 500 }]), await desk.stocked(other.id, [{ units: 500 }])];
    const one = await desk.paper({ submit: true, lines: [desk.line(a.cells[0]!, 'lost', 1)] });
    expect([one.status, one.valueFen]).toEqual(['posted', 150_000]);
    const twice = await desk.paper({ submit: true, lines: [desk.line(a.cells[0]!, 'lost', 1)] });
    expect(twice.status).toBe('submitted');
    const lines = [desk.line(b.cells[0]!, 'lost', 1), desk.line(b.cells[0]!, 'sample', 1)];
    expect(await desk.paper({ submit: true, lines })).toMatchObject({ status: 'submitted', valueFen: 300_000 });
  });

  it('takes in what is found: of a known lot, of a lot never seen, of an item never kept here', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000, expiresOn: '2027-06-01' }]);
    const known = await desk.paper({ submit: true, lines: [desk.line(cells[0]!, 'found', 5)] });
    expect(known.status).toBe('posted');
    const fresh = {
      reason: 'found',
      itemId: item.id,
      lotCode: 'NEU',
      expiresOn: '2027-01-01',
      binId: desk.bins[1]!.id,
      units: 7,
    };
    const found = await expectConsoleAgrees(desk.app, WATCHING, () => desk.paper({ submit: true, lines: [fresh] }));
    expect(found).toMatchObject({
      status: 'posted',
      lines: [{ lotCode: 'NEU', expiresOn: '2027-01-01', direction: 'in' }],
    });
    expect(await desk.lying(item.id)).toEqual([['L1', 'good', 1005], ['NEU', 'good', 7]]); // prettier-ignore
    for (const [more, code] of [[{ fund: 'no such fund' }, 'fund.not-found'], [{ ownerSocietyId: newId() }, 'society.not-found']] as const)
      await expect(desk.paper({ submit: true, lines: [{ ...fresh, ...more }] })).rejects.toMatchObject({ code, status: 404 }); // prettier-ignore
    const never = await desk.item();
    const first = await desk.paper({ submit: true, lines: [{ ...fresh, itemId: never.id }] });
    expect(first.status).toBe('submitted'); // everything is more than 2 % of nothing
    await desk.adjustments.approve(desk.lead, first.id, {});
    expect(await desk.level(never.id)).toMatchObject({ onHand: 7 });
  });

  it('puts wrong records right with as much in as out', async () => {
    const item = await desk.item();
    const other = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 900 }, { units: 900 }]);
    const right = await desk.stocked(other.id, [{ units: 900 }]);
    const out = { ...desk.line(cells[0]!, 'wrong-lot', 4), direction: 'out' };
    const into = { ...desk.line(cells[1]!, 'wrong-lot', 4), direction: 'in' };
    await expect(desk.paper({ submit: true, lines: [out, { ...into, units: 3 }] })).rejects.toMatchObject({
      code: 'adjustment.not-balanced', params: { in: 3, out: 4 },
    }); // prettier-ignore
    const paper = await desk.paper({ submit: true, lines: [out, into] });
    expect(await desk.movements(paper.number)).toEqual([
      ['adjustment', 'adjustment', 'bin', 4],
      ['adjustment', 'bin', 'adjustment', 4],
    ]);
    const wrongItem = [
      { ...desk.line(cells[0]!, 'wrong-item', 2), direction: 'out' },
      { ...desk.line(right.cells[0]!, 'wrong-item', 2), direction: 'in' },
    ];
    expect((await desk.paper({ submit: true, lines: wrongItem })).status).toBe('posted');
    expect(await desk.lying(item.id)).toEqual([['L1', 'good', 894], ['L2', 'good', 904]]); // prettier-ignore
    expect(await desk.lying(other.id)).toEqual([['L1', 'good', 902]]);
  });

  it('books damage in the same bin: held, not available, and out of the door only by a disposal of two people', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const damage = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.paper({ kind: 'damage', submit: true, lines: [desk.line(cells[0]!, 'water', 8)] }),
    );
    expect(damage).toMatchObject({ number: expect.stringMatching(/^331000-BS-/), status: 'posted' });
    expect(await desk.level(item.id)).toEqual({ onHand: 1000, reserved: 0, available: 992, held: 8 });
    expect(await desk.movements(damage.number)).toEqual([['damage', 'bin', 'bin', 8]]);
    const bad = (await desk.cells(item.id)).find((cell) => cell.condition === 'damaged')!;
    await expect(
      desk.paper({ kind: 'damage', submit: true, lines: [desk.line(bad, 'pests', 1)] }),
    ).rejects.toMatchObject({
      code: 'adjustment.same-condition',
    });
    await expect(
      desk.paper({ kind: 'disposal', submit: true, lines: [desk.line(cells[0]!, 'damaged', 1)] }),
    ).rejects.toMatchObject({
      code: 'adjustment.unfit-only',
    });
    const disposal = await desk.paper({ kind: 'disposal', submit: true, lines: [desk.line(bad, 'damaged', 8)] });
    expect(disposal).toMatchObject({
      number: expect.stringMatching(/^331000-BF-/),
      status: 'submitted',
      approvalNeeded: true,
    });
    const done = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.adjustments.approve(desk.checker, disposal.id, {}),
    );
    expect(done.signatures).toHaveLength(2);
    expect(await desk.movements(done.number)).toEqual([['disposal', 'bin', 'disposal', 8]]);
    expect(await desk.level(item.id)).toEqual({ onHand: 992, reserved: 0, available: 992, held: 0 });
  });

  it('disposes of what is expired or recalled, whatever its condition', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 10, expiresOn: '2026-07-30' }, { units: 10, expiresOn: '2028-01-01' }]); // prettier-ignore
    const lines = [desk.line(cells[0]!, 'expired', 10)];
    await expect(desk.paper({ kind: 'disposal', submit: true, lines })).rejects.toMatchObject({
      code: 'adjustment.unfit-only',
    });
    desk.app.clock.forward(15 * 86_400_000);
    expect((await desk.paper({ kind: 'disposal', submit: true, lines })).status).toBe('submitted');
    await desk.lots.change(desk.keeper, cells[1]!.lotId, 'recall', { reason: '厂家召回' });
    const recalled = await desk.paper({
      kind: 'disposal',
      submit: true,
      lines: [desk.line(cells[1]!, 'recalled', 10)],
    });
    expect((await desk.adjustments.approve(desk.checker, recalled.id, {})).status).toBe('posted');
  });

  it('sets aside for inspection and takes back what is found good', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    await desk.paper({ submit: true, lines: [desk.line(cells[0]!, 'set-aside', 6)] });
    expect(await desk.level(item.id)).toMatchObject({ available: 994, held: 6 });
    const aside = (await desk.cells(item.id)).find((cell) => cell.condition === 'quarantined')!;
    await desk.paper({ submit: true, lines: [desk.line(aside, 'inspected-good', 4)] });
    await desk.paper({ kind: 'damage', submit: true, lines: [desk.line(aside, 'inspected-bad', 2)] });
    expect(await desk.lying(item.id)).toEqual([['L1', 'damaged', 2], ['L1', 'good', 998]]); // prettier-ignore
  });

  it('rotates lots that will expire out for use, and remembers what was promised in their place', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000, expiresOn: '2026-11-01' }, { units: 1 }]); // prettier-ignore
    const rotation = (more: object = {}) => ({
      kind: 'rotation', submit: true, lines: [desk.line(cells[0]!, 'rotate-training', 20)],
      replacements: [{ itemId: item.id, units: 20, dueOn: '2026-12-01', supplier: '某供应商' }], ...more,
    }); // prettier-ignore
    await expect(desk.paper(rotation({ replacements: [] }))).rejects.toMatchObject({
      code: 'adjustment.replacement-missing',
    });
    await expect(desk.paper(rotation({ lines: [desk.line(cells[1]!, 'rotate-relief', 1)] }))).rejects.toMatchObject({
      code: 'adjustment.undated',
    });
    const unknown = [{ itemId: newId(), units: 1, dueOn: '2026-12-01', supplier: 'x' }];
    await expect(desk.paper(rotation({ replacements: unknown }))).rejects.toMatchObject({ code: 'item.not-found' });
    const paper = await expectConsoleAgrees(desk.app, WATCHING, () => desk.paper(rotation()));
    expect(paper).toMatchObject({
      number: expect.stringMatching(/^331000-LH-/),
      status: 'posted',
      replacements: [{ line: 1, receiptId: null }],
    });
    expect(await desk.movements(paper.number)).toEqual([['rotation', 'bin', 'recipient', 20]]);
    const small = await desk.stocked(item.id, [{ units: 19, code: 'R1' }]);
    const whole = await desk.stocked(item.id, [{ units: 20, code: 'R2' }]);
    await expect(
      desk.adjustments.replace(desk.keeper, paper.id, { line: 1, receiptId: small.receipt.id }),
    ).rejects.toMatchObject({
      code: 'adjustment.receipt-differs',
    });
    await expect(desk.adjustments.replace(desk.keeper, paper.id, { line: 2, receiptId: whole.receipt.id })).rejects.toMatchObject({
      code: 'replacement.not-found', status: 404,
    }); // prettier-ignore
    const kept = await desk.adjustments.replace(desk.keeper, paper.id, { line: 1, receiptId: whole.receipt.id });
    expect(kept.replacements[0]!.receiptId).toBe(whole.receipt.id);
  });

  it('lets a draft be rewritten, handed in, and taken back', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const draft = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.paper({ lines: [desk.line(cells[0]!, 'lost', 10)] }),
    );
    expect([draft.status, draft.version]).toEqual(['draft', 1]);
    const content = { version: 1, note: '重写', replacements: [] };
    const lines = [2, 3].map((units) => ({ ...desk.line(cells[0]!, 'theft', units), note: '' }));
    const second = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.adjustments.rewrite(desk.keeper, draft.id, { ...content, lines }),
    );
    expect(second.lines.map(({ line, units }) => [line, units])).toEqual([[1, 2], [2, 3]]); // prettier-ignore
    await expect(desk.adjustments.rewrite(desk.keeper, draft.id, { ...content, lines })).rejects.toMatchObject({
      code: 'adjustment.stale',
    });
    const posted = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.adjustments.submit(desk.keeper, draft.id, { version: 2 }),
    );
    expect(posted.status).toBe('posted');
    const other = await desk.paper({ lines: [desk.line(cells[0]!, 'lost', 10)] });
    const cancelled = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.adjustments.cancel(desk.keeper, other.id, {}),
    );
    expect(cancelled.status).toBe('cancelled');
    const waiting = await desk.paper({ submit: true, lines: [desk.line(cells[0]!, 'lost', 500)] });
    const rejected = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.adjustments.reject(desk.lead, waiting.id, { reason: '请复盘' }),
    );
    expect(rejected).toMatchObject({ status: 'rejected', rejectReason: '请复盘' });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 995 });
  });
});
