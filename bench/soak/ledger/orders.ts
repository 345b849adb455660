import { keepReservations, releaseSupplies, reserveSupplies } from '../../../src/relief-stock/reservation.service.js';
import { deliverSupplies, shipSupplies } from '../../../src/relief-stock/shipment.service.js';
import { idFrom } from '../../../src/shared/ids.js';
import { DAY, dayAt, HOUR, type Model, type Order, post, promise } from './model.js';
import { type Both, command, earlier, type Occasion } from './occasion.js';
import type { Act } from './plan.js';
import { account, plain, type World } from './world.js';

const lineIds = (world: World, n: number, lines: readonly unknown[]) =>
  lines.map((_, line) => idFrom('soak-line', String(world.seed), String(n), String(line)));
const orderIdOf = (world: World, n: number) => idFrom('soak-order', String(world.seed), String(n));

/** What is done to the order of an earlier reservation. */
export function onOrder(world: World, one: Occasion, known: Model): Both | undefined {
  const { act } = one;
  if (act.do === 'reserve') return reserve(world, one, act);
  if (act.do === 'expire') return expire(world, one);
  if (act.do !== 'release' && act.do !== 'keep' && act.do !== 'ship' && act.do !== 'deliver') return undefined;
  const target = earlier(one, 'reserve', act.order);
  if (!target) return undefined;
  const { lines } = target.act;
  const on = { n: target.n, ids: lineIds(world, target.n, lines), lines };
  if (act.do === 'ship') return ship(world, one, { act, ...on });
  if (act.do === 'deliver') return deliver(world, one, { act, ...on }, known);
  return endOrKeep(world, one, { kind: act.do, ...on });
}

function reserve(world: World, one: Occasion, act: Extract<Act, { do: 'reserve' }>): Both {
  const ids = lineIds(world, one.n, act.lines);
  const until = act.hours === null ? null : one.now + act.hours * HOUR;
  const arrivalAt = one.now + act.travelDays * DAY;
  const lines = act.lines.map(({ warehouse, item, units }, n) => ({
    orderLineId: ids[n]!, warehouseId: world.warehouses[warehouse]!.id, itemId: world.items[item]!, units,
  })); // prettier-ignore
  return {
    model: (model) => {
      const picks = promise(model, act.lines, dayAt(arrivalAt));
      if (typeof picks === 'string') {
        model.orders[one.n] = { state: 'refused', until, picks: [] };
        return picks;
      }
      for (const { cell, units } of picks) model.cells[cell]!.reserved += units;
      model.orders[one.n] = { state: 'pending', until, picks };
      return 'done';
    },
    real: () =>
      command(world, one, (tx) =>
        reserveSupplies(tx, {
          lines, arrivalAt: new Date(arrivalAt), untilAt: until === null ? null : new Date(until), now: new Date(one.now),
          actor: world.keeper,
        }),
      ),
  }; // prettier-ignore
}

function give(model: Model, order: Order, state: Order['state']): void {
  for (const { cell, units } of order.picks) model.cells[cell]!.reserved -= units;
  order.state = state;
}

function endOrKeep(world: World, one: Occasion, what: { kind: 'release' | 'keep'; n: number; ids: string[] }): Both {
  const { kind, n, ids } = what;
  const release = { orderLineIds: ids, how: 'released' as const, now: new Date(one.now), actor: world.keeper };
  return {
    model: (model) => {
      const order = model.orders[n];
      if (order?.state !== 'pending') return 'reservation.closed'; // also where nothing was promised yet
      if (kind === 'release') give(model, order, 'released');
      else order.until = null;
      return 'done';
    },
    real: () =>
      command(world, one, (tx) => (kind === 'release' ? releaseSupplies(tx, release) : keepReservations(tx, ids))),
  };
}

interface OnOrder<A> {
  act: A;
  n: number;
  ids: string[];
  lines: { warehouse: number; item: number; units: number }[];
}
const documentOf = (world: World, one: Occasion, n: number) => ({
  orderId: orderIdOf(world, n), document: 'SOAK', now: new Date(one.now), actor: world.keeper,
}); // prettier-ignore

/** The account of a pick outside its shelf: in the book of the warehouse of its line, for the goods' first owner. */
function elsewhere(
  world: World,
  model: Model,
  on: OnOrder<unknown>,
  pick: Order['picks'][number],
  kind: 'transit' | 'recipient' | 'disposal' | 'inquiry',
) {
  const { item, expiresOn } = model.lots[pick.lot]!;
  const { warehouse } = on.lines[pick.line]!;
  // A shelf may hold goods of another society that came by transfer: the id tells whose it is.
  const owner = world.warehouses.findIndex((_, w) =>
    world.warehouses[warehouse]!.bins.some(
      ({ code }) =>
        account(world, { item, expiresOn }, { warehouse, kind: 'bin', name: code, owner: w }).id === pick.cell,
    ),
  );
  return plain(world, account(world, { item, expiresOn }, { warehouse, kind, name: orderIdOf(world, on.n), owner, damaged: kind === 'disposal' })); // prettier-ignore
}

