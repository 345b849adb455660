import type { Tx } from '../../database/index.js';
import { findSocieties } from '../../access/index.js';
import { itemsByIds } from '../item.store.js';
import { lotNames } from '../paper/paper.store.js';
import { warehousesByIds } from '../warehouse.store.js';
import type { ListColumn } from './sheet-lists.js';

const REFERENCES = ['item', 'warehouse', 'lot', 'society'] as const;
type Reference = (typeof REFERENCES)[number];
export type Names = Record<Reference, Map<string, [string, string]>>;
export const isReference = (kind: ListColumn<never>['kind']): kind is Reference =>
  (REFERENCES as readonly string[]).includes(kind);

export const noNames = (): Names => ({ item: new Map(), warehouse: new Map(), lot: new Map(), society: new Map() });

/** Adds what the ids of a page are called: code and name, lot and expiry. Each id is looked up once. */
export async function learnNames(tx: Tx, names: Names, wanted: { kind: Reference; id: string }[]): Promise<void> {
  const missing = (kind: Reference) => [
    ...new Set(wanted.filter((one) => one.kind === kind && !names[kind].has(one.id)).map(({ id }) => id)),
  ];
  const learn = async (kind: Reference, find: (ids: string[]) => Promise<[string, string, string][]>) => {
    const ids = missing(kind);
    if (ids.length === 0) return;
    for (const [id, code, name] of await find(ids)) names[kind].set(id, [code, name]);
  };
  await learn('item', async (ids) => (await itemsByIds(tx, ids)).map(({ id, code, name }) => [id, code, name]));
  await learn('warehouse', async (ids) =>
    (await warehousesByIds(tx, ids)).map(({ id, code, name }) => [id, code, name]),
  );
  await learn('lot', async (ids) =>
    (await lotNames(tx, ids)).map(({ id, code, expiresOn }) => [id, code, expiresOn ?? '']),
  );
  await learn('society', async (ids) =>
    (await findSocieties(tx, ids)).map(({ id, adcode, name }) => [id, adcode, name]),
  );
}
