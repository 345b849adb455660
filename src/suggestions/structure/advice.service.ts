import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, resourceKeys, visibleOr404 } from '../../access/index.js';
import { Database, read } from '../../database/index.js';
import { draftTransferIn, type TransferDto } from '../../relief-stock/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { seenSociety } from './scenario.service.js';
import { StructureJobs } from './structure-jobs.service.js';
import { recordAdvice } from './structure-steps.js';
import type { AdviceDetailDto, AdviceDto, AdvicesQuery, AskAdvice, TakeMove } from './structure.dto.js';
import * as store from './structure.store.js';

/** A lorry leaves within days, not minutes: the draft plans its arrival a week from now, and the desk changes that. */
const PLANNED_DAYS = 7;
const DAY_MS = 86_400_000;

/** What people do with advice: ask, read, and make a transfer of a move. An advice never moves anything by itself. */
@Injectable()
export class AdviceService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: StructureJobs,
  ) {}

  /**
   * Queues a question and answers at once; a worker solves it. 404 `society.not-found`, 403, 409 `structure-advice.at-work` while an earlier
   * question of the society has no answer.
   */
  async ask(actor: Actor, { id, societyId, ...ask }: AskAdvice): Promise<AdviceDto> {
    const queued = await inCommand(this.db, actor, async (tx) => {
      const society = await seenSociety(tx, actor, societyId);
      allow(actor, 'structure.ask', { paths: [society.path] });
      const now = this.clock.now();
      const row: store.AdviceRow = {
        id: id ?? newId(), societyId: society.id, status: 'queued', statusSince: now, ask, requestedBy: actor.name, requestedAt: now,
        attempts: 0, solvedAt: null, failure: null, result: null, taken: [], scope: resourceKeys(society.path), version: 1,
      }; // prettier-ignore
      if (!(await store.insertAdvice(tx, row))) {
        if (await store.findAdvice(tx, row.id)) throw new Problem('idempotency.mismatch', { key: row.id });
        throw new Problem('structure-advice.at-work');
      }
      await recordAdvice(tx, 'structure-advice.asked', row, actor);
      return store.toAdviceDto(row);
    });
    this.jobs.solveSoon(queued);
    return queued;
  }

  /** With its answer, once there is one. 404 `structure-advice.not-found`. */
  async advice(actor: Actor, id: string): Promise<AdviceDetailDto> {
    const row = await read(this.db, (tx) => store.findAdvice(tx, id));
    return store.toAdviceDetailDto(visibleOr404(actor, row, 'structure-advice', id));
  }

  /** What was asked, newest first, without the answers: whoever sees the society, and the keepers of stores that would give or take. */
  async advices(actor: Actor, { societyId, ready, cursor, limit }: AdvicesQuery) {
    const after = decodeCursor(cursor, ['string', 'string']);
    const page = { keys: actor.keys, societyId: societyId ?? null, ready: ready ?? null, after, limit: limit + 1 };
    const rows = await read(this.db, (tx) => store.advicesBefore(tx, page));
    return toPage(rows.map(store.toAdviceDto), limit, (last) => [last.requestedAt, last.id]);
  }

  /**
   * Makes a draft of a transfer of one move, for the desk to order; both in one transaction, once (T2). 404 `structure-advice.not-found`,
   * `structure-move.not-found`, 409 `structure-advice.stale`, `structure-move.taken`, 422 `structure-move.too-many` for more than advised,
   * 403 for who may not draft a transfer out of that store; refusals of the transfer as they are.
   */
  async takeMove(actor: Actor, id: string, input: TakeMove): Promise<AdviceDetailDto> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const row = visibleOr404(actor, await store.lockAdvice(tx, id), 'structure-advice', id);
      if (row.version !== input.version) throw new Problem('structure-advice.stale', { version: row.version });
      const move = row.result?.moves[input.move];
      if (!move) throw notFound('structure-move', String(input.move));
      if (row.taken.some((one) => one.move === input.move))
        throw new Problem('structure-move.taken', { move: input.move });
      const units = input.units ?? move.units;
      if (units > move.units) throw new Problem('structure-move.too-many', { units, most: move.units });
      const transfer = await draftTransferIn(tx, actor, { input: draftOf(move, units, now), now });
      const taken = [...row.taken, takenOf(input.move, transfer, { by: actor.name, at: now })];
      const saved = { ...row, taken, version: row.version + 1 };
      await store.saveAdvice(tx, saved);
      await recordAdvice(tx, 'structure-advice.taken', saved, actor);
      return store.toAdviceDetailDto(saved);
    });
  }
}

type Moved = NonNullable<store.AdviceRow['result']>['moves'][number];

const draftOf = ({ fromId, toId, itemId }: Moved, units: number, now: Date) => ({
  fromWarehouseId: fromId,
  toWarehouseId: toId,
  keepsOwner: false,
  plannedArrivalAt: new Date(now.getTime() + PLANNED_DAYS * DAY_MS).toISOString(),
  note: '',
  goods: [{ itemId, units }],
});

const takenOf = (move: number, { id, number }: TransferDto, { by, at }: { by: string; at: Date }) => ({
  move,
  transferId: id,
  transferNumber: number,
  by,
  at: at.toISOString(),
});
