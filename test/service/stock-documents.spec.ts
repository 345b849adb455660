import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Actor } from '../../src/access/index.js';
import { generateDemo } from '../../src/database/seeds/demo/index.js';
import { DemoService } from '../../src/demo/demo.service.js';
import { DemoPapers } from '../../src/demo/papers.service.js';
import {
  DonationService,
  IssueService,
  type PaperContent,
  RequestService,
  ReturnService,
  StockDesk,
} from '../../src/relief-stock/index.js';
import type { OwnKind } from '../../src/relief-stock/codes/own-code.rules.js';
import { wordsOf } from '../../src/relief-stock/paper/words.js';
import { idFrom } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { startApp, type TestApp } from '../support/app.js';
import { WORLD_NOW } from '../support/database.js';

const DAY = 86_400_000;
/** PAPER_SAMPLES=folder keeps what was printed, for eyes. */
const SAMPLES = process.env.PAPER_SAMPLES;
const demoPaper = (name: string) => idFrom('demo-paper', name);

describe('the papers of the demo', () => {
  let app: TestApp;
  let keeper: Actor & { token: string };
  let officer: Actor & { token: string };
  /** Who sees the papers of the city and of the county. */
  let city: Actor & { token: string };
  let requestId: string;
  let returnId: string;
  beforeAll(async () => {
    app = await startApp();
    app.clock.forward(DAY);
    const data = generateDemo({ now: new Date(WORLD_NOW) });
    await app.get(DemoService)['report'](
      data.incidents.find(({ societyAdcode }) => societyAdcode === '331081')!,
      data,
    );
    await app.get(DemoPapers).write(data);
    keeper = await app.as('keeper.WH-331000-1');
    officer = await app.as('duty.331082');
    city = await app.as('duty.331000');
    requestId = await requested();
    returnId = await returned();
  }, 240_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const idOf = async (table: string, code: string) =>
    (await app.query<{ id: string }>(`select id from ${table} where code = $1`, [code]))[0]!.id;
  const requested = async () => {
    const neededBy = new Date(app.clock.now().getTime() + DAY).toISOString();
    const { id } = await app.get(RequestService).requestGoods(officer, {
      origin: 'below', societyId: officer.grants[0]!.societyId, neededBy, warehouseId: await idOf('warehouse', 'WH-331082-1'), place: '临海市', note: '',
      lines: [{ itemId: await idOf('item', 'BD01'), units: 200 }],
    }); // prettier-ignore
    return id;
  };
  const returned = async () => {
    const issue = demoPaper('issue');
    await app.get(IssueService).issue(keeper, issue, { receiverName: '示范领取人' });
    const returns = app.get(ReturnService);
    const delivery = await returns.delivery(keeper, issue);
    const [bin] = await app.query<{ id: string }>(`select id from stock_place where kind = 'bin' and warehouse_id = $1 limit 1`, [delivery.warehouseId]); // prettier-ignore
    const { id } = await returns.returnGoods(keeper, {
      warehouseId: delivery.warehouseId, deliveryId: issue, returnedBy: '示范领取人', note: '',
      lines: [{ cellId: delivery.lines[0]!.cellId, units: 3, binId: bin!.id, condition: 'good' }],
    }); // prettier-ignore
    return id;
  };
  const get = async (path: string, as: { token: string } = city) => {
    const answer = await request(app.url).get(`/api/v1/stock/${path}`).set('Authorization', `Bearer ${as.token}`).buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      }); // prettier-ignore
    return { status: answer.status, type: answer.headers['content-type'], bytes: answer.body as Buffer };
  };
  const contentOf = (form: string, id: string): Promise<PaperContent> =>
    app.read((tx) =>
      app.get(StockDesk).papers.get(form)!(tx, { actor: city, id, words: wordsOf('zh-CN'), locale: 'zh-CN' }),
    );
  const things = (): Record<string, string> => ({
    transfer: demoPaper('transfer'), issue: demoPaper('issue'), count: demoPaper('count'), adjustment: demoPaper('damage'), return: returnId,
    request: requestId,
  }); // prettier-ignore

  it('stand in the middle of their lives', async () => {
    const states = await app.query(
      `select 'receipt' as kind, status from goods_receipt union all select 'transfer', status from stock_transfer
       union all select 'count', status from stock_count union all select kind, status from stock_adjustment
       union all select 'box', status from stock_box order by 1, 2`,
    );
    expect(states).toEqual([
      { kind: 'box', status: 'packed' }, { kind: 'count', status: 'open' }, { kind: 'damage', status: 'submitted' },
      { kind: 'receipt', status: 'accepted' }, { kind: 'receipt', status: 'announced' }, { kind: 'receipt', status: 'counted-a' }, { kind: 'rotation', status: 'draft' },
      { kind: 'transfer', status: 'departed' },
    ]); // prettier-ignore
    const [announced] = await app.query(`select expected_on as day from goods_receipt where id = $1`, [demoPaper('receipt-announced')]); // prettier-ignore
    expect(announced).toEqual({ day: '2026-07-23' }); // three in the morning of the 22nd in China is the 21st in UTC
    const notices = await app.query<{ kind: string }>(`select distinct kind from stock_notice where closed_at is null`);
    expect(notices.map(({ kind }) => kind)).toContain('expiring');
  });

  it('trace a donation from its giver to who signed for it', async () => {
    const auditor = await app.as('auditor.330000');
    const donations = app.get(DonationService);
    const [given] = (await donations.donations(auditor, { limit: 10 })).items;
    expect(given).toMatchObject({
      donorName: '台州某家纺企业（示范）', receiptNo: '示范-2026-0001', status: 'received', counters: [expect.any(String), '捐赠方代表（示范）'],
    }); // prettier-ignore
    const [quilts] = (await donations.trace(auditor, given!.id)).items;
    expect(quilts).toMatchObject({ receivedUnits: 300, inStoreUnits: 180, issuedUnits: 120 });
    const incident = await app.query<{ id: string }>(`select id from incident where title = '温岭暴雨内涝（示范）'`);
    expect(quilts!.handedOver).toEqual([{
      recipient: '温岭市避灾安置场所（示范）', document: expect.stringMatching(/-CK-/), units: 120,
      receiverName: '安置场所接收人（示范）', incidentId: incident[0]!.id, signedAt: expect.any(String),
    }]); // prettier-ignore
  });

  it('are written once', async () => {
    const [before] = await app.query<{ n: number }>(`select count(*)::int as n from stock_movement`);
    const papers = `select (select count(*) from stock_transfer) + (select count(*) from goods_receipt) + (select count(*) from stock_adjustment) + (select count(*) from stock_box) as n`;
    const [written] = await app.query<{ n: number }>(papers);
    await app.get(DemoPapers).write(generateDemo({ now: new Date(WORLD_NOW) }));
    expect(await app.query(papers)).toEqual([written]);
    expect(await app.query(`select count(*)::int as n from stock_movement`)).toEqual([before]);
  });

  it('print on both sizes, each with its own name', async () => {
    const titles: Record<string, string> = {
      transfer: '物资调拨单', issue: '物资出库单', count: '物资盘点表（差异）', adjustment: '物资报损单', return: '物资退库单', request: '物资申请单',
    }; // prettier-ignore
    for (const [form, id] of Object.entries(things())) {
      expect((await contentOf(form, id)).title).toBe(titles[form]);
      for (const size of ['a4', '241x140']) {
        const { status, type, bytes } = await get(`papers/${form}/${id}.pdf?size=${size}`);
        expect([form, status, type]).toEqual([form, 200, 'application/pdf']);
        if (SAMPLES) {
          mkdirSync(SAMPLES, { recursive: true });
          writeFileSync(join(SAMPLES, `${form}-${size}.pdf`), bytes);
        }
      }
    }
    for (const size of ['a6', '60x40', 'a4']) {
      const label = await get(`labels/box.pdf?ids=${demoPaper('box')}&size=${size}`);
      expect(label.status).toBe(200);
      if (SAMPLES) writeFileSync(join(SAMPLES, `box-label-${size}.pdf`), label.bytes);
    }
  });

  it('say what the screens say, in words: no code of ours is left on paper', async () => {
    for (const [form, id] of Object.entries(things())) {
      const { facts, tables, notes, signatures } = await contentOf(form, id);
      const said = [...facts.flatMap(({ label, value }) => [label, value]), ...tables.flatMap(({ columns, rows }) => [...columns.map(({ label }) => label), ...rows.flat()]), ...notes, ...signatures]; // prettier-ignore
      expect(said.filter((text) => /^[a-z-]+(\.[a-z-]+)+/.test(text) || /paper\.|sign\.role\./.test(text))).toEqual([]);
    }
    const count = await contentOf('count', demoPaper('count'));
    expect(count.tables[0]!.rows.some((row) => row[10] === '−1')).toBe(true);
    const transfer = await contentOf('transfer', demoPaper('transfer'));
    expect(transfer.tables[0]!.totals![7]).toBe('100');
    expect(transfer.signatures).toHaveLength(4);
    expect(transfer.notes.join()).toMatch(/签发 .*发车/);
    const asked = await contentOf('request', requestId);
    expect(asked.tables[0]!.rows[0]!.slice(4, 9)).toEqual(['200', '0', '0', '0', '200']);
  });

  it('open from their codes and are listed as sheets, for who may see them', async () => {
    const kinds: [OwnKind, string][] = [
      ['transfer', demoPaper('transfer')], ['issue', demoPaper('issue')], ['stock-count', demoPaper('count')], ['adjustment', demoPaper('damage')],
      ['stock-return', returnId], ['request', requestId], ['box', demoPaper('box')],
    ]; // prettier-ignore
    const scan = async (kind: OwnKind, id: string, as: { token: string }) =>
      request(app.url).post('/api/v1/stock/scans').set('Authorization', `Bearer ${as.token}`).send({ text: app.get(StockDesk).addressOf({ kind, id }) }); // prettier-ignore
    const stranger = await app.as('duty.330900');
    for (const [kind, id] of kinds) {
      const { body } = await scan(kind, id, city);
      expect([body.found[0].kind, body.found[0].id]).toEqual([kind, id]);
      expect((await scan(kind, id, stranger)).status).toBe(404);
    }
    for (const list of ['transfers', 'issues', 'counts', 'adjustments', 'returns', 'requests']) {
      const { status, bytes } = await get(`exports/${list}.xlsx`);
      expect([list, status, bytes.subarray(0, 2).toString()]).toEqual([list, 200, 'PK']);
    }
    for (const [form, id] of Object.entries(things())) expect((await get(`papers/${form}/${id}.pdf`, stranger)).status).toBe(404); // prettier-ignore
  });
});
