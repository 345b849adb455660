import type { Statement, Verdict } from './wire.js';

/** Where a worker is killed: at the nth statement that writes in the transaction after so many, or when that transaction is committed and it has not heard so. */
export interface Cut {
  transaction: number;
  statement: number | 'committed';
}
/** One transaction of the chain: its statements that write, in order; the last is the commit. */
export type Written = string[];

const OF_THE_CHAIN = /^(insert into|update) alert(_delivery|_answer|_step)?\b/;
const WRITES = /^(insert|update|delete|select set_|select nextval)/i;

/**
 * Counts what a worker writes for the alert chain and says where it is cut. A transaction belongs to the chain from its first statement that
 * writes to it; one that was cut and runs again has the same place, and a cut is made once.
 */
export class Points {
  readonly transactions: Written[] = [];
  private readonly running = new WeakMap<object, { written: Written; ofTheChain: boolean }>();
  private waiting: Cut[] = [];
  /** Called at each commit of the chain. */
  onCommit: () => void = () => undefined;

  /** Starts counting anew, with these cuts to make. */
  begin(cuts: readonly Cut[]): void {
    this.transactions.length = 0;
    this.waiting = [...cuts].sort((a, b) => a.transaction - b.transaction);
  }

  /** Cuts that were not reached. */
  get left(): readonly Cut[] {
    return this.waiting;
  }

  judge({ sql, by }: Statement): Verdict {
    if (/^(start transaction|begin)/i.test(sql)) this.running.set(by, { written: [], ofTheChain: false });
    const running = this.running.get(by);
    if (!running) return 'pass';
    if (/^commit/i.test(sql)) return this.commit(running, by);
    running.ofTheChain ||= OF_THE_CHAIN.test(sql);
    if (!running.ofTheChain || !WRITES.test(sql)) return 'pass';
    running.written.push(labelOf(sql));
    return this.cuts((at) => at === running.written.length) ? 'cut-before' : 'pass';
  }

  private commit({ written, ofTheChain }: { written: Written; ofTheChain: boolean }, by: object): Verdict {
    this.running.delete(by);
    if (!ofTheChain) return 'pass';
    // A transaction that runs shorter than the undisturbed one is cut at its commit.
    if (this.cuts((at) => at !== 'committed')) return 'cut-before';
    const after = this.cuts((at) => at === 'committed');
    this.transactions.push([...written, 'commit']);
    this.onCommit();
    return after ? 'cut-after' : 'pass';
  }

  private cuts(isHere: (at: Cut['statement']) => boolean): boolean {
    const next = this.waiting[0];
    if (!next || next.transaction !== this.transactions.length || !isHere(next.statement)) return false;
    this.waiting.shift();
    return true;
  }
}

const labelOf = (sql: string): string => sql.replace(/\s+/g, ' ').slice(0, 60);

/** Every place at which the worker of an undisturbed run can be killed. */
export const everyCut = (transactions: readonly Written[]): Cut[] =>
  transactions.flatMap((written, transaction) => [
    ...written.map((_, n) => ({ transaction, statement: n + 1 })),
    { transaction, statement: 'committed' as const },
  ]);

/**
 * Two places in each transaction: before its commit, at another statement each time (to the database they are all the same: nothing was
 * written), and after it.
 */
export const slicedCuts = (transactions: readonly Written[]): Cut[] =>
  transactions.flatMap((written, transaction) => [
    { transaction, statement: written.length - (transaction % written.length) },
    { transaction, statement: 'committed' as const },
  ]);

/** Cuts that are `apart` transactions from each other go into one run. */
export function packed(cuts: readonly Cut[], apart: number): Cut[][] {
  const runs: Cut[][] = [];
  for (const cut of [...cuts].sort((a, b) => a.transaction - b.transaction)) {
    const run = runs.find((held) => cut.transaction - held.at(-1)!.transaction >= apart);
    if (run) run.push(cut);
    else runs.push([cut]);
  }
  return runs;
}
