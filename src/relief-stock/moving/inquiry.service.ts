import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, may, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, Problem } from '../../shared/problem.js';
import { factTimesOf } from '../fact-times.rules.js';
import { accountAt, openLevels, postMovements } from '../ledger.service.js';
import type { Account } from '../ledger.store.js';
import type { BinDto } from '../relief-stock.dto.js';
import { binsOf, type WarehouseRow } from '../warehouse.store.js';
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
import type { LotLine } from './transfer-line.store.js';
import { found, levelsInto, lost, placeOf } from './transfer-postings.service.js';
import { endsOf, type HeldTransfer } from './transfer-step.service.js';
import { lockTransfer, type TransferRow } from './transfer.store.js';

interface HeldInquiry extends HeldTransfer {
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
    const who = ({ from, to }: HeldInquiry) => {
      for (const at of where) allow(actor, 'supply.keep', at === 'sender' ? targetOf(from) : targetOf(to));
    };
    return this.step(actor, { id, step: 'explain', input, who }, async (tx, held) => {
      const { from, to, transfer, times, inquiry } = held;
      const lines = findUnits(held.lines, input.goods);
      const bins = { sender: await binsOf(tx, from.id), receiver: await binsOf(tx, to.id) };
      const accounts = new Map(held.lines.map((line) => [line.id, inInquiry(transfer, line)]));
      const postings = input.goods.flatMap(({ id: lineId, units, at, binId }) =>
        found(held, accounts.get(lineId)!, { units, at, bin: binNamed(bins[at], binId) }),
      );
      await openLevels(tx, levelsInto(to, postings));
      await postMovements(tx, {
        causeId: idFrom('inquiry-explain', id, String(inquiry.version)), document: inquiry.number, actor, ...times, postings,
      }); // prettier-ignore
      return { inquiry: { ...inquiry, ...NOT_PROPOSED, reason: input.reason }, lines };
    });
  }

  /** Somebody of either side proposes to give up what nobody can explain. */
  async proposeWriteOff(actor: Actor, id: string, input: InquiryWord): Promise<InquiryDto> {
    const who = ({ from, to }: HeldInquiry) =>
      allow(actor, 'stock.adjust', [from, to].map(targetOf).find((side) => may(actor, 'stock.adjust', side)) ?? {});
    return this.step(actor, { id, step: 'propose', input, who }, async (_tx, { inquiry, lines, times }) => {
      const proposal = { proposedById: actor.userId, proposedBy: actor.name, proposedAt: times.occurredAt };
      return { inquiry: { ...inquiry, ...proposal, reason: input.reason }, lines };
    });
  }

  async rejectWriteOff(actor: Actor, id: string, input: InquiryWord): Promise<InquiryDto> {
    const who = ({ from }: HeldInquiry) => allow(actor, 'stock.adjust-approve', targetOf(from));
    return this.step(actor, { id, step: 'reject', input, who }, async (_tx, { inquiry, lines }) => ({
      inquiry: { ...inquiry, ...NOT_PROPOSED, reason: input.reason },
      lines,
    }));
  }

  /** Another person of the giving side agrees: it is their loss. 422 `duty.separation` for who proposed it. */
  async approveWriteOff(actor: Actor, id: string, input: InquiryStep): Promise<InquiryDto> {
    const who = ({ from }: HeldInquiry) => allow(actor, 'stock.adjust-approve', targetOf(from));
    return this.step(actor, { id, step: 'approve', input, who }, async (tx, held) => {
      const { transfer, times, inquiry } = held;
      mustNotBeProposer(inquiry, actor.userId);
      const open = held.lines.filter((line) => unexplained(line) > 0);
      const postings = open.map((line) => lost(transfer, inInquiry(transfer, line), unexplained(line)));
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
      const transfer = await lockTransfer(tx, inquiry.transferId);
      ensure(transfer !== undefined, 'an inquiry keeps its transfer');
      const held = {
        actor,
        inquiry,
        transfer,
        times,
        lines: await store.inquiryLines(tx, id),
        ...(await endsOf(tx, transfer)),
      };
      who(held);
      if (input.version !== undefined && input.version !== inquiry.version)
        throw new Problem('inquiry.stale', { version: inquiry.version });
      const status = takeInquiryStep(inquiry.status, step);
      const { inquiry: decided, lines } = await take(tx, held);
      const saved = await store.saveInquiry(
        tx,
        summed({ ...decided, status, statusSince: times.occurredAt }, lines),
        lines,
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

const inInquiry = (transfer: TransferRow, line: store.InquiryLine): Account =>
  accountAt(placeOf(transfer, 'inquiry'), line);

function binNamed(bins: readonly BinDto[], binId: string | undefined): BinDto {
  const bin = binId === undefined ? bins[0] : bins.find((one) => one.id === binId);
  if (!bin) throw new Problem('bin.not-found', { id: binId ?? null });
  return bin;
}

/** Opens the inquiry into what is missing of a transfer; nothing when all is there. */
export async function openInquiry(tx: Tx, held: HeldTransfer, lots: (LotLine & LotCount)[]): Promise<void> {
  const { transfer, actor, times } = held;
  const lines = lots
    .filter((lot) => lot.missingUnits > 0)
    .map(({ id, source, missingUnits }) => {
      const { itemId, lotId, condition, ownerSocietyId, fund } = source;
      return { id, itemId, lotId, condition, ownerSocietyId, fund, missingUnits, foundUnits: 0, lostUnits: 0 };
    });
  if (lines.length === 0) return;
  const row: store.InquiryRow = {
    id: idFrom('inquiry', transfer.id), number: `${transfer.number}-C`, transferId: transfer.id, fromWarehouseId: transfer.fromWarehouseId,
    toWarehouseId: transfer.toWarehouseId, status: 'open', statusSince: times.occurredAt,
    missingUnits: lines.reduce((sum, line) => sum + line.missingUnits, 0), foundUnits: 0, lostUnits: 0, openedBy: actor.name,
    openedAt: times.now, reason: null, ...NOT_PROPOSED, approvedBy: null, endedAt: null, scope: transfer.scope, version: 1,
  }; // prettier-ignore
  await store.insertInquiry(tx, row, lines);
  await tellInquiry(tx, row, { kind: 'inquiry.opened', held });
}

async function tellInquiry(
  tx: Tx,
  row: store.InquiryRow,
  { kind, held }: { kind: string; held: HeldTransfer },
): Promise<InquiryDto> {
  const [data] = await store.inquiryDtos(tx, [row]);
  const { actor, times } = held;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, {
    kind, subject: 'stock-inquiry', id: row.id, version: row.version, scope: row.scope, data: data!, actor, occurredAt, recordedAt,
  }); // prettier-ignore
  return data!;
}
