import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { systemActor } from '../../src/access/index.js';
import { inTransaction } from '../../src/database/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { CatalogueService, deliverSupplies, ReceiptService, reserveSupplies, shipSupplies, StockService } from '../../src/relief-stock/index.js'; // prettier-ignore
import { readSheet } from '../../src/relief-stock/sheets/sheet-reader.js';
import { ReportFilesService } from '../../src/reports/report-files.service.js';
import { ReportsService } from '../../src/reports/reports.service.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TODAY = { from: '2026-07-21', to: '2026-07-21' };
const STORE = 'WH-331000-1';
const SECOND = 1000;

describe('reports', () => {
  let world: MissionWorld;
  let county: Desk;
  let auditor: Desk;
  let keeper: Desk;
  let told: { sound: IncidentDto; doubtful: IncidentDto; unsent: IncidentDto };
  let itemId: string;
  let warehouseId: string;
  beforeAll(async () => {
    world = await MissionWorld.open();
    [county, auditor, keeper] = await Promise.all(['duty.331082', 'auditor.330000', `keeper.${STORE}`].map((account) => world.app.as(account))) as [Desk, Desk, Desk]; // prettier-ignore
    warehouseId = await world.id('warehouse', STORE);
    told = await aNight();
    itemId = await threeDaysOfGoods();
  }, 240_000);
  afterAll(async () => {
    if (world) await audit(world.app);
    await world?.close();
  }, 240_000);

  const forward = (s: number) => world.app.clock.forward(s * SECOND);
  const step = (of: AssignmentDto, name: 'accept' | 'assemble' | 'depart' | 'arrive', input: { occurredAt?: string } = {}) =>
    world.assignments.takeStep(county, of.id, name, input); // prettier-ignore
  const reports = () => world.app.get(ReportsService);

  /** One incident by the book, one whose team told its stamps in the wrong order, one that nobody was sent to, one of an exercise. */
  async function aNight() {
    const sound = await world.verified(county, { placeText: '临海古城' });
    forward(40);
    const [first] = (await world.send(county, sound.id, { units: ['T-331082-SR-1-A'] })).assignments as [AssignmentDto];
    forward(60);
    await step(first, 'accept');
    forward(300);
    await step(first, 'depart');
    forward(1440);
    await step(first, 'arrive');
    const doubtful = await world.verified(county, { placeText: '杜桥镇' });
    forward(100);
    const [second] = (await world.send(county, doubtful.id, { units: ['T-331082-WR-1-A'] })).assignments as [
      AssignmentDto,
    ];
    forward(30);
    await step(second, 'accept');
    forward(600);
    await step(second, 'assemble');
    await step(second, 'depart', { occurredAt: new Date(world.app.clock.now().getTime() - 60_000).toISOString() });
    const unsent = await world.verified(county, { severity: 'II', kind: 'typhoon', placeText: '括苍镇' });
    await world.verified(county, { exercise: true, placeText: '演练场' });
    return { sound, doubtful, unsent };
  }

  /** 100 came two days before, 50 on the day; 30 of them went out on the day; 7 came two days later. */
  async function threeDaysOfGoods(): Promise<string> {
    const item = await world.app.get(CatalogueService).addItem(keeper, {
      code: 'RP01', name: '测试物资', nameEn: 'test goods', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1, minimumUseDays: 0,
    }); // prettier-ignore
    const receive = (units: number, occurredAt?: string) =>
      world.app.get(ReceiptService).receiveGoods(keeper, {
        warehouseId, source: 'purchase', sourceName: '某供应商', note: '', lines: [{ itemId: item.id, lotCode: 'L1', units }],
        ...(occurredAt ? { occurredAt } : {}),
      }); // prettier-ignore
    await receive(100, '2026-07-19T10:00:00+08:00');
    await receive(50);
    const now = world.app.clock.now();
    const orderLineId = newId();
    const order = { orderId: newId(), document: 'RP', orderLineIds: [orderLineId], now, occurredAt: now, actor: systemActor('test') }; // prettier-ignore
    await inTransaction(world.app.db, async (tx) => {
      await reserveSupplies(tx, { lines: [{ orderLineId, warehouseId, itemId: item.id, units: 30 }], arrivalAt: now, untilAt: null, now, actor: order.actor }); // prettier-ignore
      await shipSupplies(tx, order);
      await deliverSupplies(tx, { ...order, recipient: '某镇', lines: [{ orderLineId, receivedUnits: 30, damagedUnits: 0, missingUnits: 0 }] }); // prettier-ignore
    });
    forward(2 * 86_400);
    await receive(7);
    return item.id;
  }

  it('times an incident from its report to the scene, and leaves exercises out', async () => {
    const { rows, cut, exercise } = await reports().responseTimes(county, TODAY);
    expect(rows.map(({ incidentId }) => incidentId).sort()).toEqual([told.sound.id, told.doubtful.id, told.unsent.id].sort()); // prettier-ignore
    expect([cut, exercise]).toEqual([false, false]);
    const row = (of: IncidentDto) => rows.find(({ incidentId }) => incidentId === of.id);
    expect(row(told.sound)).toMatchObject({ dispatchS: 40, acknowledgeS: 60, departS: 360, arriveS: 1800, doubtful: [] });
    expect(row(told.doubtful)).toMatchObject({ dispatchS: 100, acknowledgeS: 30, departS: 570, arriveS: null, doubtful: ['acknowledge', 'depart'] }); // prettier-ignore
    expect(row(told.unsent)).toMatchObject({ dispatchS: null, acknowledgeS: null, departS: null, arriveS: null });
  }); // prettier-ignore

  it('gives the percentiles of what is sound, level by level', async () => {
    const { figures } = await reports().responseTimes(county, TODAY);
    const figure = (severity: string | null, span: string) => figures.find((one) => one.severity === severity && one.span === span); // prettier-ignore
    expect(figure('III', 'dispatch')).toMatchObject({ n: 2, p50S: 40, p90S: 100, limitS: 900, withinLimit: 2, fieldS: 60, withinField: 1, open: 0 }); // prettier-ignore
    expect(figure('III', 'acknowledge')).toMatchObject({ n: 1, p50S: 60, p90S: 60, doubtful: 1, limitS: 600 });
    expect(figure('II', 'dispatch')).toMatchObject({ n: 0, p50S: null, open: 1 });
    expect(figure(null, 'arrive')).toMatchObject({ n: 1, p50S: 1800, doubtful: 0, open: 2 });
    const grave = await reports().responseTimes(county, { ...TODAY, severity: 'II' });
    expect(grave.rows.map(({ incidentId }) => incidentId)).toEqual([told.unsent.id]);
    expect((await reports().responseTimes(county, { from: '2026-07-22', to: '2026-07-22' })).rows).toEqual([]);
  });

  it('counts the same incidents by time, kind and society', async () => {
    const { over, kinds, societies, total, step: by, left } = await reports().incidents(auditor, TODAY);
    const counts = { I: 0, II: 1, III: 2, IV: 0, total: 3 };
    expect({ over, total, by, left }).toEqual({ over: [{ from: '2026-07-21', ...counts }], total: counts, by: 'day', left: 0 }); // prettier-ignore
    expect(kinds.map(({ kind, total: all }) => [kind, all])).toEqual([['flood', 2], ['typhoon', 1]]); // prettier-ignore
    expect(societies).toMatchObject([{ societyId: told.sound.societyId, total: 3 }]);
  });

  it('tells opening, received, issued and closing of a period, whatever came later', async () => {
    const stock = async (period: { from: string; to: string }) => (await reports().stock(keeper, { ...period, itemId })).rows; // prettier-ignore
    expect(await stock(TODAY)).toMatchObject([{ itemCode: 'RP01', opening: 100, received: 50, issued: 30, adjusted: 0, closing: 120, off: 0 }]); // prettier-ignore
    expect(await stock({ from: '2026-07-01', to: '2026-07-18' })).toEqual([]);
    expect(await stock({ from: '2026-07-19', to: '2026-07-23' })).toMatchObject([{ opening: 0, received: 157, issued: 30, closing: 127, off: 0 }]); // prettier-ignore
  });

  it('reconciles every row, and closes with what the ledger says lay there then', async () => {
    const { rows, check, cut } = await reports().stock(auditor, { ...TODAY, warehouseId });
    expect(rows.length).toBeGreaterThan(30);
    expect([check.rowsOff, check.off, cut]).toEqual([0, 0, false]);
    const { items } = await world.app.get(StockService).asOf(keeper, { warehouseId, at: '2026-07-22T00:00:00+08:00' });
    expect(check.closing).toBe(items.reduce((sum, { onHandUnits }) => sum + onHandUnits, 0));
    expect(check.opening + check.received - check.issued + check.adjusted).toBe(check.closing);
  });

  it('pages the record newest first, without exercises and for the society asked for', async () => {
    await world.app.settled();
    const [{ from, to }] = (await world.app.query(
      `select min(received_at at time zone 'Asia/Shanghai')::date::text as from, max(received_at at time zone 'Asia/Shanghai')::date::text as to from journal`,
    )) as [{ from: string; to: string }];
    const page = (cursor?: string) => reports().dutyLog(county, { from, to, limit: 5, ...(cursor ? { cursor } : {}) });
    const all: number[] = [];
    const incidents = new Set<string | null>();
    for (let one = await page(); ; one = await page(one.nextCursor!)) {
      expect(one.items.length).toBeLessThanOrEqual(5);
      all.push(...one.items.map(({ seq }) => seq));
      one.items.forEach(({ incidentId }) => incidents.add(incidentId));
      if (!one.nextCursor) break;
    }
    expect(all).toEqual([...new Set(all)].sort((a, b) => b - a));
    expect([...incidents].filter(Boolean).sort()).toEqual([told.sound.id, told.doubtful.id, told.unsent.id].sort());
    expect((await reports().dutyLog(await world.app.as('duty.330900'), { from, to, limit: 5 })).items.some(({ incidentId }) => incidents.has(incidentId) && incidentId !== null)).toBe(false); // prettier-ignore
  });

  it('writes each report as a workbook that our own reader opens, with every row of the page, and on paper', async () => {
    const { rows } = await reports().stock(keeper, TODAY);
    const files = world.app.get(ReportFilesService);
    const book = await files.workbook(keeper, { report: 'stock', locale: 'zh-CN', filters: TODAY });
    const sheet = await readSheet(await buffer(book), 10_000);
    expect(sheet.rows).toHaveLength(1 + rows.length + 1);
    const line = sheet.rows.find(({ cells }) => cells.some(({ text }) => text === 'RP01'));
    expect(line!.cells.flatMap(({ number }) => number ?? [])).toEqual([100, 50, 30, 0, 120, 0]);
    for (const report of ['response-times', 'duty-log', 'incidents']) {
      const table = await readSheet(await buffer(await files.workbook(county, { report, locale: 'en', filters: TODAY })), 10_000); // prettier-ignore
      expect(table.rows.length).toBeGreaterThan(0);
      const paper = await files.paper(county, { report, locale: 'zh-CN', filters: TODAY });
      expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    }
  }, 240_000);

  it('answers each for what he answers for: 403 without the role, 404 for a foreign society or store, 400 for no period', async () => {
    const tokens = new Map<string, string>();
    const ask = async (account: string, path: string) => {
      const token = tokens.get(account) ?? (await world.app.as(account)).token;
      tokens.set(account, token);
      return request(world.app.url).get(`/api/v1/reports/${path}`).set('authorization', `Bearer ${token}`);
    };
    const days = 'from=2026-07-21&to=2026-07-21';
    const zhoushan = await world.id('society', '330900');
    const leader = 'leader.T-331082-SR-1';
    const status = async (account: string, path: string) => (await ask(account, path)).status;
    for (const path of ['response-times', 'duty-log', 'incidents', 'stock', 'response-times.xlsx', 'stock.pdf'])
      expect([path, await status(leader, `${path}?${days}`)]).toEqual([path, 403]);
    expect(await status(`keeper.${STORE}`, `stock?${days}`)).toBe(200);
    for (const path of ['response-times', 'duty-log', 'incidents'])
      expect([path, await status(`keeper.${STORE}`, `${path}?${days}`)]).toEqual([path, 403]);
    expect(await status(`keeper.${STORE}`, `duty-log.xlsx?${days}`)).toBe(403);
    for (const path of ['response-times', 'duty-log', 'incidents', 'stock', 'incidents.xlsx'])
      expect([path, await status('duty.331082', `${path}?${days}&societyId=${zhoushan}`)]).toEqual([path, 404]);
    expect(await status('auditor.330000', `stock?${days}&societyId=${zhoushan}`)).toBe(200);
    expect(await status('duty.330900', `stock?${days}&warehouseId=${warehouseId}`)).toBe(404);
    expect(await status('duty.331082', 'stock?from=2026-07-21&to=2026-07-20')).toBe(400);
    expect(await status('duty.331082', 'incidents?from=2025-07-20&to=2026-07-21')).toBe(400);
    expect(await status('duty.331082', `nothing.xlsx?${days}`)).toBe(404);
  }, 240_000);
});
