import { readConfig } from '../../src/config.js';
import { type Database, inTransaction } from '../../src/database/index.js';
import {
  CountService,
  lotsOfLines,
  ReceiptService,
  reserveSupplies,
  shipSupplies,
} from '../../src/relief-stock/index.js';
import type { CountLineDto } from '../../src/relief-stock/counting/count.dto.js';
import { newId } from '../../src/shared/ids.js';
import { type CountStore, FILLED_AT, SimClock, type StoreCell } from './count-store.js';
import { Timeline } from './timeline.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ISSUES = 200;
const RECEIPTS = 50;
const AT_ONCE = 8;

export interface SimOptions {
  /** How far the stamp of a movement may lie from when hands were in the bin. */
  stampErrorMs: number;
  /** How far a device's clock is off; it knows by how much, except for the error of measuring it. */
  skewMs: number;
  offsetErrorMs: number;
}
/** Together the two errors stay below the window of two minutes in which a cell is counted again. */
export const HONEST: SimOptions = { stampErrorMs: 45 * SECOND, skewMs: 3 * MINUTE, offsetErrorMs: 45 * SECOND };

/**
 * A store in which people really carry goods, and a server that only hears of it: late, in another order, with clocks that are off. What
 * lies in the bins is known exactly, so every difference that the count finds can be told right from wrong.
 */
export class CountSim {
  readonly physical = new Map<string, number>();
  /** Units that were put into a wrong bin or carried off before the count: what it must find, and nothing else. */
  readonly wrong = new Map<string, number>();
  readonly clock: SimClock;
  readonly time: Timeline;
  readonly counting: CountService;
  private readonly receipts: ReceiptService;
  private readonly devices: Record<'keeper' | 'other', { skewMs: number; offsetMs: number }>;
  moving = 0;

  constructor(
    readonly db: Database,
    readonly store: CountStore,
    readonly dice: () => number,
    readonly options: SimOptions,
  ) {
    this.clock = new SimClock(new Date(FILLED_AT.getTime() + 24 * HOUR));
    this.time = new Timeline(this.clock, AT_ONCE);
    this.counting = new CountService(db, this.clock);
    this.receipts = new ReceiptService(db, this.clock, readConfig({}));
    for (const cell of store.cells) this.physical.set(keyOf(cell), cell.units);
    const device = () => {
      const skewMs = Math.round(this.between(-options.skewMs, options.skewMs));
      return { skewMs, offsetMs: -skewMs + Math.round(this.between(-options.offsetErrorMs, options.offsetErrorMs)) };
    };
    this.devices = { keeper: device(), other: device() };
  }

  between(low: number, high: number): number {
    return low + this.dice() * (high - low);
  }
  pick<T>(of: readonly T[]): T {
    return of[Math.floor(this.dice() * of.length)]!;
  }

  /** Before the count some units go where nobody wrote them down. */
  misplace(): void {
    for (let n = 0; n < 8; n++) {
      const cell = this.pick(this.store.cells);
      const units = 1 + Math.floor(this.dice() * 4);
      this.astray(cell, -units);
      if (n >= 6) continue; // carried off
      const bin = this.pick(this.store.bins.filter(({ id }) => id !== cell.binId));
      this.astray({ lotId: cell.lotId, binId: bin.id }, units);
    }
  }
  private astray(at: { lotId: string; binId: string }, units: number): void {
    this.move(at, units);
    this.wrong.set(keyOf(at), (this.wrong.get(keyOf(at)) ?? 0) + units);
  }
  private move(at: { lotId: string; binId: string }, units: number): void {
    this.physical.set(keyOf(at), (this.physical.get(keyOf(at)) ?? 0) + units);
  }

  /** Issues and receipts from now on, over the given time. */
  startMoving(overMs: number, issues = ISSUES, receipts = RECEIPTS): void {
    for (let n = 0; n < issues; n++) this.later(this.between(0, overMs), () => this.issue());
    for (let n = 0; n < receipts; n++) this.later(this.between(0, overMs), () => this.receipt());
  }
  private later(ms: number, act: () => void | Promise<void>): void {
    this.moving++;
    this.time.after(ms, async () => {
      await act();
      this.moving--;
    });
  }
  /** What a mover writes down as the time; nobody writes a time that the server would call the future. */
  private stamp(): Date {
    const error = Math.round(this.between(-1, 1) * this.options.stampErrorMs);
    return new Date(this.clock.at.getTime() + Math.min(error, 4 * MINUTE));
  }

