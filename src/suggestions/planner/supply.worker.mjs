// Worker entry: the allocation core behind a message port. Plain JavaScript, so that Node starts the same file from dist/ in
// production and from src/ in tests; there the core is still TypeScript, and the tests' loader reads it.
import { existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const core = new URL('./allocate/allocate.rules.js', import.meta.url);
if (!existsSync(core)) await import('../../../test/support/typescript-loader.mjs');
const { allocate } = await import(core.href);

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
  try {
    const answer = allocate(input, () => Atomics.load(stop, 0) !== 0, watchOf(id, tellEveryMs));
    parentPort.postMessage({ id, answer });
  } catch (error) {
    parentPort.postMessage({ id, failed: String(error) });
  }
});
parentPort.postMessage({ ready: true });
