import { Injectable } from '@nestjs/common';
import {
  type Actor,
  allow,
  canSee,
  findSocieties,
  inCommand,
  type SocietyRow,
  visibleOr404,
} from '../../access/index.js';
import { Database, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { purposeFor } from '../receiving/intent.service.js';
import { releaseSupplies, reserveSupplies } from '../reservation.service.js';
import { type WarehouseForDispatch, warehousesByIds } from '../warehouse.store.js';
import { settleRequest } from './request-progress.service.js';
import { commitmentsOf, linesOf } from './request-view.store.js';
import {
  isWaiting,
  mustAllow,
  mustBeAsked,
  mustBeNew,
  mustBeWanted,
  openDesk,
  type RequestStep,
} from './request.rules.js';
import * as store from './request.store.js';
import type { AnswerRequest, AskPartner, DeskStep, RequestDto, TakeBack } from './requests.dto.js';

interface Held {
  request: store.RequestRow;
  desks: store.DeskRow[];
  times: FactTimes;
}

/** What the societies do to whose desks a request has come: give, pass the rest on, decline. Each acts for itself only. */
@Injectable()
export class RequestAnswerService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Promises units out of warehouses of the actor's own society: reserved at once, all lines or none. 403 for a warehouse of another
   * society; 422 `stock-request.not-asked`, `stock-request.over-committed`, `stock.insufficient` (and what else `reserveSupplies` refuses).
   */
  async answerRequest(actor: Actor, id: string, input: AnswerRequest): Promise<RequestDto> {
    return this.step(actor, { id, step: 'answer', input }, async (tx, { request, desks, times }) => {
      const warehouses = await this.ownWarehouses(tx, actor, desks, input);
      const lines = await linesOf(tx, [id]);
      mustBeWanted(lines, input.lines);
      const itemOf = new Map(lines.map((line) => [line.id, line.itemId]));
      const answerId = input.id ?? newId();
      const { now, occurredAt } = times;
      const rows = input.lines.map(({ lineId, warehouseId, units }): store.CommitmentRow => ({
        id: newId(), answerId, requestId: id, lineId, societyId: warehouses.get(warehouseId)!.societyId, warehouseId, units,
        byName: actor.name, committedAt: occurredAt,
      })); // prettier-ignore
      const asked = rows.map((row) => ({
        orderLineId: row.id, warehouseId: row.warehouseId, itemId: itemOf.get(row.lineId)!, units: row.units,
      })); // prettier-ignore
      const arrivalAt = request.neededBy > now ? request.neededBy : now;
      await reserveSupplies(tx, {
        lines: asked,
        arrivalAt,
        purpose: await purposeFor(tx, request),
        untilAt: null,
        now,
        actor,
      });
      await store.insertCommitments(tx, rows);
      const lineIds = [...new Set(rows.map((row) => row.lineId))];
      return settleAnswered(tx, request, { kind: 'request.answered', lineIds, actor, times });
    });
  }

  /** The giver takes a promise back that no transfer has taken up yet. 404 `stock-commitment.not-found`, 409 `reservation.closed`. */
  async takeBackCommitment(actor: Actor, id: string, commitmentId: string, input: TakeBack): Promise<RequestDto> {
    return this.step(actor, { id, step: 'take-back', input }, async (tx, { request, times }) => {
      const commitment = (await commitmentsOf(tx, id)).find((one) => one.id === commitmentId);
      if (!commitment) throw notFound('stock-commitment', commitmentId);
      const [society] = await findSocieties(tx, [commitment.societyId]);
      allowForOwn(actor, society!);
      await releaseSupplies(tx, { orderLineIds: [commitmentId], how: 'released', now: times.now, actor });
      const { lineId } = commitment;
      const decided = { ...request, reason: input.reason };
      return settleRequest(tx, decided, {
        kind: 'request.taken-back', step: 'recount', lineIds: [lineId], actor, ...times,
      }); // prettier-ignore
    });
  }

  /** What nobody has promised goes up one level, with all that happened so far. 422 `stock-request.no-level-above` at the top. */
  async passUp(actor: Actor, id: string, input: DeskStep): Promise<RequestDto> {
    return this.step(actor, { id, step: 'pass-up', input }, async (tx, held) => {
      const { request, desks, times } = held;
      const society = await this.actingDesk(tx, actor, held, { step: 'pass-up', societyId: input.societyId });
      if (!society.parentId) throw new Problem('stock-request.no-level-above', { society: society.shortName });
      const [above] = await findSocieties(tx, [society.parentId]);
      const waits = desks.some(({ societyId, outcome }) => societyId === above!.id && outcome === null);
      if (!waits) mustBeNew(desks, above!, request.societyId);
      await finish(tx, { request, society, outcome: 'passed-up', actor, input, times });
      if (!waits) await addDesk(tx, { request, how: 'passed-up', to: above!, from: society, actor, input, times });
      const lineIds = (await linesOf(tx, [id])).filter(isWaiting).map((line) => line.id);
      return settleRequest(tx, request, { kind: 'request.passed-up', step: 'pass-up', lineIds, actor, ...times });
    });
  }

  /** The society in need, or one that was asked, asks another beside it, which sees the request from now on. 409 `stock-request.asked-already`. */
  async askPartner(actor: Actor, id: string, input: AskPartner): Promise<RequestDto> {
    return this.step(actor, { id, step: 'ask', input }, async (tx, held) => {
      const { request, desks, times } = held;
      const society = await this.actingDesk(tx, actor, held, { step: 'ask', societyId: input.societyId });
      const [partner] = await findSocieties(tx, [input.partnerId]);
      if (!partner) throw notFound('society', input.partnerId);
      mustBeNew(desks, partner, request.societyId);
      await addDesk(tx, { request, how: 'sideways', to: partner, from: society, actor, input, times });
      return settleRequest(tx, request, { kind: 'request.asked', step: 'recount', lineIds: [], actor, ...times });
    });
  }

  /** Nothing (more) from this desk; the others go on. */
  async declineRequest(actor: Actor, id: string, input: DeskStep): Promise<RequestDto> {
    return this.step(actor, { id, step: 'decline', input }, async (tx, held) => {
      const { request, times } = held;
      const society = await this.actingDesk(tx, actor, held, { step: 'decline', societyId: input.societyId });
      await finish(tx, { request, society, outcome: 'declined', actor, input, times });
      return settleRequest(tx, request, { kind: 'request.declined', step: 'recount', lineIds: [], actor, ...times });
    });
  }

  /** Lock, version, table, then what is special about the step. */
  private async step(
    actor: Actor,
    { id, step, input }: { id: string; step: RequestStep; input: TakeBack | AnswerRequest },
    take: (tx: Tx, held: Held) => Promise<RequestDto>,
  ): Promise<RequestDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const request = visibleOr404(actor, await store.lockRequest(tx, id), 'stock-request', id);
      if (input.version !== undefined && input.version !== request.version)
        throw new Problem('stock-request.stale', { version: request.version });
      mustAllow(step, request.status);
      return take(tx, { request, desks: await store.desksOf(tx, id), times });
    });
  }

  /** The warehouses that an answer names: visible, of societies that were asked, and for which the actor himself has duty. */
  private async ownWarehouses(
    tx: Tx,
    actor: Actor,
    desks: store.DeskRow[],
    input: AnswerRequest,
  ): Promise<Map<string, WarehouseForDispatch>> {
    const ids = [...new Set(input.lines.map((line) => line.warehouseId))];
    const found = new Map((await warehousesByIds(tx, ids)).map((one) => [one.id, one]));
    const societies = new Map(
      (await findSocieties(tx, [...found.values()].map((one) => one.societyId))).map((one) => [one.id, one]), // prettier-ignore
    );
    for (const id of ids) {
      const warehouse = found.get(id);
      if (!warehouse || !canSee(actor, warehouse.scope)) throw notFound('warehouse', id);
      const society = societies.get(warehouse.societyId)!;
      allowForOwn(actor, society);
      mustBeAsked(desks, society);
    }
    return found;
  }

  private async actingDesk(
    tx: Tx,
    actor: Actor,
    { request, desks }: Held,
    { step, societyId }: { step: RequestStep; societyId: string },
  ): Promise<SocietyRow> {
    const [society] = await findSocieties(tx, [societyId]);
    if (!society) throw notFound('society', societyId);
    allowForOwn(actor, society);
    if (step !== 'ask' || society.id !== request.societyId) openDesk(desks, society, step);
    return society;
  }
}

