import { type Actor, canSee, findSociety, visibleOr404 } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { readIncident } from '../incidents/index.js';
import {
  copiesOf, cubicMetres, type Found, grouped, itemsByIds, kilograms, type LabelContent, type LabelRequest, minuteOf, type PaperContent,
  type PaperRequest, warehousesByIds, type Words,
} from '../relief-stock/index.js'; // prettier-ignore
import { ensure } from '../shared/problem.js';
import { openUnits } from './part.rules.js';
import { findOrder, orderDtos } from './supply-order.store.js';

type Column = PaperContent['tables'][number]['columns'][number];

/** An order with everything that its papers name. 404 `supply-order.not-found`. */
async function paperFacts(tx: Tx, { actor, id, words }: Pick<PaperRequest, 'actor' | 'id' | 'words'>) {
  const row = visibleOr404(actor, await findOrder(tx, id), 'supply-order', id);
  const [order] = await orderDtos(tx, [row]);
  const [warehouse] = await warehousesByIds(tx, [row.warehouseId]);
  const incident = await readIncident(tx, row.incidentId);
  ensure(order !== undefined && warehouse !== undefined && incident !== undefined, 'an order keeps its warehouse and incident'); // prettier-ignore
  const items = new Map((await itemsByIds(tx, order.lines.map(({ itemId }) => itemId))).map((item) => [item.id, item])); // prettier-ignore
  const society = (await findSociety(tx, warehouse.societyId))?.name ?? '';
  const say = (key: string, value: string | null, wide = false) => ({ label: words(`paper.fact.${key}`), value: value ?? '', wide }); // prettier-ignore
  const facts = [
    say('incident', `${incident.number} ${incident.title}`), say('destination', incident.placeText),
    say('warehouse', warehouse.name), say('keeper', `${warehouse.keeperName ?? ''} ${warehouse.keeperPhone ?? ''}`.trim()),
  ]; // prettier-ignore
  const title = (key: string) => (incident.exercise ? words('paper.exercise') : '') + words(`paper.${key}`);
  const head = { society, number: order.number, code: { kind: 'shipment' as const, id } };
  return { order, items, facts, say, title, head };
}
type Facts = Awaited<ReturnType<typeof paperFacts>>;

const columns = (words: Words, ...of: [key: string, share: number, align?: Column['align']][]): Column[] =>
  of.map(([key, share, align = 'left']) => ({ label: words(`paper.column.${key}`), share, align }));

/** What goes out, or is to go: less than ordered when a part stayed behind or a graver incident took it. */
const goingUnits = (line: Facts['order']['lines'][number]): number => line.shippedUnits || openUnits(line);

/** A row for each lot of each line, in bin order of the keeper's walk; a line without lots (cancelled, lapsed) still has its row. */
const lotRows = ({ order, items }: Facts) =>
  order.lines.flatMap((line) => {
    const item = items.get(line.itemId);
    const lots =
      line.lots.length > 0 ? line.lots : [{ lotCode: '', expiresOn: null, binCode: '', units: goingUnits(line) }];
    return lots.map((lot) => ({ line, item, lot }));
  });

/** Release order (动用指令): who lets which goods go, picked from where. The issued column is for the keeper's pen until they left. */
export async function releaseOrderPaper(tx: Tx, request: PaperRequest): Promise<PaperContent> {
  const { words } = request;
  const told = await paperFacts(tx, request);
  const { order, say } = told;
  const hasLeft = order.shippedAt !== null;
  return {
    title: told.title('release-order'), ...told.head,
    facts: [
      ...told.facts, say('approved-by', order.approvedBy), say('approved-at', minuteOf(order.approvedAt)),
      say('status', words(`supply-order.status.${order.status}`)),
    ],
    tables: [{
      columns: columns(
        words, ['line', 5, 'center'], ['code', 10], ['name', 24], ['unit', 6, 'center'], ['bin', 9], ['lot', 17], ['expiry', 12],
        ['ordered', 10, 'right'], ['issued', 10, 'right'], ['remark', 12],
      ),
      rows: lotRows(told).map(({ item, lot }, n) => [
        String(n + 1), item?.code ?? '', item?.name ?? '', item?.unit ?? '', lot.binCode, lot.lotCode, lot.expiresOn ?? '',
        grouped(lot.units), hasLeft ? grouped(lot.units) : '', '',
      ]),
    }],
    notes: order.reason ? [order.reason] : [],
    signatures: ['approver', 'keeper', 'checker', 'collector'].map((role) => words(`paper.sign.${role}`)),
    copies: copiesOf(words, ['file', 'finance', 'keeper']),
  }; // prettier-ignore
}

