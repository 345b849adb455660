import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { AccessService, type Actor } from '../access/index.js';
import { dayAfter, type DemoData, PAPER_WORDS as SAYS } from '../database/seeds/demo/index.js';
import {
  AdjustmentService, BoxService, CountReadService, CountService, IssueService, NoticeService, ReceiptService, ReceiptStepsService,
  TransferService, TransportService,
} from '../relief-stock/index.js'; // prettier-ignore
import { Clock } from '../shared/clock.js';
import { idFrom } from '../shared/ids.js';
import { DemoDonation } from './donation.service.js';

const HOUR_MS = 3_600_000;
const CITY = 'WH-331000-1';
const COUNTY = 'WH-331082-1';
type Cell = Awaited<ReturnType<AdjustmentService['cells']>>['items'][number];

/**
 * Papers in the middle of their lives, one or two of each kind, so that every page of the keepers has something to do on the first day. They
 * come in by the ordinary commands, by those who may give them, and have fixed ids: the books hold, and a second run changes nothing.
 */
@Injectable()
export class DemoPapers implements BeforeApplicationShutdown {
  private readonly log = new Logger('demo');
  private writing: Promise<void> = Promise.resolve();
  private ending = false;

  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly receipts: ReceiptService,
    private readonly receiptSteps: ReceiptStepsService,
    private readonly transfers: TransferService,
    private readonly transport: TransportService,
    private readonly issues: IssueService,
    private readonly counts: CountService,
    private readonly countReads: CountReadService,
    private readonly adjustments: AdjustmentService,
    private readonly boxes: BoxService,
    private readonly notices: NoticeService,
    private readonly donation: DemoDonation,
  ) {}

  /** Writes them one after another; one that is refused is logged and does not keep the others away. */
  async write(data: DemoData): Promise<void> {
    const at = { data, people: await this.people() };
    await this.noted('receipts', () => this.arriving(at));
    await this.noted('transfer', () => this.travelling(at));
    await this.noted('issue', () => this.picked(at));
    await this.noted('count', () => this.counting(at));
    await this.noted('changes', () => this.changing(at));
    await this.noted('box', () => this.boxed(at));
    await this.noted('donation', () => this.donation.write(data));
    await this.noted('notices', () => this.notices.scan('shelves'));
  }

  private async noted(name: string, write: () => Promise<unknown>): Promise<void> {
    if (this.ending) return;
    try {
      await write();
    } catch (error) {
      if (!this.ending) this.log.warn(`the demo's ${name} could not be written: ${String(error)}`);
    }
  }

  /** Writes them after the start, which does not wait for them; the end does. */
  begin(data: DemoData): void {
    this.writing = this.write(data).catch((error: unknown) => this.log.warn(String(error)));
  }
  /** Ends once all are there, or at once where none are to be written. */
  written(): Promise<void> {
    return this.writing;
  }
  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    await this.writing;
  }

  private async people() {
    const named = (account: string) => this.access.actorNamed(account);
    const [officer, keeper, countyKeeper] = [await named('duty.331000'), await named(`keeper.${CITY}`), await named(`keeper.${COUNTY}`)]; // prettier-ignore
    return { officer, keeper, countyKeeper };
  }
  private ago(hours: number): string {
    return new Date(this.clock.now().getTime() - hours * HOUR_MS).toISOString();
  }

  /** Goods announced for tomorrow, and others that one person has counted. */
  private async arriving({ data, people }: At): Promise<void> {
    const { keeper } = people;
    const warehouseId = storeId(data, CITY);
    const expectedOn = dayAfter(this.clock.now(), 1);
    const paper = { warehouseId, source: 'purchase' as const, sourceName: SAYS.supplier };
    await this.receipts.announceGoods(keeper, {
      ...paper, id: demoPaper('receipt-announced'), expectedOn, note: SAYS.announced, lines: [{ itemId: itemId(data, 'BD01'), units: 400, lotCode: 'BD01-S' }],
    }); // prettier-ignore
    const lines = [{ itemId: itemId(data, 'BD03'), units: 300, lotCode: 'BD03-S' }];
    const told = await this.receipts.announceGoods(keeper, { ...paper, id: demoPaper('receipt-counting'), note: SAYS.counting, lines }); // prettier-ignore
    const here = await this.receiptSteps.arrive(keeper, told.id, { version: told.version });
    await this.receiptSteps.count(keeper, here.id, { version: here.version, lines: [{ line: 1, units: 298 }] });
  }

  /** A lorry from the city to the county. */
  private async travelling({ data, people }: At): Promise<void> {
    const { officer, keeper } = people;
    const plannedArrivalAt = new Date(this.clock.now().getTime() + 2 * HOUR_MS).toISOString();
    const goods = [{ itemId: itemId(data, 'FK01'), units: 60 }, { itemId: itemId(data, 'BD03'), units: 40 }]; // prettier-ignore
    const { id } = await this.transfers.draftTransfer(officer, {
      id: demoPaper('transfer'), fromWarehouseId: storeId(data, CITY), toWarehouseId: storeId(data, COUNTY), keepsOwner: false, plannedArrivalAt,
      note: SAYS.transfer, goods,
    }); // prettier-ignore
    await this.transfers.order(officer, id, { occurredAt: this.ago(5) });
    await this.transport.pick(keeper, id, { occurredAt: this.ago(3) });
    const { vehicle, driver: driverName, driverPhone } = SAYS;
    await this.transport.load(keeper, id, { occurredAt: this.ago(2), vehicle, driverName, driverPhone });
    await this.transport.depart(keeper, id, { occurredAt: this.ago(1) });
  }

  /** Goods for people in need, off the shelf and waiting to be fetched. */
  private async picked({ data, people }: At): Promise<void> {
    const plannedAt = new Date(this.clock.now().getTime() + 4 * HOUR_MS).toISOString();
    const { id } = await this.issues.orderIssue(people.officer, {
      id: demoPaper('issue'), warehouseId: storeId(data, CITY), purpose: 'poor-relief', recipient: SAYS.recipient, note: SAYS.issue, plannedAt,
      goods: [{ itemId: itemId(data, 'BD03'), units: 20 }], occurredAt: this.ago(3),
    }); // prettier-ignore
    await this.issues.pick(people.keeper, id, { occurredAt: this.ago(1) });
  }

  /** A spot count in the county, with a line that differs and lines still to count. */
  private async counting({ data, people }: At): Promise<void> {
    const { countyKeeper } = people;
    const warehouseId = storeId(data, COUNTY);
    const cells = await this.cellsOf(countyKeeper, warehouseId);
    const itemIds = [...new Set(cells.map((cell) => cell.itemId))].slice(0, 3);
    const { id } = await this.counts.openCount(countyKeeper, {
      id: demoPaper('count'), warehouseId, scope: { by: 'items', ids: itemIds }, kind: 'spot', blind: false, note: SAYS.count,
    }); // prettier-ignore
    const { lines } = await this.countReads.count(countyKeeper, id);
    // A line that nobody has counted says nothing of the book: what lies there is what its cell holds.
    const lying = new Map(cells.map((cell) => [goodsKey(cell), cell.onHandUnits]));
    const known = lines.flatMap((line) => (lying.has(goodsKey(line)) ? [{ id: line.id, units: lying.get(goodsKey(line))! }] : [])); // prettier-ignore
    const [largest] = [...known].sort((a, b) => b.units - a.units);
    const counted = known.filter((line, n) => line === largest || n < known.length - 1);
    const countedAt = this.clock.now().toISOString();
    await this.counts.countLines(countyKeeper, id, {
      lines: counted.map((line) => ({
        lineId: line.id, units: line.units - (line === largest ? 1 : 0), countedAt, clockOffsetMs: 0,
      })),
    }); // prettier-ignore
  }

  /** Damaged goods and a rotation, both waiting for somebody else's word. */
  private async changing({ data, people }: At): Promise<void> {
    const { keeper } = people;
    const warehouseId = storeId(data, CITY);
    const cells = (await this.cellsOf(keeper, warehouseId)).filter(free);
    const [largest] = [...cells].sort((a, b) => freeUnits(b) - freeUnits(a));
    const [oldest] = cells.filter((cell) => cell !== largest && cell.expiresOn).sort((a, b) => (a.expiresOn! < b.expiresOn! ? -1 : 1)); // prettier-ignore
    const line = (cell: Cell, reason: string, units: number) => ({
      reason, lotId: cell.lotId, binId: cell.binId, condition: cell.condition, ownerSocietyId: cell.ownerSocietyId, fund: cell.fund, units, note: '',
    }); // prettier-ignore
    const damaged = Math.max(1, Math.floor(freeUnits(largest!) / 10));
    await this.adjustments.draft(keeper, {
      id: demoPaper('damage'), kind: 'damage', warehouseId, submit: true, note: SAYS.damage, lines: [line(largest!, 'water', damaged)], replacements: [],
    }); // prettier-ignore
    if (!oldest) return;
    const units = Math.max(1, Math.floor(freeUnits(oldest) / 4));
    const dueOn = dayAfter(this.clock.now(), 30);
    await this.adjustments.draft(keeper, {
      id: demoPaper('rotation'), kind: 'rotation', warehouseId, submit: false, note: SAYS.rotation, lines: [line(oldest, 'rotate-relief', units)],
      replacements: [{ itemId: oldest.itemId, units, dueOn, supplier: SAYS.supplier }],
    }); // prettier-ignore
  }

  /** A box on the shelf, so that there is one to scan. */
  private async boxed({ data, people }: At): Promise<void> {
    const warehouseId = storeId(data, CITY);
    const cells = (await this.cellsOf(people.keeper, warehouseId)).filter(free);
    const { binId } = cells[0]!;
    const contents = cells.filter((cell) => cell.binId === binId).slice(0, 2).map((cell) => ({ contentId: cell.id, units: Math.min(10, freeUnits(cell)) })); // prettier-ignore
    await this.boxes.pack(people.keeper, { id: demoPaper('box'), kind: 'box', warehouseId, binId, note: '', contents, boxIds: [] }); // prettier-ignore
  }

  private async cellsOf(actor: Actor, warehouseId: string): Promise<Cell[]> {
    return (await this.adjustments.cells(actor, { warehouseId, setAside: false, limit: 500 })).items;
  }
}

interface At {
  data: DemoData;
  people: { officer: Actor; keeper: Actor; countyKeeper: Actor };
}
const demoPaper = (name: string): string => idFrom('demo-paper', name);
const storeId = (data: DemoData, code: string): string => data.warehouses.find((one) => one.code === code)!.id;
const itemId = (data: DemoData, code: string): string => data.items.find((one) => one.code === code)!.id;
const goodsKey = (one: Pick<Cell, 'binId' | 'lotId' | 'condition' | 'ownerSocietyId' | 'fund'>): string =>
  [one.binId, one.lotId, one.condition, one.ownerSocietyId, one.fund].join(' ');
const freeUnits = (cell: Cell): number => cell.onHandUnits - cell.reservedUnits;
const free = (cell: Cell): boolean => cell.condition === 'good' && freeUnits(cell) > 20;
