import { Injectable } from '@nestjs/common';
import { systemActor, warehouseKey } from '../../access/index.js';
import { Database, inTransaction, read } from '../../database/index.js';
import { HOUSEHOLD_PEOPLE } from '../../relief-stock/index.js';
import { Clock } from '../../shared/clock.js';
import { afterInterruption } from './advice-steps.rules.js';
import { toProblem } from './problem.rules.js';
import { toResult } from './result.rules.js';
import { type StructureFacts, StructureFactsReader } from './structure-facts.js';
import { takeStep } from './structure-steps.js';
import { StructureThread, type ThreadFailure } from './structure-thread.js';
import type { ADVICE_FAILURES, AdviceResult } from './structure.dto.js';
import { type AdviceRow, lockAdvice, stuckAdvice } from './structure.store.js';
import type { StructureAdvice, StructureProblem } from './structure.types.js';

const SOLVER = systemActor('structure');
/** Longer than the thread may take: past it the process that solved it has died. */
const LOST_MS = 240_000;
/** A question that nobody has taken up for this long is rung for again. */
const UNHEARD_MS = 30_000;

type Failure = (typeof ADVICE_FAILURES)[number];

/** Turns queued questions into answers. The search itself runs in a thread, outside any transaction. */
@Injectable()
export class StructureSolveService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly facts: StructureFactsReader,
    private readonly thread: StructureThread,
  ) {}

  /** Solves one advice if it is still queued; right if it runs twice, late or beside another. */
  async solve(id: string): Promise<void> {
    const started = await this.start(id);
    if (!started) return;
    const answer = await this.answer(started);
    if (answer === 'interrupted') return; // this process ends; the sweep of another takes it up
    await inTransaction(this.db, async (tx) => {
      const row = await lockAdvice(tx, id);
      if (row?.version !== started.version) return;
      const now = this.clock.now();
      if (typeof answer === 'string')
        await takeStep(tx, row, 'fail', { now, actor: SOLVER, having: { failure: answer } });
      else await takeStep(tx, row, 'answer', { now, actor: SOLVER, having: answeredBy(row, answer, now) });
    });
  }

  /** Solves what the queue lost, and takes back what a process left unfinished; gives up after three tries. */
  async sweep(): Promise<void> {
    const now = this.clock.now().getTime();
    const unheard = new Date(now - UNHEARD_MS);
    const lost = new Date(now - LOST_MS);
    for (const { id, status } of await read(this.db, (tx) => stuckAdvice(tx, unheard))) {
      if (status === 'queued' || (await this.takeBack(id, lost))) await this.solve(id);
    }
  }

  private async start(id: string): Promise<AdviceRow | undefined> {
    return inTransaction(this.db, async (tx) => {
      const row = await lockAdvice(tx, id);
      if (row?.status !== 'queued') return undefined;
      return takeStep(tx, row, 'start', {
        now: this.clock.now(),
        actor: SOLVER,
        having: { attempts: row.attempts + 1 },
      });
    });
  }

  private async takeBack(id: string, before: Date): Promise<boolean> {
    return inTransaction(this.db, async (tx) => {
      const row = await lockAdvice(tx, id);
      if (row?.status !== 'solving' || row.statusSince > before) return false;
      const step = afterInterruption(row.attempts);
      const having = step === 'fail' ? { failure: 'interrupted' } : {};
      await takeStep(tx, row, step, { now: this.clock.now(), actor: SOLVER, having });
      return step === 'requeue';
    });
  }

  private async answer({ societyId, ask }: AdviceRow): Promise<AdviceResult | Failure> {
    const facts = await this.facts.gather(societyId, ask);
    if (facts.scenarios.length === 0) return 'no-scenario';
    const problem = toProblem(facts);
    if (!problem.stores.some(({ free }) => free.some((units) => units > 0))) return 'no-stock';
    const advice: StructureAdvice | ThreadFailure = await this.thread.advise(problem);
    return typeof advice === 'string' ? advice : tell(facts, problem, advice);
  }
}

/** The keepers of the stores that would give or take see it too. */
function answeredBy({ scope }: AdviceRow, result: AdviceResult, solvedAt: Date): Partial<AdviceRow> {
  const stores = [...new Set(result.moves.flatMap(({ fromId, toId }) => [fromId, toId]))].toSorted();
  return { result, solvedAt, scope: [...scope, ...stores.map(warehouseKey)] };
}

function tell(facts: StructureFacts, problem: StructureProblem, advice: StructureAdvice): AdviceResult {
  const { societies, ask, named, travel, left, stores } = facts;
  const pathOf = (id: string): string => societies.get(id)?.path ?? '';
  return toResult(problem, advice, {
    ask, travel, left, households: HOUSEHOLD_PEOPLE, stores,
    scenarios: named.map(({ id, name, kind, past, perYear, source }) => ({ id, name, kind, past, perYear, source })),
    liesIn: (holderId, countyId) => pathOf(holderId).startsWith(pathOf(countyId)),
    countyName: (id) => societies.get(id)?.shortName ?? id,
  }); // prettier-ignore
}
