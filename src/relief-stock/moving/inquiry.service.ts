import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, may, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom, newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, Problem } from '../../shared/problem.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { accountAt, openLevels, postMovements } from '../ledger.service.js';
import type { Account } from '../ledger.store.js';
import type { BinDto } from '../relief-stock.dto.js';
import { holdRequests, noteRequestProgress } from '../requests/request-progress.service.js';
import type { MissingGoods } from '../shipment.service.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type { LotCount } from './arrival.rules.js';
import type {
  ExplainInquiry,
  InquiriesQuery,
  InquiryDetailDto,
  InquiryDto,
  InquiryStep,
  InquiryWord,
} from './inquiry.dto.js';
import { findUnits, type InquiryStepName, mustNotBeProposer, takeInquiryStep, unexplained } from './inquiry.rules.js';
import * as store from './inquiry.store.js';
import { lockIssue } from './issue.store.js';
import type { LotLine } from './transfer-line.store.js';
import { type Consigned, found, type FoundAt, levelsInto, lost, placeOf } from './transfer-postings.service.js';
import { endsOf } from './transfer-step.service.js';
import { lockTransfer } from './transfer.store.js';

/** The paper of which something is missing: a transfer, an issue, or an order of a mission. */
type InquiredPaper = Consigned & FoundAt & { scope: string[] };
interface HeldInquiry {
  actor: Actor;
  times: FactTimes;
  paper: InquiredPaper;
  inquiry: store.InquiryRow;
  lines: store.InquiryLine[];
}
type Decided = { inquiry: store.InquiryRow; lines: store.InquiryLine[] };

const KIND: Record<InquiryStepName, string> = {
  explain: 'inquiry.explained', propose: 'inquiry.write-off-proposed', reject: 'inquiry.write-off-rejected', approve: 'inquiry.written-off',
}; // prettier-ignore