  /** Promised at the desk, taken out of the bins some minutes later, and the paper arrives when it arrives. */
  private issue(): void {
    const orderLineId = newId();
    const { itemId } = this.pick(this.store.cells);
    const { warehouseId, people } = this.store;
    const line = { orderLineId, itemId, units: 1 + Math.floor(this.dice() * 4), warehouseId };
    const now = this.clock.now();
    const promised = this.time.send(() =>
      inTransaction(this.db, (tx) => reserveSupplies(tx, { lines: [line], arrivalAt: now, untilAt: null, now, actor: people.mover })),
    );
    this.later(this.between(MINUTE, 10 * MINUTE), async () => {
      await promised;
      const lots = await inTransaction(this.db, (tx) => lotsOfLines(tx, [orderLineId]));
      for (const { lotId, binCode, units } of lots) {
        this.move({ lotId, binId: this.store.bins.find(({ code }) => code === binCode)!.id }, -units);
      }
      const occurredAt = this.stamp();
      this.later(this.between(0, 30 * MINUTE), () => {
        const orderId = newId();
        const order = { orderId, document: orderId, orderLineIds: [orderLineId], now: this.clock.now(), occurredAt, actor: people.mover };
        void this.time.send(() => inTransaction(this.db, (tx) => shipSupplies(tx, order)));
      });
    });
  } // prettier-ignore

  private receipt(): void {
    const cell = this.pick(this.store.cells);
    const units = 1 + Math.floor(this.dice() * 9);
    this.move(cell, units);
    const occurredAt = this.stamp().toISOString();
    this.later(this.between(0, 20 * MINUTE), () => {
      void this.time.send(() =>
        this.receipts.receiveGoods(this.store.people.mover, {
          warehouseId: this.store.warehouseId, source: 'purchase', sourceName: 'soak', note: '', occurredAt,
          lines: [{ itemId: cell.itemId, lotCode: cell.lotCode, expiresOn: expiryOf(cell), units, binId: cell.binId }],
        }),
      );
    });
  } // prettier-ignore

  /** Somebody walks along bins and counts their lines, a few seconds each; a bin's counts are uploaded together, later, sometimes twice. */
  walk(countId: string, who: 'keeper' | 'other', lines: readonly CountLineDto[], known: ReadonlySet<string>): void {
    const device = this.devices[who];
    const byBin = new Map<string, CountLineDto[]>();
    for (const line of lines) byBin.set(line.binId, [...(byBin.get(line.binId) ?? []), line]);
    let at = 0;
    for (const [binId, own] of byBin) {
      const counted: { lineId: string; units: number; countedAt: string; clockOffsetMs: number }[] = [];
      for (const line of own) {
        at += this.between(2 * SECOND, 10 * SECOND);
        this.later(at, () => void counted.push({ lineId: line.id, ...this.look(line, device) }));
      }
      at += 5 * SECOND;
      this.later(at, () => {
        this.reportFound(countId, { who, binId, known });
        this.later(this.between(0, 20 * MINUTE), () => {
          const upload = () => this.counting.countLines(this.store.people[who], countId, { lines: counted });
          void this.time.send(upload);
          if (this.dice() < 0.05) void this.time.send(upload);
        });
      });
    }
  }
  private look(at: { lotId: string; binId: string }, device: { skewMs: number; offsetMs: number }) {
    const countedAt = new Date(this.clock.at.getTime() + device.skewMs).toISOString();
    return { units: this.physical.get(keyOf(at)) ?? 0, countedAt, clockOffsetMs: device.offsetMs };
  }

  /** Goods of a lot that has no line in this bin are seen and reported at once. */
  private reportFound(countId: string, at: { who: 'keeper' | 'other'; binId: string; known: ReadonlySet<string> }): void {
    for (const [key, units] of this.physical) {
      const [lotId, binId] = key.split(' ') as [string, string];
      if (binId !== at.binId || units === 0 || at.known.has(key)) continue;
      const { itemId } = this.store.cells.find((cell) => cell.lotId === lotId)!;
      const found = { itemId, lotId, binId, condition: 'good' as const, ...this.look({ lotId, binId }, this.devices[at.who]) };
      void this.time.send(() => this.counting.addFoundLine(this.store.people[at.who], countId, found));
    }
  } // prettier-ignore
}

export const keyOf = ({ lotId, binId }: { lotId: string; binId: string }): string => `${lotId} ${binId}`;
const expiryOf = ({ lotCode }: StoreCell): string =>
  `2028-${String(1 + (Number(lotCode.slice(4)) % 12)).padStart(2, '0')}-15`;
