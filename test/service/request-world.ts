import type { Actor } from '../../src/access/index.js';
import { inTransaction, type Tx } from '../../src/database/index.js';
import {
  CatalogueService, ReceiptService, RequestAnswerService, RequestService, StockService,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import { requestGoods } from '../../src/relief-stock/requests/requests.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';

export const COUNTY = '331082';
export const CITY = '331000';
export const PROVINCE = '330000';
export const NEIGHBOUR = '330300';

/** An application with the desks of a county, its city and province, and a city beside it, and what they say about requests. */
export class RequestWorld {
  private made = 0;
  private constructor(
    readonly app: TestApp,
    private readonly ids: Map<string, string>,
  ) {}

  static async open(): Promise<RequestWorld> {
    return RequestWorld.of(await startApp());
  }
  static async of(app: TestApp): Promise<RequestWorld> {
    const rows = await app.query<{ code: string; id: string }>(
      `select code, id from warehouse union all select adcode, id from society`,
    );
    return new RequestWorld(app, new Map(rows.map(({ code, id }) => [code, id])));
  }

  get requests() {
    return this.app.get(RequestService);
  }
  get answers() {
    return this.app.get(RequestAnswerService);
  }
  id(code: string): string {
    const id = this.ids.get(code);
    if (!id) throw new Error(`the demo has no ${code}`);
    return id;
  }
  store = (adcode: string) => this.id(`WH-${adcode}-1`);
  desk = (adcode: string) => this.app.as(`duty.${adcode}`);
  keeper = (adcode: string) => this.app.as(`keeper.WH-${adcode}-1`);
  tx = <T>(body: (tx: Tx) => Promise<T>) => inTransaction(this.app.db, body);

  /** An item of its own, with units in the stores named. */
  async item(stocks: Record<string, number>): Promise<string> {
    const { id } = await this.app.get(CatalogueService).addItem(await this.keeper(CITY), {
      code: `R${newId().slice(-6).toUpperCase()}${++this.made}`, name: '测试物资', nameEn: 'test', gbClass: 1, unit: '件', weightG: 1,
      volumeCm3: 1, minimumUseDays: 0,
    }); // prettier-ignore
    for (const [adcode, units] of Object.entries(stocks)) {
      await this.app.get(ReceiptService).receiveGoods(await this.keeper(adcode), {
        warehouseId: this.store(adcode), source: 'purchase', sourceName: '供应商', note: '', lines: [{ itemId: id, lotCode: 'L1', units }],
      }); // prettier-ignore
    }
    return id;
  }

  async ask(actor: Actor, lines: { itemId: string; units: number }[], more: object = {}) {
    const neededBy = new Date(this.app.clock.now().getTime() + 6 * 3_600_000).toISOString();
    return this.requests.requestGoods(
      actor,
      requestGoods.parse({ societyId: this.id(COUNTY), neededBy, place: '临海古城安置点', lines, ...more }),
    );
  }

  give(actor: Actor, request: { id: string; lines: { id: string }[] }, adcode: string, units: number, line = 0) {
    const lines = [{ lineId: request.lines[line]!.id, warehouseId: this.store(adcode), units }];
    return this.answers.answerRequest(actor, request.id, { lines });
  }

  async level(adcode: string, itemId: string) {
    const { items } = await this.app
      .get(StockService)
      .levels(await this.desk(PROVINCE), { warehouseId: this.store(adcode), itemId, limit: 1 });
    const { onHandUnits: onHand, reservedUnits: reserved, availableUnits: available } = items[0]!;
    return { onHand, reserved, available };
  }
}
