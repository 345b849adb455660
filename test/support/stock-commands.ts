import { expect } from '@jest/globals';
import fc from 'fast-check';
import { type Actor, systemActor } from '../../src/access/index.js';
import { inTransaction, type Tx } from '../../src/database/index.js';
import {
  deliverSupplies, dueReservations, keepReservations, ReceiptService, releaseSupplies, reserveSupplies, shipSupplies,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import { newId } from '../../src/shared/ids.js';
import type { TestApp } from './app.js';
import { DAY, dayAt, decideOrder, HOUR, type Model, type Order, reservedOf } from './stock-model.js';

/**
 * The ledger told twice: once by the product, once by the plain model. Random commands run on both; answers, refusals and what lies in
 * the bins must agree after every step.
 */
export interface Real {
  app: TestApp;
  keepers: Actor[];
  warehouses: { id: string; code: string }[];
  items: { id: string; code: string }[];
}
type Command = fc.AsyncCommand<Model, Real>;

const actor = systemActor('model');
const nowOf = (real: Real) => real.app.clock.now().getTime();
const tx = <T>(real: Real, body: (tx: Tx) => Promise<T>) => inTransaction(real.app.db, body);

/** 'done' or the code of the refusal. */
async function outcome(command: string, promise: Promise<unknown>): Promise<unknown> {
  const ending = await promise.then(() => 'done', (error: { code?: string }) => error.code ?? error); // prettier-ignore
  ended(command, ending);
  return ending;
}
const lineIds = (order: Order) => order.lines.map((line) => line.id);
const shipmentOf = (order: Order, real: Real) => ({
  orderId: order.id, document: `MODEL-${order.id.slice(-6)}`, orderLineIds: lineIds(order), now: real.app.clock.now(),
  occurredAt: real.app.clock.now(), actor,
}); // prettier-ignore

/** What lies in the bins, lot by lot, as the model sees it must be what the product says. */
export async function expectSameStock(model: Model, real: Real): Promise<void> {
  const rows = await real.app.query<{ warehouse: string; lot: string; onHand: number; reserved: number }>(
    `select warehouse_id as warehouse, lot_id as lot, sum(on_hand)::bigint as "onHand", sum(reserved)::bigint as reserved
     from stock_cell where kind = 'bin' and item_id = any($1) group by 1, 2`,
    [real.items.map((item) => item.id)],
  );
  const told = new Map(
    rows.map((row) => [`${row.warehouse} ${row.lot}`, { onHand: row.onHand, reserved: row.reserved }]),
  );
  for (const [w, warehouse] of real.warehouses.entries()) {
    for (const lot of model.lots) {
      const found = told.get(`${warehouse.id} ${lot.id}`) ?? { onHand: 0, reserved: 0 };
      const expected = { onHand: lot.onHand[w]!, reserved: reservedOf(model, lot, w) };
      expect({ warehouse: w, item: lot.item, expiresOn: lot.expiresOn, ...found }).toEqual({
        warehouse: w, item: lot.item, expiresOn: lot.expiresOn, ...expected,
      });
    }
  } // prettier-ignore
}

/** How often each command ended how, over all runs: a run that never ships proves nothing about shipping. */
export const endings = new Map<string, number>();
const ended = (command: string, ending: unknown) => {
  const key = `${command} ${String(ending)}`;
  endings.set(key, (endings.get(key) ?? 0) + 1);
};

class Receive implements Command {
  constructor(readonly warehouse: number, readonly item: number, readonly lifeDays: number | null, readonly units: number) {} // prettier-ignore
  check = () => true;
  toString = () => `receive(${JSON.stringify({ ...this })})`;
  async run(model: Model, real: Real): Promise<void> {
    const today = dayAt(nowOf(real));
    const expiresOn = this.lifeDays === null ? null : dayAt(nowOf(real) + this.lifeDays * DAY);
    const receipt = await real.app.get(ReceiptService).receiveGoods(real.keepers[this.warehouse]!, {
      warehouseId: real.warehouses[this.warehouse]!.id, source: 'purchase', sourceName: '模型', note: '',
      lines: [{ itemId: real.items[this.item]!.id, lotCode: 'LOT', expiresOn, units: this.units }],
    }); // prettier-ignore
    const id = receipt.lines[0]!.lotId!;
    let lot = model.lots.find((one) => one.item === this.item && one.expiresOn === expiresOn);
    if (lot) expect(id).toBe(lot.id);
    else model.lots.push((lot = { id, item: this.item, expiresOn, receivedOn: today, onHand: [0, 0] }));
    lot.onHand[this.warehouse]! += this.units;
    await expectSameStock(model, real);
  }
}

class Reserve implements Command {
  constructor(
    readonly lines: { warehouse: number; item: number; units: number }[],
    readonly travelDays: number,
    readonly hours: number | null,
  ) {}
  check = () => true;
  toString = () => `reserve(${JSON.stringify({ ...this })})`;
  async run(model: Model, real: Real): Promise<void> {
    const until = this.hours === null ? null : nowOf(real) + this.hours * HOUR;
    const order: Order = { id: newId(), state: 'pending', until, lines: this.lines.map((line) => ({ ...line, id: newId(), picks: [] })) }; // prettier-ignore
    const expected = decideOrder(model, order, dayAt(nowOf(real) + this.travelDays * DAY));
    const asked = {
      lines: order.lines.map(({ id, warehouse, item, units }) => ({
        orderLineId: id, warehouseId: real.warehouses[warehouse]!.id, itemId: real.items[item]!.id, units,
      })),
      arrivalAt: new Date(nowOf(real) + this.travelDays * DAY), untilAt: until === null ? null : new Date(until),
      now: real.app.clock.now(), actor,
    }; // prettier-ignore
    expect(
      await outcome(
        'reserve',
        tx(real, (one) => reserveSupplies(one, asked)),
      ),
    ).toBe(expected);
    if (expected === 'done') model.orders.push(order);
    await expectSameStock(model, real);
  }
}

abstract class OnOrder implements Command {
  constructor(readonly which: number) {}
  check = (model: Readonly<Model>) => model.orders.length > 0;
  toString = () => `${this.constructor.name.toLowerCase()}(${JSON.stringify({ ...this })})`;
  async run(model: Model, real: Real): Promise<void> {
    await this.act(model, real, model.orders[this.which % model.orders.length]!);
    await expectSameStock(model, real);
  }
  abstract act(model: Model, real: Real, order: Order): Promise<void>;
}

class Release extends OnOrder {
  async act(_: Model, real: Real, order: Order): Promise<void> {
    const request = { orderLineIds: lineIds(order), how: 'released' as const, now: real.app.clock.now(), actor };
    const answer = await outcome(
      'release',
      tx(real, (one) => releaseSupplies(one, request)),
    );
    expect(answer).toBe(order.state === 'pending' ? 'done' : 'reservation.closed');
    if (order.state === 'pending') order.state = 'released';
  }
}

class Keep extends OnOrder {
  async act(_: Model, real: Real, order: Order): Promise<void> {
    const answer = await outcome(
      'keep',
      tx(real, (one) => keepReservations(one, lineIds(order))),
    );
    expect(answer).toBe(order.state === 'pending' ? 'done' : 'reservation.closed');
    if (order.state === 'pending') order.until = null;
  }
}

class Ship extends OnOrder {
  async act(_: Model, real: Real, order: Order): Promise<void> {
    const answer = await outcome(
      order.state === 'pending' ? 'ship' : 'ship again',
      tx(real, (one) => shipSupplies(one, shipmentOf(order, real))),
    );
    const ended = order.state === 'released' || order.state === 'expired';
    expect(answer).toBe(ended ? 'reservation.closed' : 'done');
    if (order.state !== 'pending') return; // told again: nothing more happens
    order.state = 'posted';
    for (const line of order.lines) for (const pick of line.picks) pick.lot.onHand[line.warehouse]! -= pick.units;
  }
}

class Deliver extends OnOrder {
  constructor(which: number, readonly damaged: number, readonly missing: number) { super(which); } // prettier-ignore
  override check = (model: Readonly<Model>) =>
    model.orders.length > 0 && ['posted', 'delivered'].includes(model.orders[this.which % model.orders.length]!.state);
  async act(model: Model, real: Real, order: Order): Promise<void> {
    const count = order.lines.map(({ units }): [number, number, number] => {
      const damaged = Math.min(units, this.damaged);
      const missing = Math.min(units - damaged, this.missing);
      return [units - damaged - missing, damaged, missing];
    });
    const lines = order.lines.map(({ id }, n) => {
      const [receivedUnits, damagedUnits, missingUnits] = count[n]!;
      return { orderLineId: id, receivedUnits, damagedUnits, missingUnits };
    });
    const answer = await outcome(
      order.count ? 'deliver again' : 'deliver',
      tx(real, (one) => deliverSupplies(one, { ...shipmentOf(order, real), recipient: '安置点', lines })),
    );
    const same = order.count === undefined || JSON.stringify(order.count) === JSON.stringify(count);
    expect(answer).toBe(same ? 'done' : 'idempotency.mismatch');
    if (order.state === 'delivered') return;
    Object.assign(order, { state: 'delivered', count });
    for (const [received, damaged, missing] of count) {
      model.outside.received += received;
      model.outside.damaged += damaged;
      model.outside.missing += missing;
    }
  }
}

class Expire implements Command {
  constructor(readonly hours: number) {}
  check = () => true;
  toString = () => `expire(${this.hours} h)`;
  async run(model: Model, real: Real): Promise<void> {
    real.app.clock.forward(this.hours * HOUR);
    const now = nowOf(real);
    const due = model.orders.filter((order) => order.state === 'pending' && order.until !== null && order.until <= now);
    const all = model.orders.flatMap(lineIds);
    const told = await real.app.read((one) => dueReservations(one, new Date(now), 1000));
    const own = told.filter((id) => all.includes(id)); // earlier runs on this database left some of theirs
    expect([...own].sort()).toEqual(due.flatMap(lineIds).sort());
    await tx(real, (one) => releaseSupplies(one, { orderLineIds: all, how: 'expired', now: new Date(now), actor }));
    for (const order of due) order.state = 'expired';
    ended('expire', due.length > 0 ? 'some' : 'none');
    await expectSameStock(model, real);
  }
}

const warehouse = fc.constantFrom(0, 1);
const item = fc.constantFrom(0, 1);
const which = fc.nat(50);
const few = fc.integer({ min: 1, max: 8 });
const line = fc.record({ warehouse, item, units: few });

const reserve = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 0, 1, 5), fc.constantFrom(null, 1, 6, 48))
  .map((args) => new Reserve(...args));