/** What was missing on arrival is explained, or two people write it off together. */
@Injectable()
export class InquiryService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Some or all of the units were found, by the keeper of where they lie: into a bin there. 422 `inquiry.too-many`, 404 `bin.not-found`.
   * It ends when nothing is left that nobody can explain.
   */
  async explain(actor: Actor, id: string, input: ExplainInquiry): Promise<InquiryDto> {
    const where = new Set(input.goods.map(({ at }) => at));
    const who = ({ paper: { from, to } }: HeldInquiry) => {
      for (const at of where) allow(actor, 'supply.keep', targetOf(at === 'sender' ? from : (to ?? from)));
    };
    return this.step(actor, { id, step: 'explain', input, who }, async (tx, held) => {
      const { paper, times, inquiry } = held;
      const served = await holdRequests(tx, paper.id);
      const lines = findUnits(held.lines, input.goods);
      const bins = {
        sender: await binsOf(tx, paper.from.id),
        receiver: paper.to ? await binsOf(tx, paper.to.id) : null,
      };
      const accounts = new Map(held.lines.map((line) => [line.id, inInquiry(paper, line)]));
      const postings = input.goods.flatMap(({ id: lineId, units, at, binId }) =>
        found(paper, accounts.get(lineId)!, { units, at, bin: binNamed(bins[at], binId) }),
      );
      if (paper.to) await openLevels(tx, levelsInto(paper.to, postings));
      await postMovements(tx, {
        causeId: idFrom('inquiry-explain', id, String(inquiry.version)), document: inquiry.number, actor, ...times, postings,
      }); // prettier-ignore
      await noteRequestProgress(tx, served, { actor, occurredAt: times.occurredAt, recordedAt: times.recordedAt });
      return { inquiry: { ...inquiry, ...NOT_PROPOSED, reason: input.reason }, lines };
    });
  }

  /** Somebody of either side proposes to give up what nobody can explain. */
  async proposeWriteOff(actor: Actor, id: string, input: InquiryWord): Promise<InquiryDto> {
    const who = ({ paper: { from, to } }: HeldInquiry) =>
      allow(
        actor,
        'stock.adjust',
        [from, ...(to ? [to] : [])].map(targetOf).find((side) => may(actor, 'stock.adjust', side)) ?? {},
      );
    return this.step(actor, { id, step: 'propose', input, who }, async (_tx, { inquiry, lines, times }) => {
      const proposal = { proposedById: actor.userId, proposedBy: actor.name, proposedAt: times.occurredAt };
      return { inquiry: { ...inquiry, ...proposal, reason: input.reason }, lines };
    });
  }

  async rejectWriteOff(actor: Actor, id: string, input: InquiryWord): Promise<InquiryDto> {
    const who = ({ paper: { from } }: HeldInquiry) => allow(actor, 'stock.adjust-approve', targetOf(from));
    return this.step(actor, { id, step: 'reject', input, who }, async (_tx, { inquiry, lines }) => ({
      inquiry: { ...inquiry, ...NOT_PROPOSED, reason: input.reason },
      lines,
    }));
  }

  /** Another person of the giving side agrees: it is their loss. 422 `duty.separation` for who proposed it. */
  async approveWriteOff(actor: Actor, id: string, input: InquiryStep): Promise<InquiryDto> {
    const who = ({ paper: { from } }: HeldInquiry) => allow(actor, 'stock.adjust-approve', targetOf(from));
    return this.step(actor, { id, step: 'approve', input, who }, async (tx, held) => {
      const { paper, times, inquiry } = held;
      mustNotBeProposer(inquiry, actor.userId);
      const open = held.lines.filter((line) => unexplained(line) > 0);
      const postings = open.map((line) => lost(paper, inInquiry(paper, line), unexplained(line)));
      await postMovements(tx, {
        causeId: idFrom('inquiry-write-off', id),
        document: inquiry.number,
        actor,
        ...times,
        postings,
      });
      const lines = held.lines.map((line) => ({ ...line, lostUnits: line.lostUnits + unexplained(line) }));
      return { inquiry: { ...inquiry, approvedBy: actor.name }, lines };
    });
  }

  /** Newest first, of transfers that the actor may see. */
  async inquiries(actor: Actor, query: InquiriesQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const items = await inSnapshot(this.db, async (tx) =>
      store.inquiryDtos(
        tx,
        await store.inquiriesBefore(tx, query, { keys: actor.keys, before, limit: query.limit + 1 }),
      ),
    );
    return toPage(items, query.limit, (inquiry) => [inquiry.openedAt, inquiry.id]);
  }

  /** 404 `inquiry.not-found`. */
  async inquiry(actor: Actor, id: string): Promise<InquiryDetailDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findInquiry(tx, id), 'inquiry', id);
      const [inquiry] = await store.inquiryDtos(tx, [row]);
      return { ...inquiry!, goods: await store.inquiryGoods(tx, id) };
    });
  }

  /** Lock, authority, version, table, then what is special about the step, and the sums that it makes. */
  private async step(
    actor: Actor,
    {
      id,
      step,
      input,
      who,
    }: { id: string; step: InquiryStepName; input: InquiryStep; who: (held: HeldInquiry) => void },
    take: (tx: Tx, held: HeldInquiry) => Promise<Decided>,
  ): Promise<InquiryDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const inquiry = visibleOr404(actor, await store.lockInquiry(tx, id), 'inquiry', id);
      const [paper, lines] = [await paperOf(tx, inquiry), await store.inquiryLines(tx, id)];
      const held = { actor, inquiry, paper, times, lines };
      who(held);
      if (input.version !== undefined && input.version !== inquiry.version)
        throw new Problem('inquiry.stale', { version: inquiry.version });
      const status = takeInquiryStep(inquiry.status, step);
      const { inquiry: decided, lines: after } = await take(tx, held);
      const saved = await store.saveInquiry(
        tx,
        summed({ ...decided, status, statusSince: times.occurredAt }, after),
        after,
      );
      return tellInquiry(tx, saved, { kind: KIND[step], held });
    });
  }
}

const targetOf = (warehouse: WarehouseRow) => ({ paths: [warehouse.societyPath], warehouseId: warehouse.id });

const NOT_PROPOSED = { proposedById: null, proposedBy: null, proposedAt: null };

/** The sums of the lines; nothing left to explain ends it. */
function summed(row: store.InquiryRow, lines: store.InquiryLine[]): store.InquiryRow {
  const foundUnits = lines.reduce((sum, line) => sum + line.foundUnits, 0);
  const lostUnits = lines.reduce((sum, line) => sum + line.lostUnits, 0);
  if (foundUnits + lostUnits < row.missingUnits) return { ...row, foundUnits, lostUnits };
  return {
    ...row,
    foundUnits,
    lostUnits,
    status: lostUnits > 0 ? 'written-off' : 'explained',
    endedAt: row.statusSince,
  };
}

const inInquiry = (paper: Consigned, line: store.InquiryLine): Account => accountAt(placeOf(paper, 'inquiry'), line);

/** No bin where there is no warehouse: with the recipient of an issue. */
function binNamed(bins: readonly BinDto[] | null, binId: string | undefined): BinDto | null {
  if (bins === null && binId === undefined) return null;
  const bin = binId === undefined ? bins?.[0] : bins?.find((one) => one.id === binId);
  if (!bin) throw new Problem('bin.not-found', { id: binId ?? null });
  return bin;
}

