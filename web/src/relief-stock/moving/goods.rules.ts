import type { ScanResult } from '../../../../src/relief-stock/codes/codes.dto.js';

/** A line of goods as people type it. fund: only goods of that fund. */
export type GoodsDraft = { itemId: string; units: string; fund?: string };
export const EMPTY_GOODS: GoodsDraft = { itemId: '', units: '' };
export const goodsBody = (goods: readonly GoodsDraft[]) =>
  goods.map(({ itemId, units, fund }) => ({ itemId, units: Number(units), ...(fund ? { fund } : {}) }));
export const isReady = (goods: readonly GoodsDraft[]): boolean =>
  goods.length > 0 && goods.every(({ itemId, units }) => itemId !== '' && /^[1-9]\d{0,7}$/.test(units));

/** Goods that a scan named; units null: the scan does not say how many. */
export interface ScannedGoods {
  itemId: string;
  units: number | null;
  fund?: string | null;
}

/** The lines with what was scanned: added to the line of the same item and fund, else on the empty line, else on a line of its own. */
export function withScanned(goods: readonly GoodsDraft[], scanned: readonly ScannedGoods[]): GoodsDraft[] {
  const lines = goods.map((line) => ({ ...line }));
  for (const { itemId, units, fund } of scanned) {
    const same = lines.find((line) => line.itemId === itemId && (line.fund || '') === (fund ?? ''));
    const line: GoodsDraft =
      same ?? lines.find((one) => one.itemId === '') ?? lines[lines.push({ ...EMPTY_GOODS }) - 1]!;
    Object.assign(line, { itemId }, fund ? { fund } : {});
    if (units !== null) line.units = String(Number(line.units) + units);
  }
  return lines;
}

/** What a scan of one thing means as goods: the items of a box with their units, or an item or lot by itself. */
export const goodsOfScan = ({ box, found, pack }: Pick<ScanResult, 'box' | 'found' | 'pack'>): ScannedGoods[] => {
  if (box) return box.contents.map(({ itemId, units, fund }) => ({ itemId, units, fund }));
  const [one] = found;
  const itemId = one?.lot?.itemId ?? one?.item?.id;
  return itemId ? [{ itemId, units: pack?.units ?? null }] : [];
};