/** Waybill (运单): the load with its weight and volume, the vehicle and its way, and why it goes first. */
export async function waybillPaper(tx: Tx, request: PaperRequest): Promise<PaperContent> {
  const { words } = request;
  const told = await paperFacts(tx, request);
  const { order, items, say } = told;
  const sum = (of: 'weightG' | 'volumeCm3') =>
    order.lines.reduce((total, line) => total + goingUnits(line) * (items.get(line.itemId)?.[of] ?? 0), 0);
  return {
    title: told.title('waybill'), ...told.head,
    facts: [
      ...told.facts, say('vehicle', order.vehicle), say('driver', `${order.driverName ?? ''} ${order.driverPhone ?? ''}`.trim()),
      say('shipped-at', minuteOf(order.shippedAt)), say('eta', minuteOf(order.etaAt)),
    ],
    tables: [{
      columns: columns(
        words, ['line', 5, 'center'], ['code', 11], ['name', 30], ['unit', 8, 'center'], ['units', 12, 'right'], ['weight', 12, 'right'],
        ['volume', 12, 'right'], ['remark', 16],
      ),
      rows: order.lines.map((line, n) => {
        const item = items.get(line.itemId);
        return [
          String(n + 1), item?.code ?? '', item?.name ?? '', item?.unit ?? '', grouped(goingUnits(line)),
          kilograms(goingUnits(line) * (item?.weightG ?? 0)), cubicMetres(goingUnits(line) * (item?.volumeCm3 ?? 0)), '',
        ];
      }),
      totals: ['', words('paper.total'), '', '', '', kilograms(sum('weightG')), cubicMetres(sum('volumeCm3')), ''],
    }],
    notes: [words('paper.right-of-way')],
    signatures: ['keeper', 'driver', 'receiver'].map((role) => words(`paper.sign.${role}`)),
    copies: copiesOf(words, ['keeper', 'driver', 'receiver']),
  }; // prettier-ignore
}

/** Delivery receipt (签收单): counted at the door. Empty columns until somebody has counted in the system too. */
export async function deliveryReceiptPaper(tx: Tx, request: PaperRequest): Promise<PaperContent> {
  const { words } = request;
  const told = await paperFacts(tx, request);
  const { order, items, say } = told;
  const counted = (units: number) => (order.receivedAt === null ? '' : grouped(units));
  return {
    title: told.title('delivery-receipt'), ...told.head,
    facts: [
      ...told.facts, say('vehicle', order.vehicle), say('shipped-at', minuteOf(order.shippedAt)), say('receiver', order.receiverName),
      say('signed-at', minuteOf(order.receivedAt)),
    ],
    tables: [{
      columns: columns(
        words, ['line', 5, 'center'], ['code', 11], ['name', 30], ['unit', 8, 'center'], ['shipped', 12, 'right'], ['received', 12, 'right'],
        ['damaged', 12, 'right'], ['missing', 12, 'right'], ['remark', 16],
      ),
      rows: order.lines.map((line, n) => {
        const item = items.get(line.itemId);
        return [
          String(n + 1), item?.code ?? '', item?.name ?? '', item?.unit ?? '', grouped(goingUnits(line)),
          counted(line.receivedUnits), counted(line.damagedUnits), counted(line.missingUnits), '',
        ];
      }),
    }],
    notes: [words('paper.count-at-door')],
    signatures: ['receiver', 'driver', 'witness'].map((role) => words(`paper.sign.${role}`)),
    copies: copiesOf(words, ['receiver', 'driver', 'keeper']),
  }; // prettier-ignore
}

/** A label on each piece of a load: from where, to where, for what. */
export async function shipmentLabels(tx: Tx, { actor, ids, words }: LabelRequest): Promise<LabelContent[]> {
  const labels: LabelContent[] = [];
  for (const id of ids) {
    const { order, facts } = await paperFacts(tx, { actor, id, words });
    const line = (key: string, value: string | undefined) => ({ label: words(`label.${key}`), value: value ?? '' });
    labels.push({
      title: order.number,
      lines: [line('to', facts[1]?.value), line('from', facts[2]?.value), line('incident', facts[0]?.value), line('vehicle', order.vehicle ?? '')],
      foot: words('label.scan-me'), code: { kind: 'shipment', id },
    }); // prettier-ignore
  }
  return labels;
}

/** What the code of an order opens. */
export async function scannedOrder(tx: Tx, actor: Actor, id: string): Promise<Found | undefined> {
  const row = await findOrder(tx, id);
  if (!row || !canSee(actor, row.scope)) return undefined;
  return { kind: 'shipment', id, code: row.number, name: '', warehouseId: row.warehouseId, item: null, lot: null };
}
