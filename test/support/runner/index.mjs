// The suites' runner: specs run in plain Node processes that keep what they have loaded. Jest's own runner gives every file a context and
// a module graph of its own: five seconds of loading for each suite that starts the application, and slow globals in every loop.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'jest-worker';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
/** A process that has grown beyond this is replaced before its next suite. */
const MOST_MEMORY = 1_500_000_000;

export default class PlainRunner {
  isSerial = false;

  constructor(globalConfig) {
    this.globalConfig = globalConfig;
  }

  async runTests(tests, _watcher, onStart, onResult, onFailure) {
    const { maxWorkers = availableParallelism(), testNamePattern, updateSnapshot } = this.globalConfig;
    const workers = new Worker(here('./worker.mjs'), {
      numWorkers: Math.max(1, Math.min(maxWorkers, tests.length)),
      exposedMethods: ['run'],
      maxRetries: 0,
      idleMemoryLimit: MOST_MEMORY,
      forkOptions: {
        execArgv: ['--no-warnings', '--enable-source-maps', '--import', here('../typescript-loader.mjs')],
        stdio: 'pipe',
      },
    });
    workers.getStdout()?.pipe(process.stdout);
    workers.getStderr()?.pipe(process.stderr);
    const one = async (test) => {
      const { config } = test.context;
      try {
        const result = await workers.run({
          path: test.path,
          timeout: config.testTimeout ?? this.globalConfig.testTimeout,
          testNamePattern,
          updateSnapshot,
          config: { rootDir: config.rootDir, testMatch: config.testMatch },
        });
        await onResult(test, result);
      } catch (error) {
        await onFailure(test, { message: error.message, stack: error.stack });
      }
    };
    // `onStart` is told when a process is free for the suite: the time of a suite is its own.
    const queue = [...tests];
    const next = async () => {
      for (let test = queue.shift(); test; test = queue.shift()) {
        await onStart(test);
        await one(test);
      }
    };
    await Promise.all(Array.from({ length: Math.min(maxWorkers, tests.length) }, next));
    await workers.end();
  }
}
