import { readConfig } from '../../../src/config.js';
import { type Posting, reverseMovements } from '../../../src/relief-stock/ledger.service.js';
import { ReceiptService } from '../../../src/relief-stock/receiving/receipt.service.js';
import { Clock } from '../../../src/shared/clock.js';
import { idFrom } from '../../../src/shared/ids.js';
import { DAY, dayAt, type Model, post } from './model.js';
import { type Both, command, earlier, type Occasion, posting } from './occasion.js';
import type { Act } from './plan.js';
import { account, clientOf, lotIdOf, type LotName, plain, type World } from './world.js';

class FixedClock extends Clock {
  constructor(private readonly at: number) {
    super();
  }
  override now(): Date {
    return new Date(this.at);
  }
}

const SETTINGS = readConfig({ NODE_ENV: 'test' });

const lotOf = (act: Extract<Act, { do: 'receive' }>, now: number): LotName => ({
  item: act.item,
  expiresOn: act.lifeDays === null ? null : dayAt(now + act.lifeDays * DAY),
});

/** What is done to goods themselves: they come, are taken back, change shelf, get lost, travel to another warehouse. */
export function onGoods(world: World, one: Occasion, known: Model): Both | undefined {
  const { act } = one;
  if (act.do === 'receive') return receive(world, one, act);
  if (act.do === 'reverse') return reverse(world, one, act);
  if (act.do === 'arrive') return arrive(world, one, act, known);
  if (act.do === 'move' || act.do === 'lose' || act.do === 'depart') return fromShelf(world, one, act, known);
  return undefined;
}

function receive(world: World, one: Occasion, act: Extract<Act, { do: 'receive' }>): Both {
  const warehouse = world.warehouses[act.warehouse]!;
  const id = idFrom('soak-receipt', String(world.seed), String(one.n));
  const lot = lotOf(act, one.now);
  const at = one.now - act.daysAgo * DAY;
  const [bin] = warehouse.bins;
  const from = plain(world, account(world, lot, { warehouse: act.warehouse, kind: 'supplier', name: id }));
  const to = plain(world, account(world, lot, { warehouse: act.warehouse, kind: 'bin', name: bin!.code }));
  return {
    model: (model) => {
      if (act.daysAgo > 31) return 'stock.too-long-ago';
      const lotId = lotIdOf(world, lot);
      model.lots[lotId] ??= { id: lotId, ...lot, receivedOn: dayAt(at) };
      return post(model, id, [{ from, to, units: act.units }], { now: one.now, at });
    },
    real: () =>
      new ReceiptService(world.db, new FixedClock(one.now), SETTINGS).receiveGoods(clientOf(world, one.n, act), {
        id, warehouseId: warehouse.id, source: 'purchase', sourceName: 'soak', note: '', occurredAt: new Date(at).toISOString(),
        lines: [
          { itemId: world.items[act.item]!, lotCode: 'LOT', expiresOn: lot.expiresOn, units: act.units, binId: bin!.id },
        ],
      }),
  }; // prettier-ignore
}

function reverse(world: World, one: Occasion, act: Extract<Act, { do: 'reverse' }>): Both | undefined {
  const target = earlier(one, 'receive', act.receipt);
  if (!target) return undefined;
  const receiptId = idFrom('soak-receipt', String(world.seed), String(target.n));
  const lot = lotOf(target.act, one.nows[target.n]!);
  const { warehouse } = target.act;
  const bin = plain(
    world,
    account(world, lot, { warehouse, kind: 'bin', name: world.warehouses[warehouse]!.bins[0]!.code }),
  );
  const supplier = plain(world, account(world, lot, { warehouse, kind: 'supplier', name: receiptId }));
  return {
    model: (model) => {
      if (!model.causes[receiptId]) return 'movement.not-found';
      const postings = [{ from: bin, to: supplier, units: target.act.units }];
      return post(model, `reversal ${receiptId}`, postings, { now: one.now, at: one.now });
    },
    real: () =>
      command(world, one, async (tx) => {
        await reverseMovements(tx, {
          causeId: idFrom('reversal', receiptId), reversedCauseId: receiptId, document: 'SOAK', actor: world.keeper,
          now: new Date(one.now), occurredAt: new Date(one.now),
        });
      }),
  }; // prettier-ignore
}

type FromShelf = Extract<Act, { do: 'move' | 'lose' | 'depart' }>;
/** Units of the lot of an earlier receipt leave the first bin (or the second) of a warehouse. */
function fromShelf(world: World, one: Occasion, act: FromShelf, known: Model): Both | undefined {
  const target = earlier(one, 'receive', act.receipt);
  if (!target) return undefined;
  const lot = lotOf(target.act, one.nows[target.n]!);
  if (!known.lots[lotIdOf(world, lot)]) return undefined;
  const { warehouse } = act;
  const [a, b] = world.warehouses[warehouse]!.bins.map(({ code }) => account(world, lot, { warehouse, kind: 'bin', name: code })); // prettier-ignore
  const causeId = idFrom('soak-cause', String(world.seed), String(one.n));
  const outside = (kind: 'loss' | 'transit') => account(world, lot, { warehouse, kind, name: causeId });
  const at = act.do === 'lose' ? one.now - act.daysAgo * DAY : one.now;
  const postings: Posting[] = {
    move: () => (act.do === 'move' && act.back ? [{ from: b!, to: a!, units: act.units, reason: 'put-away' as const }] : [{ from: a!, to: b!, units: act.units, reason: 'put-away' as const }]),
    lose: () => [{ from: a!, to: outside('loss'), units: act.units, reason: 'loss' as const }],
    depart: () => [{ from: a!, to: outside('transit'), units: act.units, reason: 'transfer' as const }],
  }[act.do](); // prettier-ignore
  return posting(world, one, { causeId, postings, at });
}

/** A departed load reaches the next warehouse; what is missing waits in an inquiry of the sender's book. */
function arrive(world: World, one: Occasion, act: Extract<Act, { do: 'arrive' }>, known: Model): Both | undefined {
  const load = earlier(one, 'depart', act.transfer);
  const source = load && earlier({ ...one, n: load.n }, 'receive', load.act.receipt);
  if (!load || !source) return undefined;
  const lot = lotOf(source.act, one.nows[source.n]!);
  if (!known.lots[lotIdOf(world, lot)]) return undefined;
  const { warehouse, units } = load.act;
  const cause = idFrom('soak-cause', String(world.seed), String(load.n));
  const next = (warehouse + 1) % world.warehouses.length;
  const from = account(world, lot, { warehouse, kind: 'transit', name: cause });
  const to = account(world, lot, {
    warehouse: next,
    kind: 'bin',
    name: world.warehouses[next]!.bins[0]!.code,
    owner: warehouse,
  });
  const inquiry = account(world, lot, { warehouse, kind: 'inquiry', name: cause });
  const missing = Math.min(units, act.missing);
  const postings: Posting[] = [
    ...(units > missing ? [{ from, to, units: units - missing, reason: 'transfer' as const }] : []),
    ...(missing > 0 ? [{ from, to: inquiry, units: missing, reason: 'missing' as const }] : []),
  ];
  return posting(world, one, { causeId: idFrom('arrive', cause), postings, at: one.now });
}
