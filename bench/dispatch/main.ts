import pg from 'pg';
import { Desk } from '../replay/desk.js';
import { startServer } from '../support/process.js';
import { barePool, type Recorded, replay } from '../support/record.js';
import { type BenchContext, type Measured, median, round, timed } from '../support/stats.js';
import { recordMissions } from './record.js';

const RUNS = 3;
const MISSIONS = 60;
const AT_ONCE = 8;

/**
 * Missions (one team unit, one line of goods, alert rows, journal) per second over HTTP with several officers at once, beside the very
 * same SQL statements, recorded from the service and run bare by node-postgres with the same concurrency on an equal database.
 */
export async function main({ databaseUrl, redisUrl }: BenchContext) {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const urlOf = (name: string) => Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).toString();
  const env = (name: string) => ({
    DATABASE_URL: urlOf(name), REDIS_URL: redisUrl, ROLE: 'web', SEED_DEMO: '1', NODE_ENV: 'production', REQUESTS_PER_MINUTE: '1000000',
  }); // prettier-ignore
  await admin.query('create database bench_template');
  const loader = await startServer({ ...env('bench_template'), ROLE: 'all' });
  await loader.stop();
  const ours: Measured[] = [];
  const bare: Measured[] = [];
  for (let run = 0; run < RUNS; run++) {
    for (const name of ['ours', 'recorded', 'bare'])
      await admin.query(`create database ${name}_${run} template bench_template`);
    ours.push(await overHttp(env(`ours_${run}`)));
    const recorded = await recordMissions(env(`recorded_${run}`), MISSIONS, `bench_${run}`);
    bare.push(await replayBare(urlOf(`bare_${run}`), recorded));
    console.log(
      `run ${run + 1}: ours ${round(ours[run]!.perS)}/s p99 ${round(ours[run]!.p99)} ms; bare ${round(bare[run]!.perS)}/s p99 ${round(bare[run]!.p99)} ms`,
    );
  }
  await admin.end();
  const missionsPerS = median(ours.map((one) => one.perS));
  const bareMissionsPerS = median(bare.map((one) => one.perS));
  return {
    missionsPerS: round(missionsPerS),
    p50Ms: round(median(ours.map((one) => one.p50))),
    p99Ms: round(median(ours.map((one) => one.p99))),
    bareMissionsPerS: round(bareMissionsPerS),
    bareP99Ms: round(median(bare.map((one) => one.p99))),
    overBare: round(missionsPerS / bareMissionsPerS, 2),
    failures: [...ours, ...bare].reduce((sum, one) => sum + one.failures, 0),
  };
}

async function overHttp(env: Record<string, string>): Promise<Measured> {
  const server = await startServer(env);
  try {
    const desk = new Desk(server.url, 'duty.330000', 'chiyuan-demo');
    const { plans } = await import('./record.js');
    const missions = await plans(desk, MISSIONS + AT_ONCE);
    for (const warm of missions.slice(MISSIONS)) await desk.post(`/incidents/${warm.incidentId}/missions`, warm.body);
    return await timed(
      MISSIONS,
      async (n) => void (await desk.post(`/incidents/${missions[n]!.incidentId}/missions`, missions[n]!.body)),
    );
  } finally {
    await server.stop();
  }
}

async function replayBare(url: string, missions: Recorded[]): Promise<Measured> {
  const pool = barePool(url, AT_ONCE);
  for (const preparation of missions.slice(0, -MISSIONS)) await replay(pool, preparation);
  const measured = missions.slice(-MISSIONS);
  const result = await timed(MISSIONS, (n) => replay(pool, measured[n]!));
  await pool.end();
  return result;
}
