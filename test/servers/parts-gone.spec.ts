import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, eventually, Line, type Running } from '../support/processes.js';

interface Ready {
  status: number;
  body: { database: string; queue: string };
  tookMs: number;
}

describe('readiness while a part of the system is silent', () => {
  let cluster: Cluster;
  let database: Line;
  let queue: Line;
  let web: Running;
  beforeAll(async () => {
    cluster = await Cluster.open(13);
    database = await Line.to(cluster.databaseUrl);
    queue = await Line.to(cluster.redisUrl);
    web = await cluster.start('web', { DATABASE_URL: database.url, REDIS_URL: queue.url });
  }, 120_000);
  afterAll(async () => {
    web?.child.kill('SIGKILL');
    database?.close();
    queue?.close();
    await cluster?.close();
  }, 30_000);

  async function ready(): Promise<Ready> {
    const startedAt = Date.now();
    const response = await fetch(`${web.url}/api/health/ready`);
    const body = (await response.json()) as Ready['body'];
    return { status: response.status, body, tookMs: Date.now() - startedAt };
  }

  it('says 503 in time and names the database', async () => {
    expect(await ready()).toMatchObject({ status: 200 });
    database.fallSilent();
    const said = await ready();
    expect(said).toMatchObject({ status: 503, body: { database: 'failed', queue: 'ok' } });
    expect(said.tookMs).toBeLessThan(4000);
    database.speakAgain();
    await eventually(ready, ({ status }) => status === 200, 10_000);
  });

  it('says 503 in time and names the queue, while alive and able to read', async () => {
    queue.fallSilent();
    const said = await ready();
    expect(said).toMatchObject({ status: 503, body: { database: 'ok', queue: 'failed' } });
    expect(said.tookMs).toBeLessThan(4000);
    expect((await fetch(`${web.url}/api/health/live`)).status).toBe(200);
    await expect(web.signIn('duty.331000')).resolves.toBeDefined();
    queue.speakAgain();
    await eventually(ready, ({ status }) => status === 200, 10_000);
  });
});
