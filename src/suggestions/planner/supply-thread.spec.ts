import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import type { Allocation } from './allocate/allocate.rules.js';
import { goodsInput, sampleRival } from './allocate/allocate.samples.js';
import { Dice, sampleCell, sampleItem, sampleLot } from './planner.samples.js';
import type { PlannerInput } from './planner.types.js';
import { SupplyThread } from './supply-thread.js';

/** A province in need: 100 stores, 30 items, 19 other incidents. */
function province(): PlannerInput {
  const dice = new Dice(9);
  const itemIds = Array.from({ length: 30 }, (_, item) => `item-${item}`);
  const stock = Array.from({ length: 100 }, (_, w) => dice.between(40, 500) + w).flatMap((etaMin, w) =>
    itemIds.map((itemId) =>
      sampleCell({
        warehouseId: `w${w}`,
        itemId,
        etaMin,
        minimumUnits: dice.roll(60),
        lots: [sampleLot({ lotId: `lot-${w}-${itemId}`, availableUnits: dice.roll(200) })],
      }),
    ),
  );
  const needs = (of: string) =>
    itemIds.map((itemId) => sampleItem({ id: `${of}-${itemId}`, itemId, units: dice.between(100, 900) }));
  const input = goodsInput({ stock, items: needs('own') });
  const rivals = Array.from({ length: 19 }, (_, k) => {
    const rival = sampleRival(input, { incidentId: `incident-${k + 10}`, items: needs(`of-${k}`) });
    return { ...rival, roads: rival.roads.map((road) => ({ ...road, etaMin: dice.between(40, 600) })) };
  });
  return { ...input, rivals };
}

const start = () => new Worker(new URL('./supply.worker.mjs', import.meta.url));
const within = (ms: number): number => performance.now() + ms;

describe('the thread of the allocation core', () => {
  it('answers the deadline with its best so far, and serves the next job', async () => {
    const thread = new SupplyThread(start);
    const small = goodsInput({ stock: [sampleCell({ warehouseId: 'near' })] });
    await thread.allocate(small, within(60_000));
    const began = performance.now();
    const cut = (await thread.allocate(province(), within(40))) as Allocation;
    const tookMs = performance.now() - began;
    expect(cut.insight).toBeNull();
    // Far below the time of the whole plan with its questions; the thread itself counts as lost after two seconds.
    expect(tookMs).toBeLessThan(2_040);
    expect(((await thread.allocate(small, within(60_000))) as Allocation).proven).toBe(true);
    await thread.close();
  });

  it('gives up a thread that does not hear the flag, and starts another', async () => {
    const deaf = () => new Worker(`require('node:worker_threads').parentPort.on('message', () => {});`, { eval: true });
    const starts = [deaf];
    const thread = new SupplyThread(() => (starts.shift() ?? start)());
    const input = goodsInput({ stock: [sampleCell({ warehouseId: 'near' })] });
    await expect(thread.allocate(input, within(50))).rejects.toThrow('solver-late');
    expect(((await thread.allocate(input, within(60_000))) as Allocation).proven).toBe(true);
    await thread.close();
    await expect(thread.allocate(input, within(50))).rejects.toThrow('solver-failed');
  });
});
