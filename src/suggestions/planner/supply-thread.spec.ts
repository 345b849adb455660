import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import type { Allocation } from './allocate/allocate.rules.js';
import { crowdedInput, goodsInput } from './allocate/allocate.samples.js';
import { sampleCell } from './planner.samples.js';
import { SupplyThread } from './supply-thread.js';

const PROVINCE = { stores: 100, items: 30, rivals: 19 };
const start = () => new Worker(new URL('./supply.worker.mjs', import.meta.url));
const within = (ms: number): number => performance.now() + ms;

describe('the thread of the allocation core', () => {
  it('answers the deadline with its best so far, and serves the next job', async () => {
    const thread = new SupplyThread(start);
    const small = goodsInput({ stock: [sampleCell({ warehouseId: 'near' })] });
    await thread.allocate(small, within(60_000));
    const began = performance.now();
    const cut = (await thread.allocate(crowdedInput(PROVINCE), within(40))) as Allocation;
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
