import { readlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';

/** How many requests this process answers now, in memory that its threads see: hand it to a thread as `workerData.requests`. */
export const requests = new Int32Array(new SharedArrayBuffer(4));

/** Counts what a server answers, for the threads that give way to it. A live line that polls waits on purpose, and is not counted. */
export function countRequests(server: Server): void {
  server.prependListener('request', ({ url }, response) => {
    if (!url?.includes('/api/')) return;
    Atomics.add(requests, 0, 1);
    response.once('close', () => {
      if (Atomics.sub(requests, 0, 1) === 1) Atomics.notify(requests, 0);
    });
  });
}

/** Above ordinary work (0) and far from idle work (19): a planner on a crowded machine still gets a third of what others get. */
const NICENESS = 5;

/** Lowers the calling thread below the process it belongs to. Only Linux has priorities of threads; elsewhere nothing happens. */
export function workBehindOthers(): void {
  if (process.platform !== 'linux') return;
  setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), NICENESS);
}

const LONGEST_MS = 20;

/**
 * For a thread that reckons while requests are answered: each call stands still until none is, for at most 20 ms, and for no more than half
 * of the thread's time since `giveWay` was called. `counted` is the `requests` of the process; without it nobody is waited for.
 */
export function giveWay(counted = (workerData as { requests?: Int32Array } | null)?.requests): () => void {
  const since = performance.now();
  let stoodMs = 0;
  return () => {
    if (!counted || Atomics.load(counted, 0) === 0) return;
    const now = performance.now();
    const until = now + Math.min(LONGEST_MS, now - since - 2 * stoodMs);
    for (let at = now, held; at < until && (held = Atomics.load(counted, 0)) > 0; at = performance.now())
      Atomics.wait(counted, 0, held, until - at);
    stoodMs += performance.now() - now;
  };
}
