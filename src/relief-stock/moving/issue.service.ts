import { Injectable } from '@nestjs/common';
import {
  type Action,
  type Actor,
  allow,
  findSociety,
  inCommand,
  peopleWith,
  visibleOr404,
} from '../../access/index.js';
import { Database, inSnapshot, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { dayStart } from '../days.rules.js';
import { numberFor, signDocument } from '../document.service.js';
import { type FactTimes, factTimesOf, plannedTimeOf } from '../fact-times.rules.js';
import { itemsByIds } from '../item.store.js';
import type { Purpose } from '../receiving/intent.rules.js';
import { mustBeFunds, purposeFor } from '../receiving/intent.service.js';
import { releaseSupplies, reserveSupplies } from '../reservation.service.js';
import { deliverSupplies, shipSupplies } from '../shipment.service.js';
import { findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { countLots, sumOf } from './arrival.rules.js';
import { sumGoods } from './goods.rules.js';
import type {
  CancelIssue, IssueDetailDto, IssueDto, IssueGoods, IssuesQuery, IssueStep, OrderIssue, SignIssue,
} from './issue.dto.js'; // prettier-ignore
import { apartFor, begin, type IssueStepName, takeIssueStep } from './issue.rules.js';
import { isEnded } from './inquiry.rules.js';
import { absentLines, openInquiry } from './inquiry.service.js';
import * as store from './issue.store.js';
import { inquiriesOf } from './transfer.store.js';

interface HeldIssue {
  actor: Actor;
  issue: store.IssueRow;
  warehouse: WarehouseRow;
  times: FactTimes;
}

/** Goods that leave outside incidents: the duty side gives the release order, the keeper keeps. */
@Injectable()
export class IssueService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * A release order: purpose, recipient, goods. They are promised at once, first expired first, and the promise does not lapse. Above
   * `APPROVAL_ABOVE_FEN`, together with what the same person ordered there that day on one signature, a second person signs: before the goods leave, or within a day after when the order says why it cannot wait.
   * Earmarked goods are given for what they are meant for only. 422 `stock.insufficient`, `stock.lot-expired`, `stock.lot-held`,
   * `stock.against-intent`, `stock.planned-out-of-range`; 404 for a society, incident or fund that is not there; 409 `idempotency.mismatch` for an id in use.
   */
  async orderIssue(actor: Actor, input: OrderIssue): Promise<IssueDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const warehouse = visibleOr404(actor, await findWarehouse(tx, input.warehouseId), 'warehouse', input.warehouseId);
      allow(actor, 'stock.order', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      const lines = input.goods.map(({ fund = null, ...line }) => ({ id: newId(), ...line, fund }));
      const purpose = await whatFor(tx, actor, { warehouse, input });
      const row = await newIssue(tx, { actor, warehouse, input, times });
      if (!(await store.insertIssue(tx, row))) throw new Problem('idempotency.mismatch', { key: row.id });
      await store.insertIssueLines(tx, row.id, lines);
      await signDocument(tx, actor, { documentId: row.id, role: 'order', apart: [], times });
      await reserveSupplies(tx, {
        lines: lines.map(({ id: orderLineId, ...line }) => ({ orderLineId, warehouseId: warehouse.id, ...line })),
        arrivalAt: row.plannedAt > times.now ? row.plannedAt : times.now, purpose, untilAt: null, now: times.now, actor,
      }); // prettier-ignore
      return tellIssue(tx, row, { kind: 'issue.ordered', actor, times });
    });
  }

  /** The second signature, by another person than who ordered. Given late, it changes nothing but itself. */
  async approve(actor: Actor, id: string, input: IssueStep): Promise<IssueDto> {
    return this.step(actor, { id, step: 'approve', input }, async (_tx, _held, decided) => ({
      ...decided,
      approvedBy: actor.name,
    }));
  }

  async pick(actor: Actor, id: string, input: IssueStep): Promise<IssueDto> {
    return this.step(actor, { id, step: 'pick', input });
  }

  /** Out of the bins: into the hands of a recipient who stands at the door, or on the way to one who signs later. */
  async issue(actor: Actor, id: string, input: IssueGoods): Promise<IssueDto> {
    return this.step(actor, { id, step: 'issue', input }, async (tx, held, decided) => {
      const { issue, warehouse, times } = held;
      const lines = await store.issueLines(tx, id);
      const { now, occurredAt } = times;
      const issueNumber = await numberFor(tx, { kind: 'issue', adcode: warehouse.societyAdcode, now });
      const orderLineIds = lines.map((line) => line.id);
      await shipSupplies(tx, { orderId: id, document: issueNumber, orderLineIds, now, occurredAt, actor });
      const { vehicle = null, carrierName = null, carrierPhone = null, receiverName } = input;
      const issued = { ...decided, issueNumber, vehicle, carrierName, carrierPhone };
      if (!receiverName) return issued;
      const signed = takeIssueStep(issued, 'sign', occurredAt);
      return deliver(tx, { ...held, issue: { ...issue, issueNumber } }, signed, { receiverName, lines: [] });
    });
  }

  /** The recipient has counted: lines left out came whole. 422 `stock.delivery-differs`. */
  async sign(actor: Actor, id: string, input: SignIssue): Promise<IssueDto> {
    return this.step(actor, { id, step: 'sign', input }, (tx, held, decided) => deliver(tx, held, decided, input));
  }

  /** 422 `issue.approval-missing` while the second signature is owed, `issue.inquiry-open` while something missing is not explained. */
  async close(actor: Actor, id: string, input: IssueStep): Promise<IssueDto> {
    return this.step(actor, { id, step: 'close', input }, async (tx, { issue }, decided) => {
      const inquiry = (await inquiriesOf(tx, [issue.id])).get(issue.id);
      if (inquiry && !isEnded(inquiry.status)) throw new Problem('issue.inquiry-open', { inquiryId: inquiry.id });
      return decided;
    });
  }

  /** Until the goods have left: what was promised goes back to what others may ask for. */
  async cancel(actor: Actor, id: string, input: CancelIssue): Promise<IssueDto> {
    return this.step(actor, { id, step: 'cancel', input }, async (tx, { times }, decided) => {
      const orderLineIds = (await store.issueLines(tx, id)).map((line) => line.id);
      await releaseSupplies(tx, { orderLineIds, how: 'released', now: times.now, actor });
      return { ...decided, reason: input.reason };
    });
  }

  /** Newest first. */
  async issues(actor: Actor, query: IssuesQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const items = await inSnapshot(this.db, async (tx) =>
      store.issueDtos(tx, await store.issuesBefore(tx, query, { keys: actor.keys, before, limit: query.limit + 1 })),
    );
    return toPage(items, query.limit, (issue) => [issue.orderedAt, issue.id]);
  }

  /** With its lines and lots. 404 `issue.not-found`. */
  async oneIssue(actor: Actor, id: string): Promise<IssueDetailDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findIssue(tx, id), 'issue', id);
      const [issue] = await store.issueDtos(tx, [row]);
      return { ...issue!, goods: await store.issueGoodsOf(tx, id) };
    });
  }

  /** Lock, authority, version, table, signature, then what is special about the step. */
  private async step(
    actor: Actor,
    { id, step, input }: { id: string; step: IssueStepName; input: IssueStep },
    take: (tx: Tx, held: HeldIssue, decided: store.IssueRow) => Promise<store.IssueRow> = async (_tx, _held, decided) =>
      decided,
  ): Promise<IssueDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const issue = visibleOr404(actor, await store.lockIssue(tx, id), 'issue', id);
      const warehouse = await findWarehouse(tx, issue.warehouseId);
      ensure(warehouse !== undefined, 'an issue keeps its warehouse');
      allow(actor, MAY[step], { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      if (input.version !== undefined && input.version !== issue.version)
        throw new Problem('issue.stale', { version: issue.version });
      const decided = takeIssueStep(issue, step, times.occurredAt);
      const people = await peopleWith(tx, [...DESKS], warehouse);
      const apart = apartFor(step, issue, people);
      if (apart) await signDocument(tx, actor, { documentId: id, role: step, apart, times });
      const saved = await store.saveIssue(tx, await take(tx, { actor, issue, warehouse, times }, decided));
      return tellIssue(tx, saved, { kind: KIND[step], actor, times });
    });
  }
}

