import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';

export type Count = { receivedUnits: number; damagedUnits: number; missingUnits: number };
export type Counts = Record<string, Count>;
export type Part = keyof Count;

export const wholeCount = (shippedUnits: number): Count => ({
  receivedUnits: shippedUnits,
  damagedUnits: 0,
  missingUnits: 0,
});

/**
 * A figure was typed. What is damaged or missing comes off what was accepted, as long as the three added up before; a count that
 * somebody is in the middle of correcting is left alone.
 */
export function withFigure(count: Count, part: Part, units: number, shippedUnits: number): Count {
  const next = { ...count, [part]: units };
  if (part === 'receivedUnits' || difference(count, shippedUnits) !== 0) return next;
  return { ...next, receivedUnits: Math.max(0, shippedUnits - next.damagedUnits - next.missingUnits) };
}

/** Units that are not accounted for; negative when more were counted than shipped. */
export const difference = (count: Count, shippedUnits: number): number =>
  shippedUnits - count.receivedUnits - count.damagedUnits - count.missingUnits;

export function receiveBody(order: Pick<SupplyOrderDto, 'lines' | 'version'>, receiverName: string, counts: Counts) {
  return {
    version: order.version,
    receiverName: receiverName.trim(),
    lines: order.lines.map(({ id, shippedUnits }) => ({ lineId: id, ...(counts[id] ?? wholeCount(shippedUnits)) })),
  };
}
