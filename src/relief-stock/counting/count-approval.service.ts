import { Injectable } from '@nestjs/common';
import { type Actor, inCommand } from '../../access/index.js';
import { Database, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom } from '../../shared/ids.js';
import { ensure, Problem } from '../../shared/problem.js';
import { signDocument } from '../document.service.js';
import { factTimesOf } from '../fact-times.rules.js';
import type { Cell } from '../ledger.rules.js';
import { accountAt, levelId, openLevels, type Posting, postMovements } from '../ledger.service.js';
import { lockCells, lockLevels } from '../ledger.store.js';
import type { ApproveCount, CountAnswer, DropLines, ExplainLines, PostCount } from './count.dto.js';
import { digestOf, type JudgedLine, toChange } from './count-lines.rules.js';
import * as lineStore from './count-line.store.js';
import { countForStep, judgedLines, saveAndTell } from './count-paper.service.js';
import { blockOf, mustBeReady, takeLineStep } from './count.rules.js';
import type { CountRow } from './count.store.js';

/** What happens to a count after the counting: causes, approval by somebody who did not count, and the movements. */
@Injectable()
export class CountApprovalService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Says what is behind differences. 409 `count-line.step-not-allowed` for lines that are not settled. */
  async explainLines(actor: Actor, countId: string, input: ExplainLines): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const ask = { id: countId, action: 'stock.count', step: 'explain', version: input.version } as const;
      const count = await countForStep(tx, actor, ask);
      const told = new Map(input.lines.map((line) => [line.lineId, line]));
      const lines = (await judgedLines(tx, countId, [...told.keys()])).map((line) => {
        const { cause, note } = told.get(line.id)!;
        return { ...line, state: takeLineStep(line, 'explain'), cause, note };
      });
      await lineStore.saveLines(tx, lines.map(toChange)); // prettier-ignore
      return saveAndTell(tx, actor, { kind: 'count.explained', count, lines, occurredAt: now, recordedAt: now });
    });
  }

  /**
   * Approves the differences, never by a counter: 422 `duty.separation`. They are computed anew: 409 `stock-count.stale` when they are not
   * what the approver saw, because movements of the past became known. 422 `count.lines-open`, `count.unexplained`.
   */
  async approveCount(actor: Actor, countId: string, input: ApproveCount): Promise<CountAnswer> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const ask = { id: countId, action: 'stock.count-approve', step: 'approve', version: input.version } as const;
      const count = await countForStep(tx, actor, ask);
      await mustNotHaveCounted(tx, actor, countId);
      const lines = await judgedLines(tx, countId);
      mustBeReady(lines);
      const figures = digestOf(lines);
      if (figures !== input.seen) throw new Problem('stock-count.stale', { version: count.version });
      const approved = lines.filter(isAlive).map((line) => ({ ...line, approvedUnits: line.varianceUnits, blocked: null }));
      await lineStore.saveLines(tx, approved.map(toChange)); // prettier-ignore
      const approvals = count.approvals + 1;
      const role = approvals === 1 ? 'approve' : `approve-${approvals}`;
      await signDocument(tx, actor, { documentId: countId, role, apart: [], times });
      const after = { ...count, approvals, figures, approvedAt: times.now };
      return saveAndTell(tx, actor, { kind: 'count.approved', count: after, lines: [], ...times });
    });
  } // prettier-ignore

  /**
   * Posts what was approved as movements of now between the bins and the account of count differences. A line that cannot be posted now
   * says why (`blocked`, see `blockOf`) and the count stays approved, until it is released, counted again or dropped.
   */
  async postCount(actor: Actor, countId: string, input: PostCount): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const ask = { id: countId, action: 'stock.count-approve', step: 'post', version: input.version } as const;
      const count = await countForStep(tx, actor, ask);
      const cells = await lockCellsOf(tx, count);
      const lines = (await judgedLines(tx, countId)).filter(isAlive).map((line) => postedOrBlocked(line, cells.get(line.cellId)));
      const posted = lines.filter(({ state }) => state === 'posted');
      const postings = posted.filter(({ postedUnits }) => postedUnits !== 0).map((line) => postingOf(count, line));
      const causeId = count.postings === 0 ? countId : idFrom('count-posting', countId, String(count.postings));
      if (postings.length > 0) {
        const batch = { causeId, document: count.number, postings, actor, now, occurredAt: now };
        ensure(await postMovements(tx, batch), 'S5 a difference is posted once');
      }
      await lineStore.saveLines(tx, lines.map(toChange), causeId);
      const blocked = lines.length > posted.length;
      const after: CountRow = {
        ...count, status: blocked ? 'approved' : 'posted', postedAt: blocked ? null : now, postings: count.postings + (postings.length > 0 ? 1 : 0),
      };
      return saveAndTell(tx, actor, { kind: blocked ? 'count.partly-posted' : 'count.posted', count: after, lines, occurredAt: now, recordedAt: now });
    });
  } // prettier-ignore

  /** Leaves lines out, with a reason: nothing of them is posted. By who may approve and has not counted: 422 `duty.separation`. */
  async dropLines(actor: Actor, countId: string, input: DropLines): Promise<CountAnswer> {
    const now = this.clock.now();
    return inCommand(this.db, actor, async (tx) => {
      const ask = { id: countId, action: 'stock.count-approve', step: 'drop', version: input.version } as const;
      const count = await countForStep(tx, actor, ask);
      await mustNotHaveCounted(tx, actor, countId);
      const lines = (await judgedLines(tx, countId, input.lineIds)).map((line) => ({
        ...line, state: takeLineStep(line, 'drop'), recountReason: null, approvedUnits: null, blocked: null, dropReason: input.reason,
      })); // prettier-ignore
      await lineStore.saveLines(tx, lines.map(toChange)); // prettier-ignore
      const figures = digestOf(await judgedLines(tx, countId));
      const after = { ...count, figures };
      return saveAndTell(tx, actor, {
        kind: 'count.lines-dropped',
        count: after,
        lines,
        occurredAt: now,
        recordedAt: now,
      });
    });
  }
}