/** The two desks that a release order passes. */
const DESKS = ['dutyOfficer', 'dutyLead', 'keeper'] as const;

const KIND: Record<IssueStepName, string> = {
  approve: 'issue.approved', pick: 'issue.picking', issue: 'issue.issued', sign: 'issue.signed', close: 'issue.closed', cancel: 'issue.cancelled',
}; // prettier-ignore
/** The duty side decides, the keeper handles, either hears from the recipient. */
const MAY: Record<IssueStepName, Action> = {
  approve: 'stock.order', pick: 'supply.keep', issue: 'supply.keep', sign: 'stock.transfer', close: 'stock.order', cancel: 'stock.order',
}; // prettier-ignore

async function newIssue(
  tx: Tx,
  { actor, warehouse, input, times }: { actor: Actor; warehouse: WarehouseRow; input: OrderIssue; times: FactTimes },
): Promise<store.IssueRow> {
  const { purpose, recipient, place = null, note, deferReason = null } = input;
  const items = await itemsByIds(tx, [...new Set(input.goods.map((line) => line.itemId))]);
  const { lines, units, valueFen, unpricedLines } = sumGoods(
    input.goods,
    new Map(items.map((item) => [item.id, item])),
  );
  const deferred = deferReason !== null;
  const alone = deferred && (await peopleWith(tx, [...DESKS], warehouse)) < 2;
  // The number's row stays locked: of two orders at once the second sees the first.
  const number = await numberFor(tx, {
    kind: 'release-order',
    id: input.id,
    adcode: warehouse.societyAdcode,
    now: times.now,
  });
  const earlierFen = await store.unsignedValueOf(tx, {
    warehouseId: warehouse.id,
    orderedById: actor.userId,
    since: dayStart(times.now),
  });
  const beginning = begin({ valueFen: valueFen + earlierFen, unpricedLines }, { deferred, alone, now: times.now });
  return {
    id: input.id ?? newId(), number,
    issueNumber: null, ...beginning, statusSince: times.occurredAt, warehouseId: warehouse.id, purpose, recipient, place, note,
    plannedAt: plannedTimeOf(input.plannedAt, '/plannedAt', times), lines, units, valueFen, unpricedLines, orderedById: actor.userId, orderedBy: actor.name,
    deferReason: beginning.approval === 'deferred' ? deferReason : null, approvedBy: null, vehicle: null, carrierName: null,
    carrierPhone: null, receiverName: null, receivedUnits: 0, damagedUnits: 0, missingUnits: 0, reason: null, orderedAt: times.now,
    approvedAt: null, pickingAt: null, issuedAt: null, signedAt: null, closedAt: null, cancelledAt: null,
    incidentId: input.incidentId ?? null, forSocietyId: input.forSocietyId ?? null, scope: warehouse.scope, version: 1,
  }; // prettier-ignore
}

