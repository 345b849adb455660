import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, read } from '../../src/database/index.js';
import { dice } from '../support/pick.js';
import { median, numberOf, percentile } from '../support/stats.js';
import { audit } from './audit.js';
import { type Servers, startRoles } from './roles.js';
import type { Officer, Place } from './villages/officer.js';
import { type County, gather, type People } from './villages/people.js';

/** Answers are due after this; in a real night it is five minutes. */
const ANSWER_S = 15;
const SETTINGS = {
  NODE_ENV: 'production',
  SEED_DEMO: '1',
  REQUESTS_PER_MINUTE: '1000000',
  SIGN_IN_PER_MINUTE: '100000',
  ALERT_ANSWER_S: String(ANSWER_S),
};
const LOOKS_EVERY_MS = 1000;
const ENDED = ['closed', 'declined', 'no-answer', 'withdrawn'];

interface Called {
  incidentId: string;
  /** When the officer began to type, and whether a unit could go at once. */
  at: number;
  atOnce: boolean;
  sent: number;
}

/**
 * A night of the typhoon through the public API: villages call, two officers a county report and send, forty teams answer, go and come
 * home, every fifth phone stays silent. Every alerted assignment must end: answered, passed on until somebody was called, or stood down.
 * `--villages N` (300), `--minutes M` in which they call (10), `--seed`.
 */
export async function main({ args, servers }: { args: string[]; servers: Servers }) {
  const villages = numberOf(args, '--villages', 300);
  const minutes = numberOf(args, '--minutes', 10);
  const roll = dice(numberOf(args, '--seed', 1));
  const roles = await startRoles(servers, SETTINGS);
  const people = await gather(roles.urls, roll).catch(async (error: unknown) => {
    await (await roles.end()).close();
    throw error;
  });
  const officers = people.counties.flatMap((county) => county.officers);
  for (const officer of officers) await officer.signIn();
  for (const phone of people.phones.values()) for (const desk of phone.people) await desk.signedIn();
  console.log(
    `${villages} villages call in ${minutes} minutes; ${people.phones.size} teams, ${people.silent} of ${people.phones.size * 2} phones silent`,
  );
  const calls = Array.from({ length: villages }, (_, n) => ({ n, ms: roll() * minutes * 60_000 }));
  const begun = performance.now();
  const night = await Promise.allSettled(
    calls.map(async ({ n, ms }) => {
      await sleep(ms);
      const county = people.counties[Math.floor(roll() * people.counties.length)]!;
      return serve(county, people, { officer: county.officers[n % 2]!, place: near(county, n, roll) });
    }),
  ); // prettier-ignore
  const took = Math.round((performance.now() - begun) / 1000);
  const { db, close } = await roles.end();
  const called = night.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const broken = night.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  const faults = [...broken, ...(await unended(db)), ...(await audit(db))];
  await tell(db, called, { clicksMs: officers.flatMap(({ clicksMs }) => clicksMs), took });
  await close();
  for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
  return { passed: villages - broken.length, failed: faults.length };
}

function near({ society }: County, n: number, roll: () => number): Place {
  const { lon, lat } = society.location;
  return {
    name: `${society.shortName}第 ${n + 1} 村（示范）`,
    lon: lon + (roll() - 0.5) * 0.3,
    lat: lat + (roll() - 0.5) * 0.3,
  };
}

/** From the call to the closed incident: units are sent until one has been there. */
async function serve(
  { teams }: County,
  { phones }: People,
  { officer, place }: { officer: Officer; place: Place },
): Promise<Called> {
  const at = Date.now();
  const incident = await officer.report(place);
  await officer.verify(incident);
  const called: Called = { incidentId: incident.id, at, atOnce: true, sent: 0 };
  const asked = new Set<string>();
  for (;;) {
    const free = await officer.free(place, teams);
    const unit = free.find((id) => !asked.has(id));
    const assignment = unit ? await officer.send(incident.id, unit) : null;
    if (!assignment) {
      if (called.sent === 0 && !unit) called.atOnce = false;
      if (!unit && free.length > 0) asked.clear(); // everybody was asked: from the beginning
      if (!unit) await sleep(LOOKS_EVERY_MS);
      continue;
    }
    asked.add(assignment.unitId);
    called.sent++;
    const look = () => officer.look(assignment.id);
    const ringing = phones.get(assignment.teamId)!.ring(assignment, look);
    let status = (await look()).status;
    for (; !ENDED.includes(status); status = (await look()).status) await sleep(LOOKS_EVERY_MS);
    await ringing;
    if (status !== 'closed') continue;
    await officer.end(incident.id);
    return called;
  }
}

/** What must not be left when the night is over. */
async function unended(db: Database): Promise<string[]> {
  const rows = await read(db, (tx) =>
    tx.query<{ what: string }>(
      `select 'assignment ' || unit_code || ' is still ' || status as what from assignment where status <> all($1)
       union all select 'alert of ' || unit_code || ' (' || kind || ') runs on' from alert where done_reason is null and kind = 'deploy'
       union all select 'no answer of ' || a.unit_code || ', and no desk was called' from assignment a where a.status = 'no-answer'
         and not exists (select 1 from alert d where d.kind = 'duty-call' and d.incident_id = a.incident_id)
       union all select 'fault of the chain: ' || kind from chain_fault where closed_at is null`,
      [ENDED],
    ),
  );
  return rows.map(({ what }) => what);
}

/** The figures of the night: ms by the clock of this machine, which is the database's too. */
async function tell(db: Database, called: Called[], { clicksMs, took }: { clicksMs: number[]; took: number }) {
  const first = await read(db, (tx) =>
    tx.query<{ incidentId: string; at: Date }>(
      `select r.incident_id as "incidentId", min(d.handed_at) as at from alert r join alert_delivery d on d.alert_id = r.id
       where r.kind = 'deploy' and d.handed_at is not null group by r.incident_id`,
    ),
  );
  const handedAt = new Map(first.map(({ incidentId, at }) => [incidentId, at.getTime()]));
  const waits = called.filter(({ atOnce }) => atOnce).map(({ incidentId, at }) => handedAt.get(incidentId)! - at);
  const ends = await read(db, (tx) =>
    tx.query<{ status: string; count: number }>(`select status, count(*)::integer as count from assignment where status = any($1) group by status order by 2 desc`, [ENDED]),
  ); // prettier-ignore
  const figures = (values: number[]) =>
    `median ${Math.round(median(values))} ms, p95 ${Math.round(percentile(values, 0.95))} ms, p99 ${Math.round(percentile(values, 0.99))} ms, ${values.length} in all`;
  console.log(`the night took ${took} s; assignments: ${ends.map(({ status, count }) => `${count} ${status}`).join(', ')}`);
  console.log(`sent more than once: ${called.filter(({ sent }) => sent > 1).length} villages; no unit was free at once for ${called.filter(({ atOnce }) => !atOnce).length}`);
  console.log(`report to the first alert handed over, where a unit was free: ${figures(waits)} (limits: p95 2,000, p99 5,000)`);
  console.log(`clicks of the officers: ${figures(clicksMs)} (limit: p99 2,000)`);
} // prettier-ignore
