import { visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { notFound } from '../../shared/problem.js';
import { lotsSeen, placeSeen } from '../codes/codes.store.js';
import { itemsByIds } from '../item.store.js';
import type { LabelContent, LabelRequest } from '../stock-desk.js';
import { findWarehouse } from '../warehouse.store.js';
import type { Words } from './words.js';

const line = (words: Words, key: string, value: string | null | undefined) => ({
  label: words(`label.${key}`),
  value: value ?? '',
});

export async function lotLabels(tx: Tx, { actor, ids, words }: LabelRequest): Promise<LabelContent[]> {
  const seen = await lotsSeen(tx, { ids }, { keys: actor.keys, warehouseId: undefined, limit: ids.length });
  const lots = new Map(seen.map((lot) => [lot.id, lot]));
  const items = new Map((await itemsByIds(tx, seen.map(({ itemId }) => itemId))).map((item) => [item.id, item])); // prettier-ignore
  return ids.map((id) => {
    const lot = lots.get(id);
    if (!lot) throw notFound('lot', id);
    const item = items.get(lot.itemId)!;
    return {
      title: `${item.code} ${item.name}`,
      lines: [
        line(words, 'lot', lot.code), line(words, 'expiry', lot.expiresOn ?? words('label.undated')),
        line(words, 'received', lot.receivedOn), line(words, 'unit', item.unit), line(words, 'source', words(`lot.source.${lot.source}`)),
      ],
      foot: words('label.scan-me'), code: { kind: 'lot', id },
    }; // prettier-ignore
  });
}

export async function binLabels(tx: Tx, { actor, ids, words }: LabelRequest): Promise<LabelContent[]> {
  const labels: LabelContent[] = [];
  for (const id of ids) {
    const bin = await placeSeen(tx, 'bin', id, actor.keys);
    if (!bin) throw notFound('bin', id);
    const lines = [line(words, 'warehouse', bin.name)];
    labels.push({ title: `${words('label.bin')}${bin.code}`, lines, foot: words('label.scan-me'), code: { kind: 'bin', id } }); // prettier-ignore
  }
  return labels;
}

export async function warehouseLabels(tx: Tx, { actor, ids, words }: LabelRequest): Promise<LabelContent[]> {
  const labels: LabelContent[] = [];
  for (const id of ids) {
    const warehouse = visibleOr404(actor, await findWarehouse(tx, id), 'warehouse', id);
    const lines = [
      line(words, 'code', warehouse.code), line(words, 'keeper', warehouse.keeperName), line(words, 'phone', warehouse.keeperPhone),
    ]; // prettier-ignore
    labels.push({ title: warehouse.name, lines, foot: words('label.scan-me'), code: { kind: 'warehouse', id } });
  }
  return labels;
}

export async function itemLabels(tx: Tx, { ids, words }: LabelRequest): Promise<LabelContent[]> {
  const items = new Map((await itemsByIds(tx, ids)).map((item) => [item.id, item]));
  return ids.map((id) => {
    const item = items.get(id);
    if (!item) throw notFound('item', id);
    const lines = [line(words, 'code', item.code), line(words, 'unit', item.unit)];
    return { title: item.name, lines, foot: item.nameEn, code: { kind: 'item', id } };
  });
}
