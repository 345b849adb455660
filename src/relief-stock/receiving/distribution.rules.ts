import type { DistributionsDto } from './distribution.dto.js';

export interface Handed {
  societyId: string;
  recipient: string;
  itemId: string;
  itemCode: string;
  unitValueFen: number | null;
  units: number;
}

/** The table with its sums: values are whole fen, so that nothing is rounded away. Rows that come to nothing are left out. */
export function tableOf(handed: readonly Handed[]): Pick<DistributionsDto, 'rows' | 'items' | 'valueFen'> {
  const rows = handed
    .filter(({ units }) => units !== 0)
    .map((row) => ({ ...row, valueFen: row.unitValueFen === null ? null : row.units * row.unitValueFen }));
  const items = new Map<string, DistributionsDto['items'][number]>();
  for (const { itemId, itemCode, units, valueFen } of rows) {
    const item = items.get(itemId) ?? { itemId, itemCode, units: 0, valueFen: 0, unvaluedUnits: 0 };
    item.units += units;
    item.valueFen += valueFen ?? 0;
    if (valueFen === null) item.unvaluedUnits += units;
    items.set(itemId, item);
  }
  return { rows, items: [...items.values()], valueFen: rows.reduce((sum, { valueFen }) => sum + (valueFen ?? 0), 0) };
}
