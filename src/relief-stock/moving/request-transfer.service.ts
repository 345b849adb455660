import { Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { notFound, Problem } from '../../shared/problem.js';
import { factTimesOf } from '../fact-times.rules.js';
import { linesOf, pendingCommitments } from '../requests/request-view.store.js';
import { lockRequest, type RequestRow } from '../requests/request.store.js';
import { findWarehouse, receivingWarehouses, type WarehouseRow } from '../warehouse.store.js';
import type { DispatchGoods, DraftTransfer, TransferDto } from './transfer.dto.js';
import { promiseGoods, visibleWarehouse, writeDraft } from './transfer-paper.service.js';
import { promisedGoods } from './transfer.rules.js';
import { stepTransferIn, tellTransfer } from './transfer-step.service.js';

/** What a society has promised to a request goes out without being typed again. */
@Injectable()
export class RequestTransferService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * A transfer of what a warehouse has promised to a request, ordered at once by its duty side, or left as a draft. 404 for a request or
   * warehouse that the actor does not see; 400 when nobody says which warehouse receives; 409 `stock-request.stale`; 422
   * `stock-request.nothing-promised`, `stock-request.not-promised`; what else is refused: as for drafting and ordering a transfer.
   */
  async dispatchGoods(actor: Actor, requestId: string, input: DispatchGoods): Promise<TransferDto> {
    const { now } = factTimesOf({}, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const request = visibleOr404(actor, await lockRequest(tx, requestId), 'stock-request', requestId);
      if (input.version !== undefined && input.version !== request.version)
        throw new Problem('stock-request.stale', { version: request.version });
      const from = await visibleWarehouse(tx, actor, input.warehouseId);
      if (input.order) allow(actor, 'stock.order', { paths: [from.societyPath], warehouseId: from.id });
      const to = await whereTo(tx, actor, { request, toWarehouseId: input.toWarehouseId });
      const draft = await draftOf(tx, { request, from, to, input, now });
      const answering = { incidentId: request.incidentId, to };
      const row = await writeDraft(tx, actor, { input: draft, now, answering });
      const times = factTimesOf({}, now);
      const drafted = await tellTransfer(tx, row, { kind: 'transfer.drafted', actor, times });
      if (!input.order) return drafted;
      return stepTransferIn(tx, actor, { id: row.id, step: 'order', input: {}, now }, async (_tx, held, decided) => {
        await promiseGoods(tx, held);
        return decided;
      });
    });
  }
}

/** The warehouse named, else that of the request, else the only one where the society in need can put goods. */
async function whereTo(
  tx: Tx,
  actor: Actor,
  { request, toWarehouseId }: { request: RequestRow; toWarehouseId: string | undefined },
): Promise<WarehouseRow> {
  const own = await receivingWarehouses(tx, request.societyId);
  const id = toWarehouseId ?? request.warehouseId ?? (own.length === 1 ? own[0]!.id : undefined);
  if (id === undefined)
    throw new Problem('request.invalid', {}, { errors: [{ pointer: '/toWarehouseId', code: 'required' }] });
  const to = own.find((one) => one.id === id) ?? (await findWarehouse(tx, id));
  const known = to && (to.societyId === request.societyId || canSee(actor, to.scope));
  if (!to || !known) throw notFound('warehouse', id);
  return to;
}

async function draftOf(
  tx: Tx,
  facts: { request: RequestRow; from: WarehouseRow; to: WarehouseRow; input: DispatchGoods; now: Date },
): Promise<DraftTransfer> {
  const { request, from, to, input, now } = facts;
  const lines = await linesOf(tx, [request.id]);
  const promised = await pendingCommitments(tx, { lineIds: lines.map((line) => line.id), warehouseId: from.id });
  const goods = promisedGoods({ lines, promised, asked: input.lines, number: request.number, warehouse: from.code });
  const { id, keepsOwner, note } = input;
  const arrival = request.neededBy > now ? request.neededBy : now;
  return {
    ...(id ? { id } : {}), fromWarehouseId: from.id, toWarehouseId: to.id, keepsOwner, note, goods,
    plannedArrivalAt: input.plannedArrivalAt ?? arrival.toISOString(),
  }; // prettier-ignore
}
