import type { Found } from '../../../../src/relief-stock/codes/codes.dto.js';

/** Where a paper is read, which work of the keepers it belongs to, and the form it prints as. */
const PAPERS: Record<string, { read: string; work: string; form: string }> = {
  transfer: { read: '/stock/transfers/', work: 'keeper/transfers/', form: 'transfer' },
  issue: { read: '/stock/issues/', work: 'keeper/issues/', form: 'issue' },
  'stock-count': { read: '/stock/counts/', work: 'keeper/counts/', form: 'count' },
  adjustment: { read: '/stock/adjustments/', work: 'keeper/adjustments/', form: 'adjustment' },
  'stock-return': { read: '/stock/returns/', work: 'keeper/returns', form: 'return' },
  request: { read: '/stock/requests/', work: 'keeper/requests/', form: 'request' },
  'goods-receipt': { read: '/stock/receipts/', work: 'keeper/receiving/', form: 'goods-receipt' },
  shipment: { read: '/supply-orders/', work: 'keeper/orders', form: 'waybill' },
};
/** Works whose page shows one paper by its id; the others open on their list. */
const byId = (work: string): boolean => work.endsWith('/');

export const paperOf = ({ kind, id }: Pick<Found, 'kind' | 'id'>): { read: string; form: string } | null => {
  const paper = PAPERS[kind];
  return paper ? { read: paper.read + id, form: `/api/v1/stock/papers/${paper.form}/${id}.pdf` } : null;
};

export interface ScanAct {
  /** Its words: `scan.act.<key>`. */
  key: string;
  href: string;
}

/** The works that a person with these warehouses can go on with from here; nothing for who has work in none. */
export function actsOf(found: Pick<Found, 'kind' | 'id' | 'warehouseId' | 'lot'>, own: readonly string[]): ScanAct[] {
  if (own.length === 0) return [];
  const paper = PAPERS[found.kind];
  if (paper) return [{ key: 'open', href: `#/${paper.work}${byId(paper.work) ? found.id : ''}` }];
  const isHere = found.warehouseId === null || own.includes(found.warehouseId);
  if (!isHere) return [];
  const works = (...keys: string[]) => keys.map((key) => ({ key, href: `#/keeper/${key}` }));
  if (found.kind === 'lot') return [{ key: 'lot', href: `#/keeper/lots/${found.id}` }, ...works('bin-moves', 'adjustments')];
  if (found.kind === 'bin' || found.kind === 'box') return works('bin-moves', 'counts', 'adjustments');
  return works('receiving', 'issues', 'transfers', 'counts');
} // prettier-ignore

/** What the page asks the server for, to show what lies there: levels of an item, or the goods of a bin. */
export function stockPathOf(found: Pick<Found, 'kind' | 'id' | 'warehouseId' | 'item' | 'lot'>): string | null {
  const itemId = found.item?.id ?? found.lot?.itemId;
  if (found.kind === 'bin') return `/stock/cells?warehouseId=${found.warehouseId}&binId=${found.id}`;
  if (found.kind === 'lot' && itemId) return `/stock/levels?itemId=${itemId}&lotId=${found.id}&limit=50`;
  if (found.kind === 'stock-level' && itemId) return `/stock/levels?itemId=${itemId}&warehouseId=${found.warehouseId}`;
  if (found.kind === 'item') return `/stock/levels?itemId=${found.id}&limit=50`;
  return null;
}

/** The label that is stuck on it, for one that cannot be read any more; boxes have the large one with the bars of their number. */
export function labelOf({ kind, id }: Pick<Found, 'kind' | 'id'>): string | null {
  if (kind === 'box') return `/api/v1/stock/labels/box.pdf?ids=${id}&size=a6`;
  return kind === 'lot' || kind === 'bin' ? `/api/v1/stock/labels/${kind}.pdf?ids=${id}` : null;
}
