import { Injectable } from '@nestjs/common';
import {
  type Actor, allow, findSociety, inCommand, isWithin, pathKeys, type SocietyRow, visibleOr404, warehouseKey,
} from '../../access/index.js'; // prettier-ignore
import { Database, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { numberFor, signDocument } from '../document.service.js';
import { type FactTimes, factTimesOf, plannedTimeOf } from '../fact-times.rules.js';
import { itemsByIds } from '../item.store.js';
import { purposeFor } from '../receiving/intent.service.js';
import { releaseSupplies } from '../reservation.service.js';
import { findWarehouse } from '../warehouse.store.js';
import { requestDtoOf, settleRequest, tellRequest } from './request-progress.service.js';
import { linesOf, pendingCommitments, requestsBefore } from './request-view.store.js';
import { isLive, mustAllow, mustBeNew, namedLines } from './request.rules.js';
import * as store from './request.store.js';
import type { EndRequest, RequestDto, RequestGoods, RequestHeadDto, RequestsQuery } from './requests.dto.js';

/** What the society in need does: asks, takes back what it does not need any more, clears away what is done. */
@Injectable()
export class RequestService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks for goods, or announces goods from above (origin `above`: the named society gives, without being asked). Asked are the society above or
   * a partner. 404 for a society, warehouse, item or incident that is unknown or not visible; 422 `stock-request.no-level-above`,
   * `stock-request.not-below`, `stock-request.foreign-warehouse`, `stock.planned-out-of-range`.
   */
  async requestGoods(actor: Actor, input: RequestGoods): Promise<RequestDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const society = await societyOr404(tx, input.societyId);
      const asked = await askedOf(tx, society, input);
      mayAsk(actor, { society, asked, input });
      await mustKnow(tx, actor, input);
      const row = await this.write(tx, actor, { society, asked, input, times });
      await signDocument(tx, actor, { documentId: row.id, role: 'requested', apart: [], times });
      return tellRequest(tx, row, { kind: 'request.opened', actor, ...times });
    });
  }

  /**
   * Takes the request or some of its lines back: what is promised and not yet on its way is free again, at once. What a transfer carries
   * already is called off there or arrives.
   */
  async withdrawRequest(actor: Actor, id: string, input: EndRequest): Promise<RequestDto> {
    return this.end(actor, id, { step: 'withdraw', input });
  }

  /** Ends lines that are done with: nothing of them may be reserved or on its way. 409 `stock-request.still-underway`. */
  async closeRequest(actor: Actor, id: string, input: EndRequest): Promise<RequestDto> {
    return this.end(actor, id, { step: 'close', input });
  }

  /** 404 `stock-request.not-found`. */
  async request(actor: Actor, id: string): Promise<RequestDto> {
    return read(this.db, async (tx) =>
      requestDtoOf(tx, visibleOr404(actor, await store.findRequest(tx, id), 'stock-request', id)),
    );
  }

  /** Newest first, without lines and history. */
  async requests(actor: Actor, query: RequestsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const own = actor.grants.filter((grant) => !grant.teamId && !grant.warehouseId).map((grant) => grant.societyId);
    const stores = actor.grants.flatMap((grant) => grant.warehouseId ?? []);
    const { side, status, societyId, incidentId } = query;
    const page = { keys: actor.keys, societyIds: own, warehouseIds: stores, before, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => requestsBefore(tx, { side, status, societyId, incidentId }, page));
    const heads = rows.map(({ scope: _s, societyPath: _p, ...row }): RequestHeadDto => ({
      ...row, neededBy: row.neededBy.toISOString(), occurredAt: row.occurredAt.toISOString(),
      recordedAt: row.recordedAt.toISOString(), receivedAt: row.receivedAt.toISOString(),
    })); // prettier-ignore
    return toPage(heads, query.limit, (head) => [head.receivedAt, head.id]);
  }

  private async end(
    actor: Actor,
    id: string,
    { step, input }: { step: 'withdraw' | 'close'; input: EndRequest },
  ): Promise<RequestDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const request = visibleOr404(actor, await store.lockRequest(tx, id), 'stock-request', id);
      const warehouse = request.warehouseId ? { warehouseId: request.warehouseId } : {};
      allow(actor, 'stock.request', { paths: [request.societyPath], ...warehouse });
      if (input.version !== undefined && input.version !== request.version)
        throw new Problem('stock-request.stale', { version: request.version });
      mustAllow(step, request.status);
      const lines = namedLines(await linesOf(tx, [id]), input.lineIds);
      const lineIds = lines.map((line) => line.id);
      if (step === 'withdraw') await giveBack(tx, actor, lineIds, times.now);
      else if (lines.some((line) => isLive(line) && line.reservedUnits + line.inTransitUnits > 0))
        throw new Problem('stock-request.still-underway', { number: request.number }, { status: 409 });
      const decided = { ...request, reason: input.reason };
      const kind = step === 'withdraw' ? 'request.withdrawn' : 'request.closed';
      return settleRequest(tx, decided, { kind, step, lineIds, actor, ...times });
    });
  }

  private async write(
    tx: Tx,
    actor: Actor,
    facts: { society: SocietyRow; asked: SocietyRow; input: RequestGoods; times: FactTimes },
  ): Promise<store.RequestRow> {
    const { society, asked, input, times } = facts;
    const row: store.RequestRow = {
      id: input.id ?? newId(), number: await numberFor(tx, { kind: 'request', id: input.id, adcode: society.adcode, now: times.now }),
      origin: input.origin, societyId: society.id, societyPath: society.path, warehouseId: input.warehouseId ?? null,
      incidentId: input.incidentId ?? null, neededBy: plannedTimeOf(input.neededBy, '/neededBy', times), place: input.place, note: input.note, status: 'open',
      reason: null, requestedBy: actor.name, occurredAt: times.occurredAt, recordedAt: times.recordedAt, receivedAt: times.now, version: 1,
      scope: [...new Set([
        ...pathKeys(society.path), ...pathKeys(asked.path), ...(input.warehouseId ? [warehouseKey(input.warehouseId)] : []),
      ])],
    }; // prettier-ignore
    await store.insertRequest(tx, row);
    await store.insertLines(tx, row.id, input.lines.map((line) => ({ id: newId(), ...line }))); // prettier-ignore
    const how = input.origin === 'above' ? ('above' as const) : ('addressed' as const);
    const from = input.origin === 'above' ? null : society.id;
    await store.insertDesk(tx, row.id, {
      societyId: asked.id, how, fromSocietyId: from, byName: actor.name, reason: null, sinceAt: times.occurredAt,
    }); // prettier-ignore
    return row;
  }
}