const isAlive = ({ state }: JudgedLine): boolean => state !== 'posted' && state !== 'dropped';

async function mustNotHaveCounted(tx: Tx, actor: Actor, countId: string): Promise<void> {
  const counters = await lineStore.countersOf(tx, countId);
  if (counters.includes(actor.userId)) throw new Problem('duty.separation', { first: 'count', second: 'approve' });
}

/** Locks what the approved differences touch: levels, then cells. From here on nothing moves in them until the commit. */
async function lockCellsOf(tx: Tx, count: CountRow): Promise<Map<string, Cell>> {
  const lines = (await lineStore.linesOf(tx, count.id)).filter(({ approvedUnits }) => approvedUnits !== null);
  const pairs = lines.map(({ itemId }) => ({ warehouseId: count.warehouseId, itemId }));
  await openLevels(tx, pairs);
  await lockLevels(tx, [...new Set(pairs.map(levelId))]);
  const cells = await lockCells(tx, lines.map(({ cellId }) => cellId)); // prettier-ignore
  return new Map(cells.map((cell) => [cell.id, cell]));
}

const NOTHING = { onHand: 0, reserved: 0 };

function postedOrBlocked(line: JudgedLine, cell: Cell | undefined): JudgedLine {
  const { approvedUnits, varianceUnits } = line;
  if (line.state === 'recount' || line.state === 'open' || approvedUnits === null || varianceUnits === null) {
    const blocked = { code: 'count.book-changed' as const, params: { approved: approvedUnits ?? 0, now: varianceUnits ?? 0 } };
    return { ...line, blocked };
  }
  const blocked = blockOf({ approvedUnits, varianceUnits }, cell ?? NOTHING);
  if (blocked) return { ...line, blocked };
  return { ...line, state: takeLineStep(line, 'post'), postedUnits: approvedUnits, blocked: null };
} // prettier-ignore

function postingOf(count: CountRow, line: JudgedLine): Posting {
  const { itemId, lotId, condition, ownerSocietyId, fund, binId, binCode } = line;
  const goods = { itemId, lotId, condition, ownerSocietyId, fund };
  const { warehouseId } = count;
  const bin = accountAt({ kind: 'bin', warehouseId, placeId: binId, placeCode: binCode, placeName: null }, goods);
  ensure(bin.id === line.cellId, 'S3 a counted line names its cell');
  const outside = accountAt(
    { kind: 'count-difference', warehouseId, placeCode: count.id, placeName: count.number },
    goods,
  );
  const units = Math.abs(line.postedUnits!);
  const reason = 'count-difference' as const;
  return line.postedUnits! < 0 ? { from: bin, to: outside, units, reason } : { from: outside, to: bin, units, reason };
}
