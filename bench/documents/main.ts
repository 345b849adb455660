import { type BenchContext, median, round } from '../support/stats.js';
import { connectBare, openBare, postBare } from './floor.js';
import { adjustment, type Clocked, count, issue, receipt, transfer } from './papers.js';
import { sheets } from './sheets.js';
import { Copies, fill, openWorld } from './world.js';

const RUNS = 3;
/** The count first: it wants every lot on its shelf, and nothing that moved lately. */
const PAPERS = [count, adjustment, transfer, issue, receipt];

/**
 * Documents of 2,000 lines of as many items, every kind: how long each step and the opening of the paper take through the services, beside the
 * same facts written and read by one bare statement a table; and a workbook of 10,000 rows in and out, beside the file parsed and packed bare.
 */
export async function main({ databaseUrl }: BenchContext): Promise<Record<string, number>> {
  const copies = new Copies(databaseUrl);
  await fill(await copies.make('documents'));
  const times = new Map<string, number[]>();
  const clocked: Clocked = async (step, work) => {
    const began = performance.now();
    const result = await work();
    times.set(step, [...(times.get(step) ?? []), performance.now() - began]);
    return result;
  };
  for (let run = 1; run <= RUNS; run++) {
    const url = await copies.make(`documents_${run}`, 'documents');
    const world = await openWorld(url);
    for (const paper of PAPERS) await paper(world, clocked);
    await sheets(world, clocked);
    const client = await connectBare(url);
    const document = await clocked('bare post', () => postBare(client, world.warehouseId, world.lines));
    await clocked('bare open', () => openBare(client, document));
    await client.end();
    await world.app.close();
    console.log(`run ${run}: ${[...times].map(([step, all]) => `${step} ${Math.round(all.at(-1)!)} ms`).join(', ')}`);
  }
  await copies.close();
  const middles = [...times].map(([step, all]) => [step, round(median(all))] as const);
  for (const [step, ms] of middles) console.log(`${step.padEnd(30)} ${String(Math.round(ms)).padStart(6)} ms`);
  return Object.fromEntries(middles.map(([step, ms]) => [figureName(step), ms]));
}

/** 'count open sheet' is `countOpenSheetMs`. */
const figureName = (step: string): string =>
  `${step.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}Ms`;
