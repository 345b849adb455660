import type { Tx } from '../../database/index.js';
import { notFound } from '../../shared/problem.js';
import { grouped } from '../paper/format.rules.js';
import type { LabelContent, LabelRequest } from '../stock-desk.js';
import { boxDtos } from './box-shelf.service.js';
import { boxSeen } from './box.store.js';

/** Lines of goods that a label lists; more are said in one. */
const MOST_NAMED = 8;

/** Labels of boxes and pallets: what is in it, the QR code that opens it and the number as GS1-128. */
export async function boxLabels(tx: Tx, { actor, ids, words }: LabelRequest): Promise<LabelContent[]> {
  const labels: LabelContent[] = [];
  for (const id of ids) {
    const row = await boxSeen(tx, actor.keys, { id });
    if (!row) throw notFound('stock-box', id);
    const [box] = await boxDtos(tx, [row]);
    const { contents, boxIds, kind, sscc, warehouseName, binCode } = box!;
    const goods = contents.slice(0, MOST_NAMED).map(({ itemName, lotCode, expiresOn, units, unit }) => ({
      label: '',
      value: [`${itemName} ${grouped(units)}${unit}`, lotCode, expiresOn].filter(Boolean).join(' · '),
    }));
    const more = contents.length - goods.length;
    labels.push({
      title: words(`box.kind.${kind}`),
      lines: [
        { label: words('label.warehouse'), value: `${warehouseName} ${binCode}` },
        ...(boxIds.length > 0 ? [{ label: words('label.boxes'), value: String(boxIds.length) }] : []),
        ...goods, ...(more > 0 ? [{ label: '', value: words('label.more', { count: more }) }] : []),
      ],
      foot: `SSCC ${sscc}`, code: { kind: 'box', id }, sscc,
    }); // prettier-ignore
  }
  return labels;
}
