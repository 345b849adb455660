import { ITEMS } from './plan.js';

/**
 * The ledger told plainly: balances by name, orders with their picks, the past as a list of legs. It knows nothing of SQL, locks or
 * transactions. Names of accounts are the product's ids, because ties among bins are broken by them.
 */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const dayAt = (ms: number): string => new Date(ms + 8 * HOUR).toISOString().slice(0, 10);

export interface Lot {
  id: string;
  item: number;
  expiresOn: string | null;
  receivedOn: string;
}
interface Leg {
  units: number;
  at: number;
  recorded: number;
}
export interface Balance {
  onHand: number;
  reserved: number;
  inside: boolean;
  /** Set for bins: whose shelf, and which lot lies on it. */
  shelf?: { warehouse: number; lot: string };
  legs: Leg[];
}
export interface Order {
  state: 'refused' | 'pending' | 'posted' | 'released' | 'expired' | 'delivered';
  until: number | null;
  picks: { line: number; cell: string; lot: string; units: number }[];
  count?: string;
}
export interface Model {
  cells: Record<string, Balance>;
  lots: Record<string, Lot>;
  orders: Record<number, Order>;
  /** What causes have done: the accounts and units, so that a repeat can be told from another content. */
  causes: Record<string, { from: string; to: string; units: number }[]>;
}

export const newModel = (): Model => ({ cells: {}, lots: {}, orders: {}, causes: {} });

export interface Account {
  id: string;
  inside: boolean;
  shelf?: { warehouse: number; lot: string };
}
export interface Posting {
  from: Account;
  to: Account;
  units: number;
  reserved?: boolean;
}

export function cellOf(model: Model, { id, inside, shelf }: Account): Balance {
  return (model.cells[id] ??= { onHand: 0, reserved: 0, inside, legs: [], ...(shelf ? { shelf } : {}) });
}

/** What a posting ends with: 'done', or the code of the refusal; only 'done' changes the model. */
export function post(model: Model, causeId: string, postings: Posting[], times: { now: number; at: number }): string {
  const content = postings.map(({ from, to, units }) => ({ from: from.id, to: to.id, units }));
  const before = model.causes[causeId];
  if (before) return JSON.stringify(before) === JSON.stringify(content) ? 'done' : 'idempotency.mismatch';
  const wanted = new Map<Balance, { all: number; free: number; into: number }>();
  for (const { from, to, units, reserved } of postings) {
    const giving = tallyOf(wanted, cellOf(model, from));
    giving.all += units;
    if (!reserved) giving.free += units;
    tallyOf(wanted, cellOf(model, to)).into += units;
  }
  for (const [cell, { free, into }] of wanted) {
    if (cell.inside && free > cell.onHand - cell.reserved + into) return 'stock.insufficient';
  }
  if (times.at < times.now) {
    for (const [cell, { all }] of wanted) {
      if (cell.inside && all > 0 && lowestSince(cell, times.at) < all) return 'stock.not-yet-there';
    }
  }
  for (const { from, to, units, reserved } of postings) {
    move(cellOf(model, from), -units, times);
    move(cellOf(model, to), units, times);
    if (reserved) cellOf(model, from).reserved -= units;
  }
  model.causes[causeId] = content;
  return 'done';
}

function tallyOf(wanted: Map<Balance, { all: number; free: number; into: number }>, cell: Balance) {
  const tally = wanted.get(cell) ?? { all: 0, free: 0, into: 0 };
  wanted.set(cell, tally);
  return tally;
}

function move(cell: Balance, units: number, { now, at }: { now: number; at: number }): void {
  cell.onHand += units;
  cell.legs.push({ units, at, recorded: now });
}

/** The lowest balance of a cell from a moment on, leg by leg. */
function lowestSince(cell: Balance, at: number): number {
  const past = [...cell.legs].sort((a, b) => a.at - b.at || a.recorded - b.recorded);
  let balance = past.filter((leg) => leg.at <= at).reduce((sum, leg) => sum + leg.units, 0);
  let lowest = balance;
  for (const leg of past.filter((one) => one.at > at)) lowest = Math.min(lowest, (balance += leg.units));
  return lowest;
}

/** Unit by unit: the next unit of the best shelf that still has one, pair by pair in the order of the lines. */
export function promise(
  model: Model,
  lines: { warehouse: number; item: number; units: number }[],
  arrivalOn: string,
): Order['picks'] | string {
  const picks: Order['picks'] = [];
  const taken = new Map<string, number>();
  const pairs = [...new Set(lines.map((line) => `${line.warehouse} ${line.item}`))];
  for (const pair of pairs) {
    const [warehouse, item] = pair.split(' ').map(Number) as [number, number];
    const shelves = Object.entries(model.cells)
      .filter(([, { shelf }]) => shelf?.warehouse === warehouse && model.lots[shelf.lot]!.item === item)
      .map(([id, { shelf, onHand, reserved }]) => ({ id, lot: model.lots[shelf!.lot]!, free: onHand - reserved }))
      .filter(({ free }) => free > 0)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const from = dayAt(Date.parse(`${arrivalOn}T00:00:00+08:00`) + ITEMS[item]!.minimumUseDays * DAY);
    const usable = shelves.filter(({ lot }) => lot.expiresOn === null || lot.expiresOn >= from);
    for (const [n, line] of lines.entries()) {
      if (line.warehouse !== warehouse || line.item !== item) continue;
      for (let unit = 0; unit < line.units; unit++) {
        const shelf = usable.find(({ id, free }) => free > (taken.get(id) ?? 0));
        if (!shelf) return usable.length === 0 && shelves.length > 0 ? 'stock.lot-expired' : 'stock.insufficient';
        taken.set(shelf.id, (taken.get(shelf.id) ?? 0) + 1);
        const last = picks.at(-1);
        if (last?.cell === shelf.id && last.line === n) last.units++;
        else picks.push({ line: n, cell: shelf.id, lot: shelf.lot.id, units: 1 });
      }
    }
  }
  return picks;
}

const keyOf = ({ id, lot }: { id: string; lot: Lot }) =>
  `${lot.expiresOn ?? '9999-12-31'} ${lot.receivedOn} ${lot.id} ${id}`;
