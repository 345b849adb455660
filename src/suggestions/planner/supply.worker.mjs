// Worker entry: the allocation core behind a message port. Plain JavaScript, so that Node starts the same file from dist/ in
// production and from src/ in tests; there the core is still TypeScript, and the tests' loader reads it.
import { existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const core = new URL('./allocate/allocate.rules.js', import.meta.url);
if (!existsSync(core)) await import('../../../test/support/typescript-loader.mjs');
const { allocate } = await import(core.href);
const { giveWay, workBehindOthers } = await import(new URL('../../shared/give-way.js', import.meta.url).href);
workBehindOthers();

/** Tells the caller of plans on the way, at most once in `tellEveryMs`; nothing when it is not given. */
function watchOf(id, tellEveryMs) {
  if (tellEveryMs === undefined) return undefined;
  let toldAt = performance.now();
  return {
    isDue: () => performance.now() - toldAt >= tellEveryMs,
    hear(soFar, stage) {
      toldAt = performance.now();
      parentPort.postMessage({ id, soFar, stage });
    },
  };
}

parentPort.on('message', ({ id, input, stop, tellEveryMs }) => {
  const standAside = giveWay();
  const shouldStop = () => {
    standAside();
    return Atomics.load(stop, 0) !== 0;
  };
  try {
    const answer = allocate(input, shouldStop, watchOf(id, tellEveryMs));
    parentPort.postMessage({ id, answer });
  } catch (error) {
    parentPort.postMessage({ id, failed: String(error) });
  }
});
parentPort.postMessage({ ready: true });
