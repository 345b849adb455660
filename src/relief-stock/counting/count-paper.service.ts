import { type Action, type Actor, allow, visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { notFound, Problem } from '../../shared/problem.js';
import type { CountAnswer, CountDto } from './count.dto.js';
import { isBlind, type JudgedLine, judgeLines, toLineDto } from './count-lines.rules.js';
import * as lineStore from './count-line.store.js';
import { type CountStep, takeCountStep } from './count.rules.js';
import * as store from './count.store.js';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The count without its lines: what lists, the journal and the answers of steps say. Figures are kept from people while it is blind. */
export function toCountDto(row: store.CountRow): CountDto {
  const {
    approvals: _a, postings: _p, societyId: _s, societyPath: _sp, societyAdcode: _sa, scopeKeys: _k, occurredAt, openedAt, finishedAt,
    approvedAt, postedAt, cancelledAt, figures, ...count
  } = row; // prettier-ignore
  return {
    ...count,
    figures: isBlind(row) ? null : figures,
    occurredAt: occurredAt.toISOString(),
    openedAt: openedAt.toISOString(),
    finishedAt: iso(finishedAt),
    approvedAt: iso(approvedAt),
    postedAt: iso(postedAt),
    cancelledAt: iso(cancelledAt),
  };
}

/** The count if it exists and the actor may see it. 404 `stock-count.not-found`. */
export function visibleCount(actor: Actor, row: store.CountRow | undefined, id: string): store.CountRow {
  const found = visibleOr404(actor, row && { ...row, scope: row.scopeKeys }, 'stock-count', id);
  return { ...found, scope: row!.scope };
}

/**
 * A count locked for a step, with the status after it. 404 `stock-count.not-found`, 403, 409 `stock-count.stale` when a version is named
 * and no longer true, 409 `count.step-not-allowed`.
 */
export async function countForStep(
  tx: Tx,
  actor: Actor,
  ask: { id: string; action: Action; step: CountStep; version?: number | undefined },
): Promise<store.CountRow> {
  const count = visibleCount(actor, await store.lockCount(tx, ask.id), ask.id);
  allow(actor, ask.action, { paths: [count.societyPath], warehouseId: count.warehouseId });
  if (ask.version !== undefined && ask.version !== count.version) {
    throw new Problem('stock-count.stale', { version: count.version });
  }
  return { ...count, status: takeCountStep(count.status, ask.step) };
}

/** Lines with what their counts and the ledger of now say. 404 `count-line.not-found` when one is named that the count does not have. */
export async function judgedLines(tx: Tx, countId: string, ids?: string[]): Promise<JudgedLine[]> {
  const lines = await lineStore.linesOf(tx, countId, ids);
  const known = new Set(lines.map(({ id }) => id));
  const missing = ids?.find((id) => !known.has(id));
  if (missing) throw notFound('count-line', missing);
  return judgeLines(lines, await lineStore.entriesOf(tx, countId, ids));
}

/** Writes a locked count after its step, tells the journal, and answers it with the lines that the step touched. */
export async function saveAndTell(
  tx: Tx,
  actor: Actor,
  step: { kind: string; count: store.CountRow; lines: readonly JudgedLine[]; occurredAt: Date; recordedAt: Date },
): Promise<CountAnswer> {
  const { kind, occurredAt, recordedAt } = step;
  await store.saveCount(tx, step.count);
  const row = (await store.findCount(tx, step.count.id))!;
  const data = toCountDto(row);
  await recordChange(tx, {
    kind, subject: 'stock-count', id: row.id, version: row.version, scope: row.scopeKeys, data, actor, occurredAt, recordedAt,
  }); // prettier-ignore
  return { ...data, lines: step.lines.map((line) => toLineDto(line, row)) };
}
