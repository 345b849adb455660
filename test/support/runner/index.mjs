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
    const open = () => {
      const worker = new Worker(here('./worker.mjs'), {
        numWorkers: 1,
        exposedMethods: ['run', 'memory'],
        maxRetries: 0,
        forkOptions: {
          execArgv: ['--no-warnings', '--enable-source-maps', '--import', here('../typescript-loader.mjs')],
          stdio: 'pipe',
        },
      });
      worker.getStdout()?.pipe(process.stdout);
      worker.getStderr()?.pipe(process.stderr);
      return worker;
    };
    const one = async (worker, test) => {
      const { config } = test.context;
      try {
        const result = await worker.run({
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
    // `onStart` is told when a process is free for the suite: the time of a suite is its own. A process that has grown is replaced here,
    // between two suites: the library's own limit looks while the next one may be on its way already, and counts that as a crash.
    const queue = [...tests];
    const next = async () => {
      let worker = open();
      for (let test = queue.shift(); test; test = queue.shift()) {
        await onStart(test);
        await one(worker, test);
        const bytes = await worker.memory().catch(() => Infinity);
        if (bytes <= MOST_MEMORY) continue;
        await worker.end();
        worker = open();
      }
      await worker.end();
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.min(maxWorkers, tests.length)) }, next));
  }
}