/** The paper that an inquiry is of, locked; of an order, which is another module's, what the inquiry knows: it ends by nothing that happens here. */
async function paperOf(tx: Tx, inquiry: store.InquiryRow): Promise<InquiredPaper> {
  if (inquiry.transferId) {
    const transfer = await lockTransfer(tx, inquiry.transferId);
    ensure(transfer !== undefined, 'an inquiry keeps its transfer');
    return { ...transfer, ...(await endsOf(tx, transfer)), recipient: null };
  }
  const from = await findWarehouse(tx, inquiry.fromWarehouseId);
  ensure(from !== undefined, 'an inquiry keeps its warehouse');
  const at = { fromWarehouseId: from.id, from, to: null, keepsOwner: true };
  if (inquiry.supplyOrderId) {
    const { supplyOrderId: id, document, recipient, scope } = inquiry;
    return { ...at, id, number: document!, recipient, scope };
  }
  const issue = await lockIssue(tx, inquiry.issueId!);
  ensure(issue !== undefined, 'an inquiry keeps its issue');
  const { id, scope, recipient } = issue;
  return { ...at, id, number: issue.issueNumber!, recipient, scope };
}

/** What an inquiry is opened into. number: what the inquiry's own begins with. */
export interface Inquired {
  paper: { id: string; number: string; scope: string[]; fromWarehouseId: string } & (
    { of: 'transfer'; toWarehouseId: string } | { of: 'issue' } | { of: 'supply-order'; recipient: string }
  );
  lines: Pick<
    store.InquiryLine,
    'id' | 'itemId' | 'lotId' | 'condition' | 'ownerSocietyId' | 'fund' | 'missingUnits' | 'reason'
  >[];
  actor: Actor;
  times: FactTimes;
}

/** Opens the inquiry into what is missing of a paper; nothing when all is there. */
export async function openInquiry(tx: Tx, { paper, lines, actor, times }: Inquired): Promise<void> {
  if (lines.length === 0) return;
  const { id: paperId, of, number, scope, fromWarehouseId } = paper;
  const ofOrder =
    of === 'supply-order' ? { supplyOrderId: paperId, document: number, recipient: paper.recipient } : NO_ORDER;
  const row: store.InquiryRow = {
    id: idFrom('inquiry', paperId), number: `${number}-C`, transferId: of === 'transfer' ? paperId : null, issueId: of === 'issue' ? paperId : null,
    ...ofOrder, fromWarehouseId, toWarehouseId: of === 'transfer' ? paper.toWarehouseId : null, status: 'open', statusSince: times.occurredAt,
    missingUnits: lines.reduce((sum, line) => sum + line.missingUnits, 0), foundUnits: 0, lostUnits: 0, openedBy: actor.name,
    openedAt: times.now, reason: null, ...NOT_PROPOSED, approvedBy: null, endedAt: null, scope, version: 1,
  }; // prettier-ignore
  await store.insertInquiry(tx, row, lines.map((line) => ({ ...line, foundUnits: 0, lostUnits: 0 }))); // prettier-ignore
  await tellInquiry(tx, row, { kind: 'inquiry.opened', held: { actor, times } });
}

const NO_ORDER = { supplyOrderId: null, document: null, recipient: null };

/** Goods of a delivery that did not come, as the inquiry has them, with what the recipient said of their line. */
export const absentLines = (absent: readonly MissingGoods[], reasons: readonly { id: string; reason: string | null }[] = []): Inquired['lines'] =>
  absent.map(({ orderLineId, units: missingUnits, goods }) => {
    const { itemId, lotId, condition, ownerSocietyId, fund } = goods;
    const reason = reasons.find(({ id }) => id === orderLineId)?.reason ?? null;
    return { id: newId(), itemId, lotId, condition, ownerSocietyId, fund, missingUnits, reason };
  }); // prettier-ignore

/** The lots of a transfer that are missing, as its inquiry has them. */
export const missingOf = (lots: readonly (LotLine & LotCount)[]): Inquired['lines'] =>
  lots.filter((lot) => lot.missingUnits > 0).map(({ id, source, missingUnits }) => {
    const { itemId, lotId, condition, ownerSocietyId, fund } = source;
    return { id, itemId, lotId, condition, ownerSocietyId, fund, missingUnits, reason: null };
  }); // prettier-ignore

async function tellInquiry(
  tx: Tx,
  row: store.InquiryRow,
  { kind, held }: { kind: string; held: Pick<HeldInquiry, 'actor' | 'times'> },
): Promise<InquiryDto> {
  const [data] = await store.inquiryDtos(tx, [row]);
  const { actor, times } = held;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, {
    kind, subject: 'stock-inquiry', id: row.id, version: row.version, scope: row.scope, data: data!, actor, occurredAt, recordedAt,
  }); // prettier-ignore
  return data!;
}