function ship(world: World, one: Occasion, on: OnOrder<Extract<Act, { do: 'ship' }>>): Both {
  const at = one.now - on.act.daysAgo * DAY;
  return {
    model: (model) => {
      const order = model.orders[on.n];
      if (order?.state === 'posted' || order?.state === 'delivered') return 'done';
      if (order?.state !== 'pending') return 'reservation.closed';
      const postings = order.picks.map((pick) => ({
        from: { id: pick.cell, inside: true }, to: elsewhere(world, model, on, pick, 'transit'), units: pick.units, reserved: true,
      })); // prettier-ignore
      const ending = post(model, `ship ${on.n}`, postings, { now: one.now, at });
      if (ending === 'done') order.state = 'posted';
      return ending;
    },
    real: () =>
      command(world, one, (tx) =>
        shipSupplies(tx, { ...documentOf(world, one, on.n), orderLineIds: on.ids, occurredAt: new Date(at) }),
      ),
  };
}

function deliver(
  world: World,
  one: Occasion,
  on: OnOrder<Extract<Act, { do: 'deliver' }>>,
  known: Model,
): Both | undefined {
  const state = known.orders[on.n]?.state;
  if (state !== 'posted' && state !== 'delivered') return undefined;
  const counts = on.lines.map(({ units }) => {
    const damagedUnits = Math.min(units, on.act.damaged);
    const missingUnits = Math.min(units - damagedUnits, on.act.missing);
    return { receivedUnits: units - damagedUnits - missingUnits, damagedUnits, missingUnits };
  });
  const lines = counts.map((count, n) => ({ orderLineId: on.ids[n]!, ...count }));
  return {
    model: (model) => {
      const order = model.orders[on.n]!;
      const count = JSON.stringify(counts);
      if (order.count) return order.count === count ? 'done' : 'idempotency.mismatch';
      const sorted = [...order.picks].sort((a, b) => (useKey(model, a) < useKey(model, b) ? -1 : 1));
      const postings = counts.flatMap(({ receivedUnits, damagedUnits, missingUnits }, line) => {
        const rest = sorted.filter((pick) => pick.line === line).map((pick) => ({ ...pick }));
        const kinds = [['recipient', receivedUnits], ['disposal', damagedUnits], ['inquiry', missingUnits]] as const; // prettier-ignore
        return kinds.flatMap(([kind, units]) => takeOff(rest, units).map((pick) => ({
          from: elsewhere(world, model, on, pick, 'transit'), to: elsewhere(world, model, on, pick, kind), units: pick.units,
        }))); // prettier-ignore
      });
      const ending = post(model, `deliver ${on.n}`, postings, { now: one.now, at: one.now });
      Object.assign(order, { state: 'delivered', count });
      return ending;
    },
    real: () =>
      command(world, one, async (tx) => {
        const what = { ...documentOf(world, one, on.n), occurredAt: new Date(one.now), recipient: 'soak', lines };
        await deliverSupplies(tx, what);
      }),
  };
}

const useKey = (model: Model, { cell, lot }: Order['picks'][number]) => {
  const { expiresOn, receivedOn, id } = model.lots[lot]!;
  return `${expiresOn ?? '9999-12-31'} ${receivedOn} ${id} ${cell}`;
};

function takeOff(rest: Order['picks'], wanted: number): Order['picks'] {
  const taken: Order['picks'] = [];
  for (let missing = wanted; missing > 0;) {
    const units = Math.min(missing, rest[0]!.units);
    taken.push({ ...rest[0]!, units });
    rest[0]!.units -= units;
    missing -= units;
    if (rest[0]!.units === 0) rest.shift();
  }
  return taken;
}

function expire(world: World, one: Occasion): Both {
  const ids = one.steps.flatMap(({ act }, n) =>
    act.do === 'reserve' && n < one.n ? lineIds(world, n, act.lines) : [],
  );
  return {
    model: (model) => {
      for (const order of Object.values(model.orders)) {
        if (order.state === 'pending' && order.until !== null && order.until <= one.now) give(model, order, 'expired');
      }
      return 'done';
    },
    real: () =>
      command(world, one, (tx) =>
        releaseSupplies(tx, { orderLineIds: ids, how: 'expired', now: new Date(one.now), actor: world.keeper }),
      ),
  };
}
