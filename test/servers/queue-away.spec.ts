import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { readConfig } from '../../src/config.js';
import type { DatabaseServer } from '../../src/database/index.js';
import { JobQueue } from '../../src/queue/index.js';
import { eventually, Line } from '../support/processes.js';

const DATABASE = 14;
const MANY = 2000;

describe('a store of jobs that is away', () => {
  const redisUrl = Object.assign(new URL(process.env.TEST_REDIS_URL!), { pathname: `/${DATABASE}` }).toString();
  let redis: Redis;
  beforeAll(async () => void (await (redis = new Redis(redisUrl)).flushdb()));
  afterAll(async () => {
    await redis.flushdb();
    redis.disconnect();
  });

  /** The queue of a web process, which only asks; nothing else of the application. */
  async function asker(line: Line): Promise<JobQueue> {
    const config = readConfig({ NODE_ENV: 'test', ROLE: 'web', DATABASE_URL: 'postgres://127.0.0.1/none', REDIS_URL: line.url }); // prettier-ignore
    const queue = new JobQueue(config, {} as DatabaseServer);
    await queue.onApplicationBootstrap();
    return queue;
  }
  const ask = (queue: JobQueue, jobId: string) => queue.enqueue('note', { n: 1 }, { jobId });
  const askMany = (queue: JobQueue, name: string) => Promise.all(Array.from({ length: MANY }, (_, n) => ask(queue, `${name}-${n}`))); // prettier-ignore
  /** Asks until the store has it; the same id is the same job. */
  const reaches = (queue: JobQueue, jobId: string) =>
    eventually(() => ask(queue, jobId).then(() => redis.exists(`bull:chiyuan:${jobId}`)), (there) => there === 1, 20_000); // prettier-ignore
  const within = <T>(ms: number, work: Promise<T>): Promise<T | 'still waiting'> =>
    Promise.race([work, new Promise<'still waiting'>((late) => setTimeout(() => late('still waiting'), ms).unref())]);

  it('keeps nobody waiting and nothing back, whether it is gone or only says nothing, and is asked again when it is back', async () => {
    const line = await Line.to(redisUrl);
    const queue = await asker(line);
    try {
      await reaches(queue, 'first');
      line.fallSilent();
      expect(await within(15_000, askMany(queue, 'silent'))).toHaveLength(MANY);
      expect(
        await within(
          2000,
          queue.ping().catch(() => 'failed'),
        ),
      ).toBe('failed');
      expect(await within(1000, askMany(queue, 'away'))).toHaveLength(MANY);
      line.speakAgain();
      await reaches(queue, 'back');
    } finally {
      await queue.beforeApplicationShutdown();
      line.close();
    }
  }, 60_000);
});
