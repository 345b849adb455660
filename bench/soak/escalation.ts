import { median, numberOf } from '../support/stats.js';
import { faultsOfLadder } from './escalation/judge.js';
import type { Lane } from './escalation/lane.js';
import { type Cut, everyCut, packed, slicedCuts, type Written } from './escalation/points.js';
import { type Servers, Stage } from './escalation/stage.js';
import { TRIALS } from './escalation/trials.js';

/** Cuts that share a run are this many transactions apart. */
const APART = 3;
/** How soon the chain must go on once what was restarted is up; in the slice, which checks what happens and not how fast, the auditor's grace. */
const RESUMES_WITHIN_MS = { whole: 10_000, slice: 30_000 };

type Work = () => Promise<boolean>;

/**
 * One escalation, from the leader to the last desk above, whose worker is killed at every statement that it writes, with real processes:
 * nothing is lost, nothing is handed over twice, and it goes on in time. Then with an emptied queue, clocks that are moved by an
 * hour, a database that is stopped, and standstills that the auditor must name. `--slice`: two places a transaction, several in one run;
 * `--lanes N`: systems side by side; `--only WORDS`: trials with these words in their name, or `cuts`.
 */
export async function main({
  args,
  servers,
}: {
  args: string[];
  servers: Servers;
}): Promise<{ passed: number; failed: number }> {
  const slice = args.includes('--slice');
  const stage = await Stage.open(servers, RESUMES_WITHIN_MS[slice ? 'slice' : 'whole']);
  try {
    const only = args.includes('--only') ? args[args.indexOf('--only') + 1]! : '';
    const trials = TRIALS.filter(({ name }) => name.includes(only));
    const [alone, beside] = [trials.filter((trial) => trial.alone), trials.filter((trial) => !trial.alone)];
    const play = ({ name, play }: (typeof TRIALS)[number]): Work => () => stage.judged(name, (lane) => play(lane, stage)); // prettier-ignore
    const cuts = 'cuts'.includes(only) ? await cutWork(stage, slice) : [];
    const results = await sideBySide([...beside.map(play), ...cuts], numberOf(args, '--lanes', 4));
    for (const trial of alone) {
      await stage.dismissLanes(); // their servers go away
      results.push(await play(trial)());
    }
    const failed = results.filter((held) => !held).length;
    console.log(
      `${stage.resumedMs.length} restarts: ${told(stage.startedMs)} to start, then ${told(stage.resumedMs)} to go on`,
    );
    return { passed: results.length - failed, failed };
  } finally {
    await stage.close();
  }
}

/** An undisturbed run says where the worker can be killed; then one run for each place, or for several that are far from each other. */
async function cutWork(stage: Stage, slice: boolean): Promise<Work[]> {
  let transactions: Written[] = [];
  const held = await stage.judged('undisturbed', async (lane) => {
    lane.points.begin([]);
    const run = await lane.raise();
    await lane.ended(run);
    transactions = lane.points.transactions.filter(isOfEveryRun);
    return faultsOfLadder(lane, run);
  });
  const cuts = slice ? slicedCuts(transactions) : everyCut(transactions);
  console.log(
    `an escalation writes ${transactions.length} transactions; its worker is killed at ${cuts.length} places`,
  );
  const runs = slice ? packed(cuts, APART) : cuts.map((cut) => [cut]);
  return [async () => held, ...runs.map((run) => () => killedAt(stage, run, transactions))];
}

/** A machine that is slow may put a run off at its end, which others are not: of no such transaction a place is taken. */
const isOfEveryRun = ([first]: Written): boolean => !first!.startsWith('update alert set step');

/** A run that was cut before may be shorter than the undisturbed one: places that it did not reach are played by themselves. */
async function killedAt(stage: Stage, cuts: Cut[], transactions: Written[]): Promise<boolean> {
  const where = cuts.map((cut) => `${cut.transaction + 1}.${cut.statement} (${whatIsAt(cut, transactions)})`);
  let left: readonly Cut[] = [];
  const held = await stage.judged(`killed at ${where.join(', ')}`, async (lane: Lane) => {
    lane.points.begin(cuts);
    const run = await lane.raise();
    await lane.ended(run);
    left = [...lane.points.left];
    const missed = cuts.length === 1 && left.length === 1 ? ['the run ended before this place'] : [];
    return [...(await faultsOfLadder(lane, run)), ...missed];
  });
  if (!held || cuts.length === 1) return held;
  for (const cut of left) if (!(await killedAt(stage, [cut], transactions))) return false;
  return true;
}

const told = (ms: number[]): string => `${Math.round(median(ms))} ms (at most ${Math.round(Math.max(...ms))})`;

const whatIsAt = ({ transaction, statement }: Cut, transactions: Written[]): string =>
  statement === 'committed' ? 'committed' : transactions[transaction]![statement - 1]!.slice(0, 27).trim();

async function sideBySide(work: Work[], lanes: number): Promise<boolean[]> {
  const results: boolean[] = [];
  const waiting = [...work];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) results.push(await one());
    }),
  );
  return results;
}
