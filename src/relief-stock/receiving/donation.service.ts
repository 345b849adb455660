import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, resourceKeys, visibleOr404, warehouseKey } from '../../access/index.js';
import { Database, inSnapshot, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, Problem } from '../../shared/problem.js';
import { numberFor } from '../document.service.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { findWarehouse } from '../warehouse.store.js';
import type { DonationDto, DonationsQuery, NameReceiptNo, RecordDonation, TraceDto } from './donation.dto.js';
import * as store from './donation.store.js';
import { mustExist } from './fund.service.js';
import { insertFund, wholeIntent } from './fund.store.js';
import { traceOf } from './trace.rules.js';
import { balancesOfFund, handOversOfFund } from './trace.store.js';

@Injectable()
export class DonationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes down what somebody gives and what for, with a fund of its own: its goods are known by it from the first bin to the last hand. */
  async recordDonation(actor: Actor, input: RecordDonation): Promise<DonationDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const found = await findWarehouse(tx, input.warehouseId);
      const warehouse = visibleOr404(actor, found, 'warehouse', input.warehouseId);
      const { societyId, societyPath, societyAdcode: adcode } = warehouse;
      allow(actor, 'stock.announce', { paths: [societyPath], warehouseId: warehouse.id });
      const intent = wholeIntent(input.intent);
      await mustExist(tx, intent);
      const number = await numberFor(tx, { kind: 'donation', id: input.id, adcode, now: times.now });
      const { donorKind, donorName = null, valueBasis, receiptNo = null, note } = input;
      const fund = { code: number, name: donorName ?? number, kind: 'donation' as const, societyId, donor: donorName, intent, version: 1 };
      ensure(await insertFund(tx, fund), 'the number of a donation is used once');
      const donation: store.DonationRow = {
        id: input.id ?? newId(), number, societyId, fund: number, donorKind, donorName, intent, valueBasis, receiptNo, note,
        status: 'announced', counters: [], occurredAt: times.occurredAt, receivedAt: times.now, societyPath,
        scope: [...resourceKeys(societyPath), warehouseKey(warehouse.id)], version: 1,
      }; // prettier-ignore
      await store.insertDonation(tx, donation);
      return tell(tx, donation, { kind: 'donation.recorded', actor, times });
    }); // prettier-ignore
  }

  /** The fiscal receipt was written. 409 `donation.stale`; 422 `donation.receipt-exists` when it has one. */
  async nameReceiptNo(actor: Actor, id: string, input: NameReceiptNo): Promise<DonationDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const donation = visibleOr404(actor, await store.lockDonation(tx, id), 'donation', id);
      allow(actor, 'stock.announce', { paths: [donation.societyPath] });
      if (donation.version !== input.version) throw new Problem('donation.stale', { version: donation.version });
      if (donation.receiptNo !== null) throw new Problem('donation.receipt-exists', { receiptNo: donation.receiptNo });
      const named = { ...donation, receiptNo: input.receiptNo, version: donation.version + 1 };
      await store.saveDonation(tx, named);
      return tell(tx, named, { kind: 'donation.receipt-named', actor, times });
    });
  }

  /** Donations that the actor may see, newest first. */
  async donations(actor: Actor, query: DonationsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const { societyId, status, receiptNo, limit } = query;
    const page = { keys: actor.keys, before, limit: limit + 1 };
    const rows = await read(this.db, (tx) => store.donationsBefore(tx, { societyId, status, receiptNo }, page));
    return toPage(rows.map(store.toDonationDto), limit, (donation) => [donation.receivedAt, donation.id]);
  }

  /** 404 `donation.not-found`. */
  async donation(actor: Actor, id: string): Promise<DonationDto> {
    const row = await read(this.db, (tx) => store.findDonation(tx, id));
    return store.toDonationDto(visibleOr404(actor, row, 'donation', id));
  }

  /** Where its goods are, from the ledger only. 404 `donation.not-found`. */
  async trace(actor: Actor, id: string): Promise<TraceDto> {
    return inSnapshot(this.db, async (tx) => {
      const { number, fund } = visibleOr404(actor, await store.findDonation(tx, id), 'donation', id);
      const items = traceOf(await balancesOfFund(tx, fund), await handOversOfFund(tx, fund));
      return { donationId: id, number, fund, items };
    });
  }
}

/** Goods of a locked donation were counted and taken in, by these people. */
export async function donationCounted(
  tx: Tx,
  donation: store.DonationRow,
  by: { counters: string[]; actor: Actor; times: FactTimes },
): Promise<void> {
  const counters = [...new Set([...donation.counters, ...by.counters])];
  const next = { ...donation, status: 'received' as const, counters, version: donation.version + 1 };
  await store.saveDonation(tx, next);
  await tell(tx, next, { kind: 'donation.counted', actor: by.actor, times: by.times });
}

async function tell(
  tx: Tx,
  donation: store.DonationRow,
  { kind, actor, times }: { kind: string; actor: Actor; times: FactTimes },
): Promise<DonationDto> {
  const data = store.toDonationDto(donation);
  const { id, version, scope } = donation;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, { kind, subject: 'donation', id, version, scope, data, actor, occurredAt, recordedAt });
  return data;
}
