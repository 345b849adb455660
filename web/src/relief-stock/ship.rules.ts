import type { ShipSupplies, SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';

export type ShipDraft = {
  vehicle: string;
  driverName: string;
  driverPhone: string;
  etaMin: string;
  inPart: boolean;
  /** What was typed, by line; a line without an entry goes whole. */
  units: Record<string, string>;
  rest: 'kept' | 'released';
};
export const EMPTY_SHIPMENT: ShipDraft = {
  vehicle: '', driverName: '', driverPhone: '', etaMin: '', inPart: false, units: {}, rest: 'kept',
}; // prettier-ignore

type Line = Pick<SupplyOrderDto['lines'][number], 'id' | 'units' | 'takenUnits'>;
type Order = { version: number; lines: readonly Line[] };

/** What is left to send of a line: others may have taken some over. */
export const toSend = (line: Pick<Line, 'units' | 'takenUnits'>): number => line.units - line.takenUnits;
const goes = (draft: ShipDraft, line: Line): number => Number(draft.units[line.id] ?? toSend(line));

export type ShipFault = 'vehicle' | 'too-many' | 'nothing' | 'whole';

/** What still hinders the shipment; a part is more than nothing and less than all. */
export function shipFault(order: Pick<Order, 'lines'>, draft: ShipDraft): ShipFault | null {
  if (draft.vehicle.trim() === '') return 'vehicle';
  if (!draft.inPart) return null;
  if (order.lines.some((line) => goes(draft, line) > toSend(line))) return 'too-many';
  if (order.lines.every((line) => goes(draft, line) === 0)) return 'nothing';
  return order.lines.every((line) => goes(draft, line) === toSend(line)) ? 'whole' : null;
}

export function shipBody(order: Order, draft: ShipDraft): ShipSupplies {
  const { vehicle, driverName, driverPhone, etaMin, inPart, rest } = draft;
  return {
    version: order.version,
    vehicle: vehicle.trim(),
    ...(driverName.trim() ? { driverName: driverName.trim() } : {}),
    ...(driverPhone.trim() ? { driverPhone: driverPhone.trim() } : {}),
    ...(etaMin ? { etaMin: Number(etaMin) } : {}),
    ...(inPart ? { rest, lines: order.lines.map((line) => ({ lineId: line.id, units: goes(draft, line) })) } : {}),
  };
}

/**
 * The same for a shipment that is told later: it names what stands on the lorry, line by line. With the network a version says that nobody took
 * goods over meanwhile; without it "all that is left" would be less than what has gone.
 */
export function shipLaterBody(order: Order, draft: ShipDraft): Omit<ShipSupplies, 'version'> {
  const { version: _, ...body } = shipBody(order, draft);
  return { lines: order.lines.map((line) => ({ lineId: line.id, units: toSend(line) })), ...body };
}