/** Few kinds of faults, so that the same count is told twice now and then. */
const faults = fc.constantFrom<[number, number]>([0, 0], [0, 0], [1, 2], [3, 0]);
const deliver = fc.tuple(which, faults).map(([n, [damaged, missing]]) => new Deliver(n, damaged, missing));

/** Every warehouse starts with two lots of every item, so that there is something to promise from the first command on. */
export const openingStock = (): Command[] =>
  [0, 1].flatMap((w) => [
    new Receive(w, 0, null, 12),
    new Receive(w, 0, 12, 8),
    new Receive(w, 1, 11, 12),
    new Receive(w, 1, 12, 8),
  ]);

export const ledgerCommands = (maxCommands: number): fc.Arbitrary<Iterable<Command>> =>
  fc.commands<Model, Real, false>(
    [
      fc.tuple(warehouse, item, fc.constantFrom(null, 3, 12, 40), fc.integer({ min: 1, max: 20 })).map((args) => new Receive(...args)),
      reserve,
      reserve,
      reserve,
      which.map((n) => new Release(n)),
      which.map((n) => new Keep(n)),
      which.map((n) => new Ship(n)),
      which.map((n) => new Ship(n)),
      deliver,
      deliver,
      deliver,
      fc.constantFrom(1, 6, 30).map((hours) => new Expire(hours)),
    ],
    { maxCommands, size: 'max' },
  ); // prettier-ignore
