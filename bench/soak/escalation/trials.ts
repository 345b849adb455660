import { setTimeout as sleep } from 'node:timers/promises';
import { alarmsOf, faultsOfLadder } from './judge.js';
import { ANSWER_S, type Lane, type Run } from './lane.js';
import type { Stage } from './stage.js';

export interface Trial {
  name: string;
  /** Plays on a lane and answers what is wrong. */
  play(lane: Lane, stage: Stage): Promise<string[]>;
  /** Touches the servers of all lanes: nothing else may run. */
  alone?: boolean;
}
type Disturb = (lane: Lane, step: number) => Promise<unknown>;

const HOUR_MS = 3_600_000;
/** Steps of the alert to the team: the disturbance comes at each. */
const STEPS = [1, 2, 3];
/** Everything is down for this long: more than the auditor's grace. */
const BLACKOUT_MS = 40_000;
/** The auditor's grace, the time of a step, the time between two looks, and some. */
const NAMED_WITHIN_MS = 30_000 + ANSWER_S * 1000 + 10_000 + 10_000;
/**
 * Does something at each step of a run that goes to its end. From one step to the next may pass, by a steady counter, the step's own time and
 * what the chain may need to go on; and no alarm is raised.
 */
const ladder = (disturb: Disturb, { alarms = needlessAlarms } = {}) => async (lane: Lane, stage: Stage): Promise<string[]> => {
  const mostMs = ANSWER_S * 1000 + stage.resumesWithinMs;
  lane.points.begin([]);
  const run = await lane.raise();
  const slow: string[] = [];
  for (const step of STEPS) {
    await disturb(lane, step);
    const from = performance.now();
    await lane.until(`step ${step} is over`, 240_000, () => isOver(lane, run, step));
    const tookMs = performance.now() - from;
    if (tookMs > mostMs) slow.push(`step ${step} took ${Math.round(tookMs)} ms`);
  }
  await lane.ended(run);
  return [...(await faultsOfLadder(lane, run)), ...slow, ...(await alarms(lane, run))];
}; // prettier-ignore

/** The auditor is silent when nothing is late; on a machine that needs half his grace to start a process something may be. */
async function needlessAlarms(lane: Lane, run: Run): Promise<string[]> {
  if (Math.max(0, ...lane.startedMs) > 15_000) return [];
  return (await alarmsOf(lane, run)).map(({ kind, step }) => `alarm ${kind} at step ${step}`);
}

async function isOver(lane: Lane, { alertId }: Run, step: number): Promise<boolean> {
  const rows = await lane.rows(`select 1 from alert_step where alert_id = $1 and step = $2`, [alertId, step]);
  return rows.length > 0;
}

/** The chain stands still for so long that the auditor must name what is late, once each, and then it goes on to its end. */
const standstill =
  ({ stop, start, wanted }: { stop: Disturb; start: Disturb; wanted: string }) =>
  async (lane: Lane): Promise<string[]> => {
    lane.points.begin([]);
    await stop(lane, 0);
    const run = await lane.raise();
    const named = async () => (await alarmsOf(lane, run)).map(({ kind, step }) => `${kind} ${step}`).sort().join(', '); // prettier-ignore
    await lane.until(`${wanted} while it stands`, NAMED_WITHIN_MS, async () => (await named()) === wanted);
    await start(lane, 0);
    await lane.ended(run);
    const all = await named();
    return [...(await faultsOfLadder(lane, run)), ...(all === wanted ? [] : [`the auditor named ${all}`])];
  };

/** Everything is down, the auditor too: he names what came late when he is back. */
const blackout = async (lane: Lane): Promise<string[]> => {
  lane.points.begin([]);
  const run = await lane.raise();
  await killedAtRest(lane, run);
  await lane.killWeb();
  const [at] = await lane.rows<{ step: number }>(`select step from alert where incident_id = $1 and done_reason is null`, [run.incidentId]); // prettier-ignore
  await sleep(BLACKOUT_MS);
  await lane.measured(() => Promise.all([lane.startWorker(), lane.startWeb()]).then(() => undefined));
  await lane.ended(run);
  await lane.until('the auditor names the step', 60_000, async () => (await alarmsOf(lane, run)).length > 0);
  const named = (await alarmsOf(lane, run)).map(({ kind, step }) => `${kind} ${step}`).join(', ');
  return [...(await faultsOfLadder(lane, run)), ...(named === `step-late ${at!.step}` ? [] : [`the auditor named ${named}`])]; // prettier-ignore
};