/** What the goods are for: 404 `society.not-found`, `incident.not-found`, `fund.not-found`. */
async function whatFor(
  tx: Tx,
  actor: Actor,
  { warehouse, input }: { warehouse: WarehouseRow; input: OrderIssue },
): Promise<Purpose> {
  const { forSocietyId, incidentId = null, goods } = input;
  const society = forSocietyId ? await findSociety(tx, forSocietyId) : undefined;
  if (forSocietyId && !society) throw notFound('society', forSocietyId);
  await mustBeFunds(tx, goods.map((line) => line.fund)); // prettier-ignore
  return purposeFor(tx, { societyPath: society?.path ?? warehouse.societyPath, incidentId }, actor);
}

/** Out of transit: to the recipient, what came damaged to an account that names the issue, what did not come to an inquiry. */
async function deliver(
  tx: Tx,
  { actor, issue, times }: HeldIssue,
  decided: store.IssueRow,
  input: Pick<SignIssue, 'receiverName' | 'lines'>,
): Promise<store.IssueRow> {
  const told = input.lines.map((line) => ({ ...line, damagedTo: 'disposal' as const }));
  const counted = countLots(await store.issueLines(tx, issue.id), { lots: told }, 'lines');
  const lines = counted.map(({ id, acceptedUnits: receivedUnits, damagedUnits, missingUnits, reason }) => ({
    id, receivedUnits, damagedUnits, missingUnits, reason,
  })); // prettier-ignore
  const { now, occurredAt } = times;
  const absent = await deliverSupplies(tx, {
    orderId: issue.id, document: issue.issueNumber!, recipient: issue.recipient, now, occurredAt, actor,
    lines: lines.map(({ id: orderLineId, reason: _, ...units }) => ({ orderLineId, ...units })),
  }); // prettier-ignore
  await store.saveIssueLines(tx, lines);
  await openInquiry(tx, { paper: inquired(issue), lines: absentLines(absent, lines), actor, times });
  const { acceptedUnits: receivedUnits, damagedUnits, missingUnits } = sumOf(counted);
  const status = damagedUnits + missingUnits > 0 ? 'signed-with-differences' : decided.status;
  return { ...decided, status, receiverName: input.receiverName, receivedUnits, damagedUnits, missingUnits };
}

const inquired = ({ id, issueNumber, scope, warehouseId }: store.IssueRow) => ({
  of: 'issue' as const, id, number: issueNumber!, scope, fromWarehouseId: warehouseId,
}); // prettier-ignore

async function tellIssue(
  tx: Tx,
  row: store.IssueRow,
  told: { kind: string; actor: Actor; times: FactTimes },
): Promise<IssueDto> {
  const [data] = await store.issueDtos(tx, [row]);
  const { kind, actor, times } = told;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, {
    kind, subject: 'stock-issue', id: row.id, version: row.version, scope: row.scope, data: data!, actor, occurredAt, recordedAt,
    ...(row.incidentId ? { incidentId: row.incidentId } : {}),
  }); // prettier-ignore
  return data!;
}
