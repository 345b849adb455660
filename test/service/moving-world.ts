import { AccessService, type Actor } from '../../src/access/index.js';
import type { Role } from '../../src/access/access.dto.js';
import {
  AdjustmentService,
  CatalogueService,
  ReceiptService,
  StockService,
  WarehouseService,
} from '../../src/relief-stock/index.js';
import { TransferService } from '../../src/relief-stock/moving/transfer.service.js';
import { TransportService } from '../../src/relief-stock/moving/transport.service.js';
import { BinMoveService } from '../../src/relief-stock/moving/bin-move.service.js';
import { IssueService } from '../../src/relief-stock/moving/issue.service.js';
import { InquiryService } from '../../src/relief-stock/moving/inquiry.service.js';
import type { DraftTransfer, ReceiveTransfer, TransferDto } from '../../src/relief-stock/moving/transfer.dto.js';
import { TRANSFER_STEPS, type TransferStepName } from '../../src/relief-stock/moving/transfer.rules.js';
import { FundService } from '../../src/relief-stock/receiving/fund.service.js';
import type { ReceiveGoods } from '../../src/relief-stock/receiving/receipt.dto.js';
import type { WarehouseDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { DEMO_PASSWORD } from '../support/database.js';
import { expectConsoleAgrees } from '../support/console.js';

export const CITY = 'WH-331000-1';
export const COUNTY = 'WH-331082-1';
export const HOUR = 3_600_000;
/** Both sides and who stands above them: what one of them sees must be what a console opened now shows. */
export const WATCHING = ['duty.331000', 'duty.331082', `keeper.${CITY}`, `keeper.${COUNTY}`];

type Taken = { [step in TransferStepName]?: object };

/** An application with a city's and a county's warehouse, and the words in which the tests of moving goods speak. */
export class MovingWorld {
  private made = 0;
  private readonly sessions = new Map<string, ReturnType<TestApp['as']>>();
  private constructor(
    readonly app: TestApp,
    readonly city: WarehouseDto,
    readonly county: WarehouseDto,
  ) {}

  static async open(): Promise<MovingWorld> {
    const app = await startApp();
    const { items } = await app.get(WarehouseService).warehouses(await app.as('admin.330000'), { limit: 500 });
    const called = (code: string) => items.find((one) => one.code === code)!;
    return new MovingWorld(app, called(CITY), called(COUNTY));
  }

  get transfers() {
    return this.app.get(TransferService);
  }
  get transport() {
    return this.app.get(TransportService);
  }
  get issues() {
    return this.app.get(IssueService);
  }
  get binMoves() {
    return this.app.get(BinMoveService);
  }
  /** What lies of an item in the bins of a warehouse, bin by bin. */
  async cells(itemId: string, warehouse = this.city) {
    const query = { warehouseId: warehouse.id, itemId, limit: 100 };
    const { items } = await this.app.get(AdjustmentService).cells(await this.as('duty.330000'), query);
    return items.sort((a, b) => a.binCode.localeCompare(b.binCode));
  }
  get inquiries() {
    return this.app.get(InquiryService);
  }
  /** The service that takes a step, so that a test can name it. */
  serviceOf(step: TransferStepName) {
    const { transfers, transport } = this;
    return (step in Object.getPrototypeOf(transfers) ? transfers : transport) as unknown as Record<
      TransferStepName,
      (actor: Actor, id: string, input: object) => Promise<TransferDto>
    >;
  }
  /** One session an account: signing in is slow on purpose. */
  as(account: string) {
    const held = this.sessions.get(account) ?? this.app.as(account);
    this.sessions.set(account, held);
    return held;
  }
  watching<T>(command: () => Promise<T>): Promise<T> {
    return expectConsoleAgrees(this.app, WATCHING, command);
  }

  /** An item of its own for a test, with lots in the city's warehouse: what one test does cannot hide what another needs. */
  async itemWith(
    lots: { units: number; expiresOn?: string; binId?: string; fund?: string }[],
    over: { weightG?: number; volumeCm3?: number; priceFen?: number } = {},
  ) {
    const keeper = await this.as(`keeper.${CITY}`);
    const item = await this.app.get(CatalogueService).addItem(keeper, {
      code: `M${String(++this.made).padStart(3, '0')}`, name: '测试物资', nameEn: 'test', gbClass: 1, unit: '件', weightG: 1000,
      volumeCm3: 2000, minimumUseDays: 0, ...over,
    }); // prettier-ignore
    for (const fund of new Set(lots.flatMap(({ fund }) => (fund ? [fund] : [])))) await this.openFund(fund);
    const lines = lots.map((lot, n) => ({ itemId: item.id, lotCode: `L${n + 1}`, ...lot }));
    await this.receiveGoods({ warehouseId: this.city.id, lines });
    return item;
  }
  /** A fund that goods can be of, once. */
  private async openFund(code: string) {
    const known = await this.app.query(`select 1 from stock_fund where code = $1`, [code]);
    if (known.length > 0) return;
    const fund = { code, name: code, kind: 'purchase' as const, societyId: this.city.societyId, intent: {} };
    await this.app.get(FundService).openFund(await this.as('lead.330000'), fund);
  }
  async receiveGoods(input: Pick<ReceiveGoods, 'warehouseId' | 'lines'>) {
    const keeper = await this.as(`keeper.${input.warehouseId === this.city.id ? CITY : COUNTY}`);
    return this.app
      .get(ReceiptService)
      .receiveGoods(keeper, { source: 'purchase', sourceName: '供应商', note: '', ...input });
  }

  async levelOf(itemId: string, warehouse = this.city) {
    const actor = await this.as('duty.330000');
    const { items } = await this.app.get(StockService).levels(actor, { warehouseId: warehouse.id, itemId, limit: 10 });
    const level = items[0];
    return level && [level.onHandUnits, level.reservedUnits, level.availableUnits, level.heldUnits];
  }
  /** What the movements of a document say, by reason. */
  async movements(document: string) {
    return this.app.query<{
      reason: string;
      from: string;
      to: string;
      units: number;
      fromOwner: string;
      toOwner: string;
    }>(
      `select m.reason, fp.kind || ' ' || f.condition as "from", tp.kind || ' ' || t.condition as "to", m.units, fo.adcode as "fromOwner", too.adcode as "toOwner"
       from stock_movement m join stock_cell f on f.id = m.from_cell_id join stock_place fp on fp.id = f.place_id
       join stock_cell t on t.id = m.to_cell_id join stock_place tp on tp.id = t.place_id
       join society fo on fo.id = f.owner_society_id join society too on too.id = t.owner_society_id
       where m.document = $1 order by m.reason, m.units`,
      [document],
    );
  }

  async draft(goods: DraftTransfer['goods'], over: Partial<DraftTransfer> = {}): Promise<TransferDto> {
    const plannedArrivalAt = new Date(this.app.clock.now().getTime() + 6 * HOUR).toISOString();
    return this.transfers.draftTransfer(await this.as('duty.331000'), {
      fromWarehouseId: this.city.id, toWarehouseId: this.county.id, keepsOwner: false, note: '', plannedArrivalAt, goods, ...over,
    }); // prettier-ignore
  }
  /** Takes steps in order, each by who may take it, watched by all consoles when asked. */
  async take(transfer: TransferDto, steps: TransferStepName[], inputs: Taken = {}): Promise<TransferDto> {
    let now = transfer;
    for (const step of steps) {
      const actor = await this.as(WHO[step]);
      now = await this.serviceOf(step)[step](actor, transfer.id, { ...INPUT[step], ...inputs[step] });
    }
    return now;
  }
  /** A transfer taken all the way to a state. */
  async transferAt(
    status: keyof typeof WAY,
    goods: DraftTransfer['goods'],
    over: Partial<DraftTransfer> = {},
  ): Promise<TransferDto> {
    return this.take(await this.draft(goods, over), WAY[status]);
  }
  async receive(transfer: TransferDto, input: Partial<ReceiveTransfer>): Promise<TransferDto> {
    return this.transport.receive(await this.as(WHO.receive), transfer.id, { lots: [], ...input });
  }
  /** Somebody of the city with several roles, who could do everything alone if nobody looked. */
  async personWith(roles: Role[]) {
    const access = this.app.get(AccessService);
    const admin = await this.as('admin.330000');
    const { societyId } = this.city;
    const account = `both.${newId().slice(-8)}`;
    const user = await access.createUser(admin, { account, name: '一人多岗', societyId, password: DEMO_PASSWORD });
    for (const role of roles) await access.grantRole(admin, user.id, { role, societyId });
    return this.as(account);
  }
  close() {
    return this.app.close();
  }
}

const OUT: TransferStepName[] = ['order', 'pick', 'load', 'depart'];
export const WAY = {
  draft: [], ordered: OUT.slice(0, 1), picking: OUT.slice(0, 2), loaded: OUT.slice(0, 3), departed: OUT, arrived: [...OUT, 'arrive'],
  received: [...OUT, 'arrive', 'receive'], closed: [...OUT, 'arrive', 'receive', 'close'], cancelled: ['cancel'],
  returned: [...OUT, 'return'], lost: [...OUT, 'lose'],
} satisfies Record<string, TransferStepName[]>; // prettier-ignore

export const WHO: Record<TransferStepName, string> = {
  order: 'duty.331000', pick: `keeper.${CITY}`, load: `keeper.${CITY}`, depart: `keeper.${CITY}`, arrive: `keeper.${COUNTY}`,
  receive: `keeper.${COUNTY}`, close: 'duty.331000', cancel: 'duty.331000', return: `keeper.${CITY}`, lose: 'duty.331000',
}; // prettier-ignore
const reason = { reason: '测试' };
export const INPUT: Record<TransferStepName, object> = {
  order: {}, pick: {}, load: { vehicle: '浙J12345' }, depart: {}, arrive: {}, receive: { lots: [] }, close: {}, cancel: reason,
  return: reason, lose: reason,
}; // prettier-ignore
export const STEPS = TRANSFER_STEPS;