/** Kills the worker while no message waits and none is in its hands: one that it dies with is late by itself, and the auditor says so. */
async function killedAtRest(lane: Lane, { incidentId }: Run): Promise<void> {
  const sql = `select 1 from alert_delivery d join alert a on a.id = d.alert_id where a.incident_id = $1 and d.due_at is not null`;
  const atRest = async () => (await lane.rows(sql, [incidentId])).length === 0;
  for (;;) {
    await lane.until('the messages are handed over', 60_000, atRest);
    await lane.killWorker();
    if (await atRest()) return;
    await lane.startWorker();
  }
}

/** The worker dies with messages in its hands, and the run ends before it is back: nothing is handed over any more. */
const endedMeanwhile =
  (end: (lane: Lane, run: Run) => Promise<unknown>, reason: string) =>
  async (lane: Lane): Promise<string[]> => {
    lane.points.begin([]);
    await lane.killWorker();
    const run = await lane.raise();
    await end(lane, run);
    await lane.startWorker();
    await sleep(ANSWER_S * 1000 + 2000); // a time in which a chain that does not know would have called the next
    await lane.ended(run);
    const alerts = await lane.rows<{ kind: string; doneReason: string; told: number }>(
      `select kind, done_reason as "doneReason", (select count(*)::integer from alert_delivery d where d.alert_id = a.id and d.stage not in ('cancelled')) as told
       from alert a where incident_id = $1`,
      [run.incidentId],
    );
    const found = alerts.map(({ kind, doneReason, told }) => `${kind} ${doneReason} ${told}`).join(', ');
    return [
      ...(found === `deploy ${reason} 0` ? [] : [`the runs are ${found}`]),
      ...((await leftFor(lane, run)) === 0 ? [] : ['a message left after the end']),
      ...(await freed(lane, run)),
    ];
  };

/** Messages of a run that left the house; the weekly test of the channels sends some, too. */
async function leftFor(lane: Lane, { incidentId }: Run): Promise<number> {
  const sql = `select d.id from alert_delivery d join alert a on a.id = d.alert_id where a.incident_id = $1`;
  const ids = new Set((await lane.rows<{ id: string }>(sql, [incidentId])).map(({ id }) => id));
  return lane.handed().filter((id) => ids.has(id)).length;
}

async function freed(lane: Lane, run: Run): Promise<string[]> {
  const [{ active }] = (await lane.rows<{ active: boolean }>(`select active from assignment where id = $1`, [run.assignmentId])) as [{ active: boolean }]; // prettier-ignore
  if (active) await lane.withdraw(run);
  return [];
}

/** By how much a clock is off at each step: an hour ahead, an hour behind, right again. */
const offMs = (step: number) => [HOUR_MS, -HOUR_MS, 0][step - 1]!;

export const TRIALS: Trial[] = [
  {
    name: 'standstill of every worker: the auditor names the step and its messages while it lasts',
    play: standstill({
      stop: (lane) => lane.killWorker(),
      start: (lane) => lane.measured(() => lane.startWorker()),
      wanted: 'delivery-late 1, step-late 1',
    }),
  },
  { name: 'blackout of all processes: the auditor names the step when he is back', play: blackout },
  { name: 'queue emptied at each step', play: ladder((lane) => lane.redis.flushdb()) },
  {
    name: 'worker killed and queue emptied at each step',
    play: ladder(async (lane) => {
      await lane.killWorker();
      await lane.redis.flushdb();
      await lane.measured(() => lane.startWorker());
    }),
  },
  {
    name: "worker's clock moved by an hour either way while it runs",
    play: ladder(async (lane, step) => lane.moveWorkersClock(offMs(step))),
  },
  {
    name: 'worker killed and started with a clock that is off by an hour either way',
    play: ladder(async (lane, step) => {
      await lane.killWorker();
      await lane.measured(() => lane.startWorker({ MOVED_CLOCK_MS: String(offMs(step)) }));
    }),
  },
  {
    name: "database's clock moved by an hour ahead, two back, one ahead",
    // What was due in the hour that was left out is named as an hour late: the auditor cannot know that it never was.
    play: ladder(async (lane, step) => lane.moveDatabaseClock(offMs(step)), { alarms: async () => [] }),
  },
  {
    name: 'answered while the worker is dead: nobody else is told',
    play: endedMeanwhile((lane, run) => lane.answer(run, { answer: 'accept', onBehalfOf: '电话' }), 'answered'),
  },
  { name: 'withdrawn while the worker is dead: nobody is told', play: endedMeanwhile((lane, run) => lane.withdraw(run), 'withdrawn') }, // prettier-ignore
  ...(['INT', 'QUIT'] as const).map((signal): Trial => ({
    name: `database ${signal === 'INT' ? 'stopped' : 'crashed'} and started at each step`,
    alone: true,
    play: (lane, stage) =>
      ladder(async () => {
        await stage.postgres.halt(signal);
        await sleep(1000);
        await lane.measured(() => stage.postgres.start());
      })(lane, stage),
  })),
];
