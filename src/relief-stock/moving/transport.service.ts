import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/index.js';
import { Database, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom } from '../../shared/ids.js';
import { ensure, Problem } from '../../shared/problem.js';
import { openLevels, postMovements } from '../ledger.service.js';
import type { BinDto } from '../relief-stock.dto.js';
import { shipSupplies } from '../shipment.service.js';
import { binsOf } from '../warehouse.store.js';
import { countLots, type LotCount, sumOf } from './arrival.rules.js';
import { missingOf, openInquiry } from './inquiry.service.js';
import type { EndTransfer, LoadTransfer, ReceiveTransfer, TransferDto, TransferStep } from './transfer.dto.js';
import { insertCounts, linesOf, lotLinesOf, unitsInTransit } from './transfer-line.store.js';
import { arrivalOf, inTransit, levelsInto, missing } from './transfer-postings.service.js';
import { mustCarry } from './transfer.rules.js';
import { stepTransfer } from './transfer-step.service.js';
import type { TransferRow } from './transfer.store.js';

/** What happens to the goods of a transfer: picked, loaded, sent, arrived, received; or turned back, or lost. */
@Injectable()
export class TransportService {
  constructor(
    readonly db: Database,
    readonly clock: Clock,
  ) {}

  async pick(actor: Actor, id: string, input: TransferStep): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'pick', input });
  }

  /** The goods are on the vehicle, still in the sender's book. 422 `transfer.overloaded`. */
  async load(actor: Actor, id: string, input: LoadTransfer): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'load', input }, async (_tx, { transfer }, decided) => {
      mustCarry(transfer, input);
      const {
        vehicle,
        driverName = null,
        driverPhone = null,
        capacityWeightG = null,
        capacityVolumeCm3 = null,
      } = input;
      const plannedArrivalAt = input.plannedArrivalAt ? new Date(input.plannedArrivalAt) : decided.plannedArrivalAt;
      return { ...decided, vehicle, driverName, driverPhone, capacityWeightG, capacityVolumeCm3, plannedArrivalAt };
    });
  }

  /** Out of the bins, into the transfer's own transit; the goods stay whose they are until they are signed for. */
  async depart(actor: Actor, id: string, input: TransferStep): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'depart', input }, async (tx, { transfer, times }, decided) => {
      const orderLineIds = (await linesOf(tx, id)).map((line) => line.id);
      const { now, occurredAt } = times;
      await shipSupplies(tx, { orderId: id, document: transfer.number, orderLineIds, now, occurredAt, actor });
      return decided;
    });
  }

  async arrive(actor: Actor, id: string, input: TransferStep): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'arrive', input });
  }

  /**
   * The receiving keeper counts and signs: good goods into bins, damaged ones into a bin as damaged or to disposal, missing ones to an
   * inquiry. Nothing stays in transit (S3). 422 `stock.delivery-differs`; 404 `bin.not-found`.
   */
  async receive(actor: Actor, id: string, input: ReceiveTransfer): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'receive', input }, async (tx, held, decided) => {
      const { transfer, to, times } = held;
      const bins = await binsOf(tx, to.id);
      const lots = countLots(await lotLinesOf(tx, id), input).map((lot) => ({
        ...lot,
        bin: binFor(lot, bins, to.code),
      }));
      const postings = lots.flatMap((lot) => arrivalOf(held, lot));
      await openLevels(tx, levelsInto(to, postings));
      await postMovements(tx, { causeId: idFrom('receive', id), document: transfer.number, actor, ...times, postings });
      await insertCounts(tx, id, lots.map(({ bin, ...lot }) => ({ ...lot, binCode: goesToBin(lot) ? bin.code : null }))); // prettier-ignore
      await mustBeEmpty(tx, transfer);
      await openInquiry(tx, { paper: { ...transfer, of: 'transfer' }, lines: missingOf(lots), actor, times });
      const sums = sumOf(lots);
      const differs = sums.damagedUnits + sums.missingUnits > 0;
      return { ...decided, ...sums, status: differs ? 'received-with-differences' : decided.status };
    });
  }

  /** The whole load came back: into the bins that it was taken from, its owner's as before. */
  async return(actor: Actor, id: string, input: EndTransfer): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'return', input }, async (tx, { transfer, times }, decided) => {
      const postings = (await lotLinesOf(tx, id)).map(({ source, units }) => ({
        from: inTransit(transfer, source), to: source, units, reason: 'return' as const,
      })); // prettier-ignore
      await postMovements(tx, {
        causeId: idFrom('turn-back', id),
        document: transfer.number,
        actor,
        ...times,
        postings,
      });
      await mustBeEmpty(tx, transfer);
      return { ...decided, reason: input.reason };
    });
  }

  /** The whole load is gone: no silent loss, all of it stands in an inquiry until somebody explains it. */
  async lose(actor: Actor, id: string, input: EndTransfer): Promise<TransferDto> {
    return stepTransfer(this, actor, { id, step: 'lose', input }, async (tx, held, decided) => {
      const { transfer, times } = held;
      const gone = { acceptedUnits: 0, damagedUnits: 0, binId: null, damagedTo: null, reason: input.reason };
      const lots = (await lotLinesOf(tx, id)).map((lot) => ({
        ...lot,
        ...gone,
        missingUnits: lot.units,
        binCode: null,
      }));
      const postings = lots.map(({ source, units }) => missing(transfer, inTransit(transfer, source), units));
      await postMovements(tx, { causeId: idFrom('lose', id), document: transfer.number, actor, ...times, postings });
      await insertCounts(tx, id, lots);
      await mustBeEmpty(tx, transfer);
      await openInquiry(tx, { paper: { ...transfer, of: 'transfer' }, lines: missingOf(lots), actor, times });
      return { ...decided, ...sumOf(lots), reason: input.reason };
    });
  }
}

const goesToBin = (lot: LotCount): boolean => lot.acceptedUnits > 0 || lot.damagedTo === 'bin';

function binFor(lot: LotCount, bins: readonly BinDto[], warehouse: string): BinDto {
  const bin = lot.binId === null ? bins[0] : bins.find((one) => one.id === lot.binId);
  if (!bin)
    throw lot.binId === null
      ? new Problem('warehouse.no-bin', { warehouse })
      : new Problem('bin.not-found', { id: lot.binId });
  return bin;
}

async function mustBeEmpty(tx: Tx, transfer: TransferRow): Promise<void> {
  const left = await unitsInTransit(tx, transfer);
  ensure(left === 0, 'S3 nothing of a transfer stays in transit once it has ended');
}
