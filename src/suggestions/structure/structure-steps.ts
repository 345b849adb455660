import type { Tx } from '../../database/index.js';
import { type RecordedActor, recordChange } from '../../journal/index.js';
import { ensure } from '../../shared/problem.js';
import { after, type AdviceStep } from './advice-steps.rules.js';
import { type AdviceRow, saveAdvice, type ScenarioRow, toAdviceDto, toScenarioDto } from './structure.store.js';

const KINDS: Readonly<Record<AdviceStep, string>> = {
  start: 'structure-advice.started',
  answer: 'structure-advice.answered',
  fail: 'structure-advice.failed',
  requeue: 'structure-advice.requeued',
};

/** Moves a locked row one step and says so. */
export async function takeStep(
  tx: Tx,
  row: AdviceRow,
  step: AdviceStep,
  how: { now: Date; actor: RecordedActor; having?: Partial<AdviceRow> },
): Promise<AdviceRow> {
  const status = after(row.status, step);
  ensure(status !== null, `T1 ${step} does not follow ${row.status}`);
  const moved = { ...row, ...how.having, status, statusSince: how.now, version: row.version + 1 };
  await saveAdvice(tx, moved);
  await recordAdvice(tx, KINDS[step], moved, how.actor);
  return moved;
}

/** The record has an advice without its answer, as lists do: its figures are made from stock that the record has. */
export async function recordAdvice(tx: Tx, kind: string, row: AdviceRow, actor: RecordedActor): Promise<void> {
  const { id, version, scope } = row;
  await recordChange(tx, { kind, subject: 'structure-advice', id, version, scope, data: toAdviceDto(row), actor });
}

export async function recordScenario(tx: Tx, kind: string, row: ScenarioRow, actor: RecordedActor): Promise<void> {
  const { id, version, scope } = row;
  await recordChange(tx, { kind, subject: 'structure-scenario', id, version, scope, data: toScenarioDto(row), actor });
}
