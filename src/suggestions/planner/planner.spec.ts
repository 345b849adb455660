import { Worker } from 'node:worker_threads';
import { describe, expect, it, jest } from '@jest/globals';
import { PlannerPool } from './planner.js';
import { greedyPlan } from './planner.rules.js';
import { randomInput } from './planner.samples.js';
import type { StartWorker } from './solver-worker.js';

const SIZE = { capabilities: 3, itemNeeds: 4, items: 2, units: 12, warehouses: 6, amount: 12 };
const input = randomInput(3, SIZE);
const PATIENT = { timeoutMs: 60_000 };

const real: StartWorker = () => new Worker(new URL('./highs.worker.mjs', import.meta.url));
const script = (code: string): StartWorker => {
  return () => new Worker(`const { parentPort } = require('node:worker_threads'); ${code}`, { eval: true });
};
const SAYS_READY = 'parentPort.postMessage({ ready: true, version: "test" });';
const deaf = script(`${SAYS_READY} parentPort.on('message', () => {});`);
const dying = script(`${SAYS_READY} parentPort.on('message', () => process.exit(3));`);
const throwing = script(`${SAYS_READY} parentPort.on('message', () => { throw new Error('wasm trap'); });`);
const stillborn = script(`process.exit(3);`);

/** The first thread is the given one, every later one is real. */
function firstThenReal(first: StartWorker): StartWorker {
  const starts = [first];
  return () => (starts.shift() ?? real)();
}

async function withPool(
  startWorker: StartWorker | undefined,
  use: (pool: PlannerPool) => Promise<void>,
): Promise<void> {
  const pool = new PlannerPool(startWorker ? { startWorker } : {});
  try {
    await use(pool);
  } finally {
    await pool.close();
  }
}

describe('the planner pool', () => {
  it('starts warm and plans with HiGHS', () =>
    withPool(undefined, async (pool) => {
      await pool.start();
      const plan = await pool.plan(input, PATIENT);
      expect([plan.status, plan.solver, plan.fallback]).toEqual(['optimal', 'highs-1.15.3', undefined]);
    }));

  it('serves several callers at once', () =>
    withPool(undefined, async (pool) => {
      const inputs = [1, 2, 3, 4, 5, 6].map((seed) => randomInput(seed, SIZE));
      const together = await Promise.all(inputs.map((one) => pool.plan(one, PATIENT)));
      for (const [index, one] of inputs.entries()) expect(together[index]).toEqual(await pool.plan(one, PATIENT));
    }));

  it.each([
    { trouble: 'never answers', start: deaf, code: 'solver-late', timeoutMs: 150 },
    { trouble: 'exits at work', start: dying, code: 'solver-failed', timeoutMs: 30_000 },
    { trouble: 'throws at work', start: throwing, code: 'solver-failed', timeoutMs: 30_000 },
    { trouble: 'exits at its start', start: stillborn, code: 'solver-failed', timeoutMs: 30_000 },
  ])('answers with the stand-in when the thread $trouble, then recovers', ({ start, code, timeoutMs }) =>
    withPool(firstThenReal(start), async (pool) => {
      const plan = await pool.plan(input, { timeoutMs });
      expect(plan).toEqual({ ...greedyPlan(input), fallback: { code, params: {} } });
      expect([plan.status, plan.solver]).toEqual(['greedy', 'greedy-1']);
      expect((await pool.plan(input, PATIENT)).status).toBe('optimal');
    }),
  );

  it('loses only the batch at work when the real thread dies; callers behind it are served', async () => {
    const threads: Worker[] = [];
    const start: StartWorker = () => {
      const thread = real();
      threads.push(thread);
      return thread;
    };
    await withPool(start, async (pool) => {
      await pool.start();
      const struck = pool.plan(input, PATIENT);
      const behind = pool.plan(input, PATIENT);
      await threads[0]?.terminate();
      expect((await struck).status).toBe('greedy');
      expect((await behind).status).toBe('optimal');
      expect(threads).toHaveLength(2);
    });
  });

  it('does not kill the thread for a caller who only waited in the queue', async () => {
    let started = 0;
    const slow = script(
      `${SAYS_READY} parentPort.on('message', ({ id }) => setTimeout(() => parentPort.postMessage({ id, answers: [] }), 400));`,
    );
    const start: StartWorker = () => {
      started += 1;
      return slow();
    };
    await withPool(start, async (pool) => {
      const first = pool.plan(input, PATIENT);
      const hurried = await pool.plan(input, { timeoutMs: 50 });
      expect(hurried.fallback?.code).toBe('solver-late');
      await first;
      expect(started).toBe(1);
    });
  });

  it('answers with the stand-in at once when no time is given', () =>
    withPool(undefined, async (pool) => {
      expect((await pool.plan(input, { timeoutMs: 0 })).status).toBe('greedy');
    }));

  it('leaves nothing open: threads end and timers are cleared', async () => {
    const threads: Worker[] = [];
    const counted = (script: string) => (): Worker => {
      const thread = new Worker(new URL(script, import.meta.url));
      threads.push(thread);
      return thread;
    };
    const set = jest.spyOn(globalThis, 'setTimeout');
    const cleared = jest.spyOn(globalThis, 'clearTimeout');
    try {
      const pool = new PlannerPool({
        startWorker: counted('./highs.worker.mjs'),
        startCore: counted('./supply.worker.mjs'),
      });
      await pool.plan(input, PATIENT);
      const unanswered = pool.plan(input, PATIENT);
      await pool.close();
      expect((await unanswered).status).toBe('greedy');
      expect((await pool.plan(input, PATIENT)).status).toBe('greedy');
      expect(threads.length).toBeGreaterThan(0);
      expect(threads.every(({ threadId }) => threadId === -1)).toBe(true);
      const timers = set.mock.results.map(({ value }: { value: unknown }) => value);
      expect(timers.length).toBeGreaterThan(0);
      expect(timers.filter((timer) => !cleared.mock.calls.some(([id]) => id === timer))).toEqual([]);
    } finally {
      set.mockRestore();
      cleared.mockRestore();
    }
  });
});
