import { findSociety } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { Problem } from '../../shared/problem.js';
import { itemsByIds } from '../item.store.js';
import type { ItemDto } from '../relief-stock.dto.js';
import { findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { minuteOf } from './format.rules.js';
import type { Fact, PaperColumn } from './paper.types.js';
import type { Words } from './words.js';

/** Lines that one form may have: about a hundred pages. */
export const MOST_LINES = 4000;

export const mustFit = (lines: number): void => {
  if (lines > MOST_LINES) throw new Problem('paper.too-long', { most: MOST_LINES });
};

/** A label and what stands behind it; null when there is nothing to say. */
export const fact = (words: Words, key: string, value: string | number | null, wide = false): Fact => ({
  label: words(`paper.fact.${key}`),
  value: String(value ?? ''),
  wide,
});
/** Facts that are left out while nothing stands behind them. */
export const factsKnown = (words: Words, known: Record<string, string | null>): Fact[] =>
  Object.entries(known).flatMap(([key, value]) => (value ? [fact(words, key, value)] : []));

export const columnsOf = (words: Words, ...of: [key: string, share: number, align?: PaperColumn['align']][]) =>
  of.map(([key, share, align = 'left']): PaperColumn => ({ label: words(`paper.column.${key}`), share, align }));

export const peopleOf = (words: Words, roles: readonly string[]): string[] =>
  roles.map((role) => words(`paper.sign.${role}`));

/** Who signed in the system, for what and when: beside the ink on the paper. */
export function signedNotes(
  words: Words,
  signatures: readonly { role: string; name: string; occurredAt?: string; signedAt: string }[],
): string[] {
  if (signatures.length === 0) return [];
  const at = (one: { occurredAt?: string; signedAt: string }) => one.occurredAt ?? one.signedAt;
  const told = [...signatures]
    .sort((a, b) => (at(a) < at(b) ? -1 : Number(at(a) > at(b))))
    .map((one) =>
      words('paper.signed-by', { role: words(`sign.role.${one.role}`), name: one.name, at: minuteOf(at(one)) }),
    );
  return [words('paper.signed', { told: told.join(words('paper.and')) })];
}

export async function itemsNamed(tx: Tx, ids: readonly string[]): Promise<Map<string, ItemDto>> {
  const items = await itemsByIds(tx, [...new Set(ids)]);
  return new Map(items.map((item) => [item.id, item]));
}

/** The warehouse of a paper that the reader may see, and the name of its society. */
export async function houseOf(tx: Tx, warehouseId: string): Promise<{ warehouse: WarehouseRow; society: string }> {
  const warehouse = (await findWarehouse(tx, warehouseId))!;
  return { warehouse, society: (await findSociety(tx, warehouse.societyId))?.name ?? '' };
}

export const keeperOf = ({ keeperName, keeperPhone }: Pick<WarehouseRow, 'keeperName' | 'keeperPhone'>): string =>
  `${keeperName ?? ''} ${keeperPhone ?? ''}`.trim();

/** Code, name and unit: how every line of goods begins. */
export const nameCells = (item: ItemDto | undefined): [string, string, string] => [
  item?.code ?? '',
  item?.name ?? '',
  item?.unit ?? '',
];
