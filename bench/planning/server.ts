import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { requests } from '../../src/shared/give-way.js';

/** What the server tells of a round: how long its main thread kept others waiting at the 99th place, ms, and how many nations were planned meanwhile. */
export interface Told {
  lagP99Ms: number;
  planned: number;
}

const RESOLUTION_MS = 1;
const app = await createApp(readConfig());
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address() as { port: number };

/** A round, with or without a thread that plans nations, from `begin` to `end`. */
async function round(solving: boolean): Promise<void> {
  let planned = 0;
  const thread = solving ? new Worker(new URL('./nation.js', import.meta.url), { workerData: { requests } }) : null;
  if (thread) {
    await once(thread, 'message');
    thread.on('message', () => (planned += 1));
  }
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  process.send!('begun');
  await once(process, 'message');
  delay.disable();
  await thread?.terminate();
  const told: Told = { lagP99Ms: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS), planned };
  process.send!(told);
}

process.on('disconnect', () => process.exit(0));
process.send!({ port });
for (;;) {
  const [solving] = (await once(process, 'message')) as [boolean];
  await round(solving);
}
