import { newId } from '../../../src/shared/ids.js';
import { Problem } from '../../../src/shared/problem.js';
import { dice } from '../../support/pick.js';
import { CutOff, under } from '../ledger/cut.js';
import { Known, nextRace, type Race } from './acts.js';
import { finalFaults, standingFaults } from './check.js';
import { Field, HANDS } from './field.js';

interface Task {
  url: string;
  seed: number;
  races: number;
  now: string;
}
/** Races between two looks at everything. */
const BURST = 200;
const DAY = 86_400_000;
/** Refusals that an officer may meet here; any other answer is a fault. */
const EXPECTED = new Set([
  'team.not-available', 'stock.insufficient', 'access.denied', 'incident.not-found', 'warehouse.not-found', 'team-unit.not-found',
  'assignment.step-not-allowed', 'assignment.not-found', 'alert.closed', 'alert.not-found', 'supply-order.step-not-allowed',
  'supply-order.not-found', 'reservation.closed', 'reservation.take-over-refused', 'duty.separation', 'stock.against-intent',
]); // prettier-ignore

/** Plays its share of races on one database and answers what was wrong. */
async function play({ url, seed, races, now }: Task): Promise<void> {
  const roll = dice(seed);
  const field = await Field.open(url, new Date(now), roll);
  const known = new Known();
  const faults: string[] = [];
  const outcomes: Record<string, number> = {};
  for (let done = 0; done < races && faults.length === 0; done += BURST) {
    const many = Math.min(BURST, races - done);
    faults.push(...(await burst({ field, known, roll, outcomes, many })), ...(await standingFaults(field)));
    process.send?.({ played: many });
  }
  await settle(field);
  faults.push(...(await finalFaults(field, known)));
  await field.close();
  process.send?.({ seed, faults, outcomes });
}

interface Burst {
  field: Field;
  known: Known;
  roll: () => number;
  outcomes: Record<string, number>;
  many: number;
}
/** Several hands at once; each takes the next thing to do when it is free. */
async function burst({ field, known, roll, outcomes, many }: Burst): Promise<string[]> {
  const faults: string[] = [];
  let left = many;
  const hand = async () => {
    while (left-- > 0) {
      const race = nextRace(field, known, roll);
      const outcome = await untilHeard(race, roll);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (outcome !== 'done' && !EXPECTED.has(outcome)) faults.push(`answered ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
  return faults;
}

/** A client that goes on under the same key until it has an answer, and sometimes asks again though it has one. */
async function untilHeard(race: Race, roll: () => number): Promise<string> {
  const key = newId();
  const fingerprint = Buffer.from(key);
  let fate = {
    statements: roll() < 0.06 ? 1 + Math.floor(roll() * 25) : null,
    lost: roll() < 0.04,
  };
  for (let again = roll() < 0.1; ;) {
    const outcome = await attempt(race, fate, { key, fingerprint });
    fate = { statements: null, lost: false };
    if (outcome === null || outcome === 'busy') continue;
    if (!again || outcome !== 'done') return outcome;
    again = false;
  }
}

async function attempt(
  race: Race,
  fate: { statements: number | null; lost: boolean },
  command: { key: string; fingerprint: Buffer },
): Promise<string | null> {
  try {
    await under(fate, () => race((actor) => ({ ...actor, command })));
    return 'done';
  } catch (error) {
    if (error instanceof CutOff) return null;
    if (error instanceof Problem) return error.code;
    return `error: ${(error as Error).stack ?? String(error)}`;
  }
}

/** A day without anybody doing anything: the clock alone must bring every question to an end. */
async function settle(field: Field): Promise<void> {
  for (let n = 0; n < 12; n++) {
    field.forward(DAY / 12);
    await field.delivery.deliverDue();
    await field.escalation.moveOnOverdueAlerts();
    await field.expiry.expireReservations();
  }
  await field.sealed();
}

process.on('message', (task: Task) => {
  play(task).catch((error: Error) =>
    process.send?.({ seed: task.seed, faults: [`stopped: ${error.stack}`], outcomes: {} }),
  );
});
process.on('disconnect', () => process.exit(0));
