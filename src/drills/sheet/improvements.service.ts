import { Injectable } from '@nestjs/common';
import { type Actor, inCommand, pathKeys } from '../../access/index.js';
import { Database, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { dayOf } from '../../relief-stock/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { type Held, holdSheet } from './held-sheet.js';
import { type AddImprovement, type FinishImprovement, type ImprovementDto, type ReopenImprovement, type ReviseImprovement, SHEET_LIMITS } from './sheet.dto.js'; // prettier-ignore
import * as rules from './sheet.rules.js';
import * as store from './sheet.store.js';

type Change = (row: store.ImprovementRow) => Partial<store.ImprovementRow>;

/** What must become better after a drill: who sees to it, until which day, and what was done. */
@Injectable()
export class ImprovementsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** 404 `drill-item.not-found`; 409 `drill.step-not-allowed`; 422 `drill-improvement.due-passed`, `drill-sheet.too-many-improvements`. */
  async addImprovement(actor: Actor, drillId: string, input: AddImprovement): Promise<ImprovementDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await holdSheet(tx, actor, drillId, 'improve');
      const now = this.clock.now();
      const { item = null, ...words } = input;
      if (item !== null) rules.itemOn(rules.itemsOf(await store.ownItems(tx, drillId), []), item);
      rules.mayBeDue(input.dueOn, dayOf(now));
      const line = (await store.improvementsOf(tx, drillId)).length + 1;
      const most = SHEET_LIMITS.improvements;
      if (line > most) throw new Problem('drill-sheet.too-many-improvements', { most });
      const row: store.ImprovementRow = {
        id: newId(), drillId, item, ...words, state: 'open', addedBy: actor.name, addedAt: now, doneBy: null, doneAt: null, doneNote: null, version: 1,
      }; // prettier-ignore
      await store.insertImprovement(tx, row, line);
      return tellImprovement(tx, actor, held, row, 'drill-improvement.added');
    });
  }

  /** Other words, another owner or day. 409 `drill-improvement.stale`, `drill-improvement.step-not-allowed`; 422 `drill-improvement.due-passed`. */
  async reviseImprovement(
    actor: Actor,
    drillId: string,
    id: string,
    input: ReviseImprovement,
  ): Promise<ImprovementDto> {
    const { version, ...words } = input;
    return inCommand(this.db, actor, (tx) =>
      this.step(tx, actor, { drillId, id, version, step: 'revise', kind: 'drill-improvement.revised' }, (row) => {
        rules.mayBeDue(words.dueOn, dayOf(this.clock.now()), row.dueOn);
        return words;
      }),
    );
  }

  /** It is better now, and by what. 409 `drill-improvement.stale`, `drill-improvement.step-not-allowed`. */
  async finishImprovement(
    actor: Actor,
    drillId: string,
    id: string,
    input: FinishImprovement,
  ): Promise<ImprovementDto> {
    const { version, note } = input;
    return inCommand(this.db, actor, (tx) =>
      this.step(tx, actor, { drillId, id, version, step: 'finish', kind: 'drill-improvement.done' }, () => ({
        state: 'done',
        doneBy: actor.name,
        doneAt: this.clock.now(),
        doneNote: note,
      })),
    );
  }

  /** It was not enough. 409 `drill-improvement.stale`, `drill-improvement.step-not-allowed`. */
  async reopenImprovement(
    actor: Actor,
    drillId: string,
    id: string,
    input: ReopenImprovement,
  ): Promise<ImprovementDto> {
    const { version } = input;
    return inCommand(this.db, actor, (tx) =>
      this.step(tx, actor, { drillId, id, version, step: 'reopen', kind: 'drill-improvement.reopened' }, () => ({
        state: 'open',
        doneBy: null,
        doneAt: null,
        doneNote: null,
      })),
    );
  }

  private async step(
    tx: Tx,
    actor: Actor,
    asked: { drillId: string; id: string; version: number; step: Parameters<typeof rules.mayStep>[1]; kind: string },
    change: Change,
  ): Promise<ImprovementDto> {
    const held = await holdSheet(tx, actor, asked.drillId, 'improve');
    const row = await store.findImprovement(tx, asked.drillId, asked.id);
    if (!row) throw notFound('drill-improvement', asked.id);
    rules.mayStep(row, asked.step, asked.version);
    const next = { ...row, ...change(row), version: row.version + 1 };
    await store.saveImprovement(tx, next);
    return tellImprovement(tx, actor, held, next, asked.kind);
  }
}

/** In the record: whose drill, and until when. Neither the words nor the owner: what is to be bettered is no business of the public record (E8). */
async function tellImprovement(
  tx: Tx,
  actor: Actor,
  { drill }: Held,
  row: store.ImprovementRow,
  kind: string,
): Promise<ImprovementDto> {
  const { id, state, dueOn, version } = row;
  const { number, title, societyPath } = drill;
  await recordChange(tx, {
    kind, subject: 'drill-improvement', id, version, scope: pathKeys(societyPath),
    data: { id, drillId: drill.id, number, title, state, dueOn, version }, actor,
  }); // prettier-ignore
  return store.toImprovementDto(row);
}
