import { findSocieties, visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { findRequest } from '../requests/request.store.js';
import { requestDtoOf } from '../requests/request-progress.service.js';
import type { PaperContent, PaperRequest } from '../stock-desk.js';
import { warehousesByIds } from '../warehouse.store.js';
import { grouped, minuteOf } from './format.rules.js';
import { columnsOf, fact, factsKnown, itemsNamed, mustFit, nameCells, peopleOf, signedNotes } from './paper-parts.js';
import { copiesOf } from './stock-papers.js';

/** Request (申请单): who needs what until when, what was promised, what is on its way and what came; then its way from desk to desk. */
export async function requestPaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const row = visibleOr404(actor, await findRequest(tx, id), 'stock-request', id);
  const request = await requestDtoOf(tx, row);
  mustFit(request.lines.length);
  const items = await itemsNamed(tx, request.lines.map(({ itemId }) => itemId)); // prettier-ignore
  const societyIds = [request.societyId, ...request.desks.map(({ societyId }) => societyId)];
  const societies = new Map((await findSocieties(tx, societyIds)).map(({ id: of, name }) => [of, name]));
  const [store] = request.warehouseId ? await warehousesByIds(tx, [request.warehouseId]) : [];
  return {
    title: words(`paper.request.${request.origin}`), society: societies.get(request.societyId) ?? '', number: request.number, code: { kind: 'request', id },
    facts: [
      fact(words, 'status', words(`stock-request.status.${request.status}`)), fact(words, 'requested-by', request.requestedBy),
      fact(words, 'requested-at', minuteOf(request.occurredAt)), fact(words, 'needed-by', minuteOf(request.neededBy)), fact(words, 'destination', request.place),
      ...factsKnown(words, { warehouse: store?.name ?? null, because: request.reason }),
      ...(request.note ? [fact(words, 'note', request.note, true)] : []),
    ],
    tables: [{
      columns: columnsOf(
        words, ['line', 5, 'center'], ['code', 10], ['name', 24], ['unit', 7, 'center'], ['requested', 10, 'right'], ['reserved', 10, 'right'],
        ['in-transit', 10, 'right'], ['arrived', 10, 'right'], ['still-missing', 10, 'right'], ['state', 12],
      ),
      rows: request.lines.map((line) => [
        String(line.line), ...nameCells(items.get(line.itemId)),
        ...[line.requestedUnits, line.reservedUnits, line.inTransitUnits, line.receivedUnits, Math.max(0, line.requestedUnits - line.committedUnits)].map(grouped),
        words(`stock-request.line.${line.state}`),
      ]),
    }, {
      columns: columnsOf(words, ['desk', 30], ['how', 12], ['since', 16], ['by', 14], ['outcome', 14], ['remark', 20]),
      rows: request.desks.map((desk) => [
        societies.get(desk.societyId) ?? '', words(`stock-request.how.${desk.how}`), minuteOf(desk.sinceAt), desk.byName,
        desk.outcome ? words(`stock-request.outcome.${desk.outcome}`) : '', desk.doneReason ?? desk.reason ?? '',
      ]),
    }],
    notes: signedNotes(words, request.signatures),
    signatures: peopleOf(words, ['requester', 'approver', 'answerer']), copies: copiesOf(words, ['file', 'counterpart']),
  }; // prettier-ignore
}