/** Duty of the society or the keeper of the warehouse asks; goods from above are announced by the one that gives. */
function mayAsk(
  actor: Actor,
  { society, asked, input }: { society: SocietyRow; asked: SocietyRow; input: RequestGoods },
): void {
  if (input.origin === 'above') {
    if (asked.id === society.id || !isWithin(society.path, asked.path))
      throw new Problem('stock-request.not-below', { society: society.shortName, above: asked.shortName });
    return allow(actor, 'stock.request-answer', { paths: [asked.path] });
  }
  // The warehouse is one of this society, or `mustKnow` refuses it.
  const warehouse = input.warehouseId ? { warehouseId: input.warehouseId } : {};
  allow(actor, 'stock.request', { paths: [society.path], ...warehouse });
  mustBeNew([], asked, society.id);
}

async function societyOr404(tx: Tx, id: string): Promise<SocietyRow> {
  const society = await findSociety(tx, id);
  if (!society) throw notFound('society', id);
  return society;
}

/** The society named, else the one above. 422 `stock-request.no-level-above`. */
async function askedOf(tx: Tx, society: SocietyRow, input: RequestGoods): Promise<SocietyRow> {
  const askedId = input.askedSocietyId ?? society.parentId;
  if (!askedId) throw new Problem('stock-request.no-level-above', { society: society.shortName });
  return societyOr404(tx, askedId);
}

/** Items of the catalogue, an incident that the actor sees, and a warehouse of the society in need. */
async function mustKnow(tx: Tx, actor: Actor, input: RequestGoods): Promise<void> {
  const { incidentId, warehouseId, societyId, lines } = input;
  const itemIds = [...new Set(lines.map((line) => line.itemId))];
  const known = new Set((await itemsByIds(tx, itemIds)).map((item) => item.id));
  const unknown = itemIds.find((itemId) => !known.has(itemId));
  if (unknown) throw notFound('item', unknown);
  await purposeFor(tx, { societyPath: '', incidentId: incidentId ?? null }, actor);
  if (!warehouseId) return;
  const warehouse = visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
  if (warehouse.societyId !== societyId)
    throw new Problem('stock-request.foreign-warehouse', { warehouse: warehouse.code });
}

async function giveBack(tx: Tx, actor: Actor, lineIds: string[], now: Date): Promise<void> {
  const pending = await pendingCommitments(tx, { lineIds });
  if (pending.length === 0) return;
  await releaseSupplies(tx, { orderLineIds: pending.map(({ id }) => id), how: 'released', now, actor });
}
