import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { findAdjustment } from '../changing/adjustment.store.js';
import { findReturn } from '../changing/return.store.js';
import { findCount } from '../counting/count.store.js';
import { findIssue } from '../moving/issue.store.js';
import { findTransfer } from '../moving/transfer.store.js';
import { findRequest } from '../requests/request.store.js';
import type { FindTarget } from '../stock-desk.js';
import { warehousesByIds } from '../warehouse.store.js';
import type { OwnKind } from './own-code.rules.js';

interface Paper {
  number: string;
  scope: string[];
  warehouseId: string | null;
}
type Find = (tx: Tx, id: string) => Promise<Paper | undefined>;

/** The papers by the kind of their code: number, whose eyes, and the warehouse that handles it. */
const PAPERS: Partial<Record<OwnKind, Find>> = {
  transfer: async (tx, id) => withHouse(await findTransfer(tx, id), ({ fromWarehouseId }) => fromWarehouseId),
  issue: async (tx, id) => {
    const row = await findIssue(tx, id);
    return row && { number: row.issueNumber ?? row.number, scope: row.scope, warehouseId: row.warehouseId };
  },
  'stock-count': async (tx, id) => {
    const row = await findCount(tx, id);
    return row && { ...row, scope: row.scopeKeys };
  },
  adjustment: findAdjustment,
  'stock-return': findReturn,
  request: findRequest,
};

const withHouse = <Row extends { number: string; scope: string[] }>(
  row: Row | undefined,
  house: (row: Row) => string,
): Paper | undefined => row && { number: row.number, scope: row.scope, warehouseId: house(row) };

/** What the code on a printed paper opens, for who may see the paper. */
export const paperTargets: [OwnKind, FindTarget][] = Object.entries(PAPERS).map(([kind, find]) => [
  kind as OwnKind,
  async (tx: Tx, actor: Actor, id: string) => {
    const row = await find(tx, id);
    if (!row?.scope.some((key) => actor.keys.includes(key))) return undefined;
    const [house] = row.warehouseId ? await warehousesByIds(tx, [row.warehouseId]) : [];
    return { kind, id, code: row.number, name: house?.name ?? '', warehouseId: row.warehouseId, item: null, lot: null };
  },
]);
