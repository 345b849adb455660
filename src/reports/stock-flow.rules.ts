import type { PlaceKind } from '../relief-stock/relief-stock.dto.js';
import type { StockRowDto } from './reports.dto.js';

export type Flow = Pick<StockRowDto, 'opening' | 'received' | 'issued' | 'adjusted' | 'closing' | 'off'>;
/** Units that passed between the shelves and one kind of account in the period: positive onto the shelves, negative off them. */
export interface Leg {
  other: PlaceKind;
  units: number;
  /** Takes an earlier movement back: it counts against the column of what it takes back. */
  reversal: boolean;
}

const RECEIVED: readonly PlaceKind[] = ['supplier', 'donor', 'opening', 'transit', 'recipient'];
const ISSUED: readonly PlaceKind[] = ['transit', 'recipient'];

/**
 * The column of a leg. Onto the shelves from who gave it, from the road or back from who had it: received. Off them to the road or to who needs
 * it: issued. Everything else (counts, losses, disposal, kits, corrections) is an adjustment. A leg from shelf to shelf has none: its two ends cancel.
 */
export function columnOf({ other, units, reversal }: Leg): 'received' | 'issued' | 'adjusted' | null {
  if (other === 'bin') return null;
  const inwards = units > 0 !== reversal;
  if (inwards && RECEIVED.includes(other)) return 'received';
  if (!inwards && ISSUED.includes(other)) return 'issued';
  return 'adjusted';
}

/**
 * A row of the report. opening and closing are balances of the ledger, the columns sums of its movements; `off` is by how much
 * opening + received − issued + adjusted misses closing.
 */
export function flowOf(balances: { opening: number; closing: number }, legs: readonly Leg[]): Flow {
  const sum = (column: ReturnType<typeof columnOf>) =>
    legs.reduce((total, leg) => total + (columnOf(leg) === column ? leg.units : 0), 0);
  const [received, out, adjusted] = [sum('received'), sum('issued'), sum('adjusted')];
  const { opening, closing } = balances;
  return {
    opening,
    received,
    issued: 0 - out,
    adjusted,
    closing,
    off: closing - (opening + received + out + adjusted),
  };
}

/** All rows together, and how many of them do not reconcile. */
export function checkOf(rows: readonly Flow[]): Flow & { rowsOff: number } {
  const sum = (key: keyof Flow) => rows.reduce((total, row) => total + row[key], 0);
  return {
    opening: sum('opening'),
    received: sum('received'),
    issued: sum('issued'),
    adjusted: sum('adjusted'),
    closing: sum('closing'),
    off: sum('off'),
    rowsOff: rows.filter(({ off }) => off !== 0).length,
  };
}
