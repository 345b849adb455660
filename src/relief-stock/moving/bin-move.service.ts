import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { numberFor } from '../document.service.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { accountAt, postMovements } from '../ledger.service.js';
import type { Account } from '../ledger.store.js';
import type { BinDto } from '../relief-stock.dto.js';
import { binsOf, findWarehouse } from '../warehouse.store.js';
import type { BinMoveDto, BinMovesQuery, MoveBins } from './bin-move.dto.js';
import * as store from './bin-move.store.js';

/** Goods change their bin inside one warehouse, at once, by its keeper. What they are and whose they are stays as it is. */
@Injectable()
export class BinMoveService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves units that nobody has been promised: whoever picks finds the others where the list says. 404 `cell.not-found`, `bin.not-found`;
   * 422 `bin-move.same-bin`, `stock.insufficient`, `stock.not-yet-there`; 409 `idempotency.mismatch` for an id in use.
   */
  async moveBins(actor: Actor, input: MoveBins): Promise<BinMoveDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, (tx) => moveInBins(tx, actor, { input, times }));
  }

  /** Newest first. */
  async binMoves(actor: Actor, query: BinMovesQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const filter = { warehouseId: query.warehouseId, keys: actor.keys, before, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => store.binMovesBefore(tx, filter));
    return toPage(rows.map(withoutScope), query.limit, (move) => [move.receivedAt, move.id]);
  }

  /** 404 `bin-move.not-found`. */
  async binMove(actor: Actor, id: string): Promise<BinMoveDto> {
    return withoutScope(visibleOr404(actor, await read(this.db, (tx) => store.findBinMove(tx, id)), 'bin-move', id));
  }
}

function withoutScope({ scope: _, ...dto }: store.BinMoveWithScope): BinMoveDto {
  return dto;
}

function resolve(
  input: Pick<MoveBins, 'lines'>,
  known: { accounts: readonly (Account & { lotCode: string })[]; bins: readonly BinDto[] },
): { from: Account & { lotCode: string }; to: Account; units: number }[] {
  const accounts = new Map(known.accounts.map((account) => [account.id, account]));
  const bins = new Map(known.bins.map((bin) => [bin.id, bin]));
  return input.lines.map(({ contentId, toBinId, units }, n) => {
    const from = accounts.get(contentId);
    if (!from) throw notFound('cell', contentId);
    const bin = bins.get(toBinId);
    if (!bin) throw notFound('bin', toBinId);
    if (from.placeId === bin.id) throw new Problem('bin-move.same-bin', { line: n + 1 });
    const place = {
      kind: 'bin',
      warehouseId: from.warehouseId,
      placeId: bin.id,
      placeCode: bin.code,
      placeName: null,
    } as const;
    return { from, to: accountAt(place, from), units };
  });
}

/** The move itself, inside a command that does more. Refusals: see `moveBins`. */
export async function moveInBins(
  tx: Tx,
  actor: Actor,
  { input, times }: { input: Omit<MoveBins, 'occurredAt' | 'recordedAt'>; times: FactTimes },
): Promise<BinMoveDto> {
  const warehouse = visibleOr404(actor, await findWarehouse(tx, input.warehouseId), 'warehouse', input.warehouseId);
  allow(actor, 'supply.keep', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
  const moves = resolve(input, {
    accounts: await store.binAccounts(tx, warehouse.id, input.lines.map((line) => line.contentId)),
    bins: await binsOf(tx, warehouse.id),
  }); // prettier-ignore
  const move: BinMoveDto = {
    id: input.id ?? newId(), number: await numberFor(tx, { kind: 'bin-move', id: input.id, adcode: warehouse.societyAdcode, now: times.now }),
    warehouseId: warehouse.id, note: input.note,
    lines: moves.map(({ from, to, units }, n) => ({
      line: n + 1, itemId: from.itemId, lotId: from.lotId, lotCode: from.lotCode, fromBin: from.placeCode, toBin: to.placeCode, units,
    })),
    movedBy: actor.name, occurredAt: times.occurredAt.toISOString(), receivedAt: times.now.toISOString(), version: 1,
  }; // prettier-ignore
  if (!(await store.insertBinMove(tx, move))) throw new Problem('idempotency.mismatch', { key: move.id });
  const postings = moves.map((one) => ({ ...one, reason: 'put-away' as const }));
  await postMovements(tx, { causeId: move.id, document: move.number, actor, ...times, postings });
  const { scope } = warehouse;
  const { occurredAt, recordedAt } = times;
  await recordChange(tx, { kind: 'bins.moved', subject: 'bin-move', id: move.id, version: 1, scope, data: move, actor, occurredAt, recordedAt }); // prettier-ignore
  return move;
}
