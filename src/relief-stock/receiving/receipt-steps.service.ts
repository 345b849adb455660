import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, peopleWith, visibleOr404 } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom } from '../../shared/ids.js';
import { ensure, Problem } from '../../shared/problem.js';
import type { Signature } from '../document.rules.js';
import { signDocument } from '../document.service.js';
import { signaturesOf } from '../document.store.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { accountAt, postMovements } from '../ledger.service.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { binAt, enterGoods } from './acceptance.service.js';
import { donationCounted } from './donation.service.js';
import { lockDonation } from './donation.store.js';
import type { AcceptGoods, CancelReceipt, CountGoods, PutAway, ReceiptDto, ReceiptStep } from './receipt.dto.js';
import * as rules from './receipt.rules.js';
import { dueAfter, tellReceipt } from './receipt.service.js';
import * as store from './receipt.store.js';

interface Held {
  row: store.ReceiptRow;
  warehouse: WarehouseRow;
  times: FactTimes;
}
type Taken = { row: store.ReceiptRow; signatures?: Signature[] };

/** The life of a goods receipt between its announcement and the bins. Each step locks the receipt, then the stock. */
@Injectable()
export class ReceiptStepsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async arrive(actor: Actor, id: string, input: ReceiptStep): Promise<ReceiptDto> {
    return this.step(actor, { id, input, action: 'stock.receive', kind: 'goods.arrived' }, async (_tx, { row }) => ({
      row: { ...row, status: rules.takeReceiptStep(row.status, 'arrive') },
    }));
  }

  /** The first or the second count of every line, by two people: 422 `duty.separation`, `goods-receipt.count-incomplete`. */
  async count(actor: Actor, id: string, input: CountGoods): Promise<ReceiptDto> {
    return this.step(actor, { id, input, action: 'stock.check', kind: 'goods.counted' }, async (tx, { row, times }) => {
      const step = rules.countStep(row.status);
      const status = rules.takeReceiptStep(row.status, step);
      const lines = rules.countLines(row.lines, input.lines, step);
      const role = step === 'count-a' ? 'counted-a' : 'counted-b';
      const signatures = await signDocument(tx, actor, { documentId: id, role, apart: ['counted-a'], times });
      return { row: { ...row, status, lines }, signatures };
    });
  }

  /**
   * Goods enter the ledger, as counted; what was refused or did not come has a reason. Counted by one person only where nobody else is there:
   * then another one signs later. Refusals of the goods themselves: see `enterGoods`; of the figures: see `settleLines`.
   */
  async accept(actor: Actor, id: string, input: AcceptGoods): Promise<ReceiptDto> {
    return this.step(actor, { id, input, action: 'stock.receive', kind: 'goods.received' }, async (tx, held) => {
      const { row, warehouse, times } = held;
      rules.takeReceiptStep(row.status, 'accept');
      const people = await peopleWith(tx, ['keeper', 'checker'], warehouse);
      const deferred = rules.mayDefer(row.status, people);
      const settled = rules.settleLines(row.lines, input, row.number);
      const donation = row.donationId === null ? undefined : await lockDonation(tx, row.donationId);
      const delivered = settled.flatMap(({ lots }) => lots);
      const stored = await enterGoods(tx, { paper: row, warehouse, delivered, actor, times });
      const lines = rules.withLotsOnLines(settled.map(({ line }) => line), stored); // prettier-ignore
      const signatures = await signDocument(tx, actor, { documentId: id, role: 'accepted', apart: [], times });
      if (donation) await donationCounted(tx, donation, { counters: countersOf(signatures), actor, times });
      const secondSignatureDueAt = deferred ? dueAfter(times.now, this.config) : null;
      const status = rules.acceptedStatus(lines);
      return { row: { ...row, status, lines, receivedBy: actor.name, secondSignatureDueAt }, signatures };
    });
  }

  /** From where the goods were accepted into their bins. 422 `stock.insufficient` for units that are promised or have gone. */
  async putAway(actor: Actor, id: string, input: PutAway): Promise<ReceiptDto> {
    return this.step(actor, { id, input, action: 'stock.receive', kind: 'goods.put-away' }, async (tx, held) => {
      const { row, warehouse, times } = held;
      const status = rules.takeReceiptStep(row.status, 'put-away');
      const postings = await movesOf(tx, { row, warehouse, moves: input.moves });
      const causeId = idFrom('put-away', id);
      if (postings.length > 0) await postMovements(tx, { causeId, document: row.number, postings, actor, ...times });
      return { row: { ...row, status } };
    });
  }

  /** Until the goods are accepted: nothing has entered the ledger. */
  async cancel(actor: Actor, id: string, input: CancelReceipt): Promise<ReceiptDto> {
    const asked = { id, input, action: 'stock.receive', kind: 'goods.receipt-cancelled' } as const;
    return this.step(actor, asked, async (_tx, { row }) => ({
      row: { ...row, status: rules.takeReceiptStep(row.status, 'cancel'), cancelReason: input.reason },
    }));
  }

  /** The second signature, by somebody else of the society or of one above. 409 when none is open; 422 `duty.separation`. */
  async sign(actor: Actor, id: string, input: ReceiptStep): Promise<ReceiptDto> {
    return this.step(actor, { id, input, action: 'stock.check', kind: 'goods.receipt-signed' }, async (tx, held) => {
      const { row, times } = held;
      const status = rules.takeReceiptStep(row.status, 'sign');
      if (row.secondSignatureDueAt === null || row.secondSignedAt !== null)
        throw new Problem('goods-receipt.step-not-allowed', { step: 'sign', status });
      const role = 'second-signature';
      const signatures = await signDocument(tx, actor, {
        documentId: id,
        role,
        apart: ['counted-a', 'accepted'],
        times,
      });
      const donation = row.donationId === null ? undefined : await lockDonation(tx, row.donationId);
      if (donation) await donationCounted(tx, donation, { counters: countersOf(signatures), actor, times });
      return { row: { ...row, secondSignedAt: times.occurredAt }, signatures };
    });
  }

  /** Lock, authority, version, then what is special about the step. */
  private async step(
    actor: Actor,
    asked: { id: string; input: ReceiptStep; action: 'stock.receive' | 'stock.check'; kind: string },
    take: (tx: Tx, held: Held) => Promise<Taken>,
  ): Promise<ReceiptDto> {
    const { id, input, action, kind } = asked;
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const row = visibleOr404(actor, await store.lockReceipt(tx, id), 'goods-receipt', id);
      const warehouse = await findWarehouse(tx, row.warehouseId);
      ensure(warehouse !== undefined, 'a receipt keeps its warehouse');
      allow(actor, action, { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      if (row.version !== input.version) throw new Problem('goods-receipt.stale', { version: row.version });
      const taken = await take(tx, { row, warehouse, times });
      // When goods came in is a fact of its own: what happens to the paper afterwards does not move it.
      const occurredAt = row.receivedBy === null ? times.occurredAt : row.occurredAt;
      const next = { ...taken.row, occurredAt, version: row.version + 1 };
      await store.saveReceipt(tx, next);
      const signatures = taken.signatures ?? (await signaturesOf(tx, [id])).get(id) ?? [];
      return tellReceipt(tx, next, { kind, signatures, actor, times });
    });
  }
}

/** Who counted: the two counters, or who accepted and who signed after. */
const countersOf = (signatures: Signature[]): string[] => signatures.map(({ name }) => name);

/** Bin to bin, with lot, condition and fund as they were taken in. */
async function movesOf(
  tx: Tx,
  { row, warehouse, moves }: { row: store.ReceiptRow; warehouse: WarehouseRow; moves: PutAway['moves'] },
) {
  const bins = await binsOf(tx, warehouse.id);
  return moves.map(({ line: number, binId, units }, n) => {
    const line = row.lines.find((one) => one.line === number);
    if (!line?.lotId || !line.binId || line.binId === binId)
      throw new Problem('request.invalid', {}, { errors: [{ pointer: `/moves/${n}/line`, code: 'unknown' }] });
    const { itemId, lotId, condition, fund } = line;
    const goods = { itemId, lotId, condition, ownerSocietyId: warehouse.societyId, fund };
    const [from, to] = [line.binId, binId].map((bin) => accountAt(binAt(warehouse.id, bins, bin), goods));
    return { from: from!, to: to!, units, reason: 'put-away' as const };
  });
}
