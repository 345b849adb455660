import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { Database } from '../../src/database/index.js';
import { JobQueue } from '../../src/queue/index.js';
import { testDatabase } from '../support/database.js';

describe('an application that fails to open', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('leaves no half of itself behind', async () => {
    const database = await testDatabase();
    const closed = jest.spyOn(Database.prototype, 'close');
    const stopped = jest.spyOn(JobQueue.prototype, 'beforeApplicationShutdown');
    jest.spyOn(JobQueue.prototype, 'onApplicationBootstrap').mockRejectedValue(new Error('no queue'));
    const config = readConfig({ NODE_ENV: 'test', ROLE: 'web', DATABASE_URL: database.url, LOG_LEVEL: 'silent', SEED_DEMO: '0' }); // prettier-ignore
    await expect(createApp(config)).rejects.toThrow('no queue');
    expect([closed.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 1]);
    await database.drop();
  }, 120_000);

  it('closes its pool where the migrations fail, before anything else of it is made', async () => {
    const database = await testDatabase();
    const closed = jest.spyOn(Database.prototype, 'close');
    jest.spyOn(Database.prototype, 'migrate').mockRejectedValue(new Error('no table'));
    const config = readConfig({ NODE_ENV: 'test', ROLE: 'web', DATABASE_URL: database.url, LOG_LEVEL: 'silent', SEED_DEMO: '0' }); // prettier-ignore
    await expect(createApp(config)).rejects.toThrow('no table');
    expect(closed).toHaveBeenCalledTimes(1);
    await database.drop();
  }, 120_000);
});
