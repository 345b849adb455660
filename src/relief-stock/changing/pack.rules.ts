import { LIMITS } from '../../shared/fields.dto.js';
import { Problem } from '../../shared/problem.js';

/** So many units of an item under one name: a carton, a pallet. */
export interface Pack {
  id: string;
  itemId: string;
  name: string;
  units: number;
}
export interface Entered {
  units: number;
  pack: { name: string; unitsPerPack: number; packs: number } | null;
}

/**
 * Units of a line and how it was entered. The factor is a whole number and is kept with the line, so nothing is ever rounded.
 * 404 `item-pack.not-found` for a pack of another item; 422 `stock.units-unclear` for both or neither, `stock.units-too-many`.
 */
export function unitsEntered(
  line: {
    line: number;
    itemId: string;
    units?: number | undefined;
    pack?: { packId: string; packs: number } | undefined;
  },
  packs: ReadonlyMap<string, Pack>,
): Entered {
  if ((line.units === undefined) === (line.pack === undefined))
    throw new Problem('stock.units-unclear', { line: line.line });
  if (line.units !== undefined) return { units: line.units, pack: null };
  const { packId, packs: count } = line.pack!;
  const pack = packs.get(packId);
  if (!pack || pack.itemId !== line.itemId) throw new Problem('item-pack.not-found', { line: line.line, id: packId });
  const units = pack.units * count;
  if (units > LIMITS.units) throw new Problem('stock.units-too-many', { line: line.line, most: LIMITS.units });
  return { units, pack: { name: pack.name, unitsPerPack: pack.units, packs: count } };
}