/** County, city and province each give of their own: duty at a society above does not promise for one below. */
function allowForOwn(actor: Actor, society: SocietyRow): void {
  const own = actor.grants.filter(({ societyId }) => societyId === society.id);
  allow({ ...actor, grants: own }, 'stock.request-answer', { paths: [society.path] });
}

function settleAnswered(
  tx: Tx,
  request: store.RequestRow,
  { times, ...change }: { kind: string; lineIds: string[]; actor: Actor; times: FactTimes },
): Promise<RequestDto> {
  return settleRequest(tx, request, { ...change, step: 'commit', ...times });
}

interface DeskChange {
  request: store.RequestRow;
  actor: Actor;
  input: DeskStep;
  times: FactTimes;
}
const finish = (
  tx: Tx,
  { request, society, outcome, actor, input, times }: DeskChange & { society: SocietyRow; outcome: 'passed-up' | 'declined' },
): Promise<void> =>
  store.closeDesk(tx, request.id, {
    societyId: society.id, outcome, by: actor.name, reason: input.reason, at: times.occurredAt,
  }); // prettier-ignore

const addDesk = (
  tx: Tx,
  { request, how, to, from, actor, input, times }: DeskChange & { how: 'passed-up' | 'sideways'; to: SocietyRow; from: SocietyRow },
): Promise<void> =>
  store.insertDesk(tx, request.id, {
    societyId: to.id, how, fromSocietyId: from.id, byName: actor.name, reason: input.reason, sinceAt: times.occurredAt,
  }); // prettier-ignore
