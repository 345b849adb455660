import type { MovementDto } from '../../../../src/relief-stock/relief-stock.dto.js';

/** The number of the paper that moved goods; stock that was there before the books began has none. */
export const paperOf = ({ reason, document }: Pick<MovementDto, 'reason' | 'document'>): string | null =>
  reason === 'opening' ? null : document;

/** What a place is called beside its kind: the account that opens the books has no name of its own. */
export const nameOfPlace = (kind: MovementDto['fromKind'], name: string): string => (kind === 'opening' ? '' : name);
