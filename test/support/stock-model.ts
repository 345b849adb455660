/**
 * The ledger told plainly: lots with units by warehouse, orders with picks. It knows nothing of accounts, locks or SQL, and is what the
 * product is compared with (see stock-commands.ts).
 */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The two items of the model's world: undated kit, and goods that need ten days of use on arrival. */
export const ITEMS = [{ minimumUseDays: 0 }, { minimumUseDays: 10 }];
export const dayAt = (ms: number) => new Date(ms + 8 * HOUR).toISOString().slice(0, 10);

export interface Lot {
  id: string;
  item: number;
  expiresOn: string | null;
  receivedOn: string;
  /** By warehouse. */
  onHand: number[];
}
export interface Line {
  id: string;
  warehouse: number;
  item: number;
  units: number;
  picks: { lot: Lot; units: number }[];
}
export interface Order {
  id: string;
  lines: Line[];
  state: 'pending' | 'posted' | 'released' | 'expired' | 'delivered';
  until: number | null;
  count?: [number, number, number][];
}
export interface Model {
  lots: Lot[];
  orders: Order[];
  outside: { received: number; damaged: number; missing: number };
}
export const newModel = (): Model => ({ lots: [], orders: [], outside: { received: 0, damaged: 0, missing: 0 } });

export const reservedOf = (model: Model, lot: Lot, warehouse: number) =>
  model.orders
    .filter((order) => order.state === 'pending')
    .flatMap((order) => order.lines)
    .filter((line) => line.warehouse === warehouse)
    .flatMap((line) => line.picks)
    .reduce((sum, pick) => sum + (pick.lot === lot ? pick.units : 0), 0);

/** Unit by unit: the next unit of the best lot that still has one, until the whole order is served or one pair is short. */
export function decideOrder(model: Model, order: Order, arrivalOn: string): string {
  const free = new Map(model.lots.flatMap((lot) => [0, 1].map((w) => [`${w} ${lot.id}`, lot.onHand[w]! - reservedOf(model, lot, w)]))); // prettier-ignore
  const inOrder = [...model.lots].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const pairs = new Set(order.lines.map((line) => `${line.warehouse} ${line.item}`));
  for (const pair of pairs) {
    const [w, i] = pair.split(' ').map(Number) as [number, number];
    const stocked = inOrder.filter((lot) => lot.item === i && free.get(`${w} ${lot.id}`)! > 0);
    const usableFrom = dayAt(Date.parse(`${arrivalOn}T00:00:00+08:00`) + ITEMS[i]!.minimumUseDays * DAY);
    const usable = stocked.filter((lot) => lot.expiresOn === null || lot.expiresOn >= usableFrom);
    for (const line of order.lines.filter((one) => one.warehouse === w && one.item === i)) {
      for (let n = 0; n < line.units; n++) {
        const lot = usable.find((one) => free.get(`${w} ${one.id}`)! > 0);
        if (!lot) {
          return usable.length === 0 && stocked.length > 0 ? 'stock.lot-expired' : 'stock.insufficient';
        }
        free.set(`${w} ${lot.id}`, free.get(`${w} ${lot.id}`)! - 1);
        const last = line.picks.at(-1);
        if (last?.lot === lot) last.units++;
        else line.picks.push({ lot, units: 1 });
      }
    }
  }
  return 'done';
}
const sortKey = (lot: Lot) => `${lot.expiresOn ?? '9999-12-31'} ${lot.receivedOn} ${lot.id}`;
