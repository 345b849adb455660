import type { ReturnGoods } from '../../../../src/relief-stock/changing/return.dto.js';

export const CONDITIONS = ['good', 'damaged', 'quarantined'] as const;
type Condition = (typeof CONDITIONS)[number];
/** What was typed, by the recipient's account and condition. */
export type Counted = Record<string, Partial<Record<Condition, string>>>;

const figure = (text: string | undefined): number => (/^\d{1,8}$/.test(text ?? '') ? Number(text) : 0);

/** Lines with units, as they go on the wire. */
export const linesOf = (counted: Counted, binId: string): ReturnGoods['lines'] =>
  Object.entries(counted).flatMap(([cellId, found]) =>
    CONDITIONS.map((condition) => ({ cellId, binId, condition, units: figure(found[condition]) })).filter(
      ({ units }) => units > 0,
    ),
  );

/** Accounts of which more comes back than is out. */
export const moreThanDelivered = (lines: readonly { cellId: string; units: number }[], counted: Counted): string[] =>
  lines
    .filter(
      ({ cellId, units }) =>
        CONDITIONS.reduce((sum, condition) => sum + figure(counted[cellId]?.[condition]), 0) > units,
    )
    .map(({ cellId }) => cellId);
