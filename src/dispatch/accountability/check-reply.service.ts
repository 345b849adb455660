import { type CheckReading, placeCheck, readCheck, type ReplyRow, runsOfNumber } from '../../alerts/index.js';
import type { Tx } from '../../database/index.js';
import { newId } from '../../shared/ids.js';
import { holdAssignment } from '../assignment.service.js';
import type { HeldRoll } from './check-in.service.js';
import { tellRoll } from './following.service.js';
import { callDesks } from './par-alerts.service.js';
import { giveParAnswer } from './par-answering.service.js';
import { expectedAtScene } from './roll.rules.js';
import { lockRoll, rollsAskedBy, saveRoll } from './roll.store.js';

type Told = Awaited<ReturnType<typeof runsOfNumber>>[number];
/** What words to a check became: the fact that keeps the answer, or why a person must look. */
export type CheckTaken = { run: Told } & ({ factId: string } | { why: NonNullable<ReplyRow['why']> });

interface Words {
  words: string;
  occurredAt: Date;
  now: Date;
  answerS: number;
}

/** Clocks of providers differ from ours by less than this. */
const SKEW_MS = 60_000;

/**
 * The check that asked this number, if one did and its unit still waits: its leader's words are taken where they say that all are well,
 * call the desks where somebody lacks, and wait for a person otherwise. Null where no check is asked, or another alert asks at the same time
 * and the words do not plainly answer the check.
 */
export async function takeCheckReply(tx: Tx, told: readonly Told[], said: Words): Promise<CheckTaken | null> {
  const asking = told.filter(({ kind, personRole }) => kind === 'information' && personRole !== 'duty');
  const rolls = await rollsAskedBy(tx, asking.map(({ alertId }) => alertId)); // prettier-ignore
  const [waiting] = rolls;
  if (!waiting || rolls.length > 1) return null;
  const run = asking.find(({ alertId }) => alertId === waiting.askAlertId)!;
  const reading = readCheck(said.words);
  const elsewhere = told.some(({ kind, doneReason }) => kind !== 'information' && doneReason === null);
  if (elsewhere && reading.says === 'unclear') return null;
  if (said.occurredAt.getTime() < run.raisedAt.getTime() - SKEW_MS) return { run, why: 'before-the-run' };
  const work = await holdAssignment(tx, waiting.assignmentId, said.now);
  const roll = (await lockRoll(tx, waiting.assignmentId))!;
  if (!roll.par || roll.askAlertId !== run.alertId) return { run, why: 'late' }; // answered or ended before the lock
  return { run, ...(await takeFor(tx, { ...work, roll }, { ...said, reading, name: run.personName })) };
}

type Outcome = { factId: string } | { why: NonNullable<ReplyRow['why']> };

async function takeFor(
  tx: Tx,
  held: HeldRoll,
  { words, occurredAt, now, answerS, reading, name }: Words & { reading: CheckReading; name: string },
): Promise<Outcome> {
  const { roll, incident, unit, assignment } = held;
  const people = expectedAtScene(roll.people);
  const by = { userId: null, name };
  const times = { now, occurredAt, recordedAt: occurredAt };
  const means = placeCheck(reading, people.length + roll.unnamed);
  if (means === 'short') {
    const about = { incident, unit, missionId: assignment.missionId, answerS, now, actor: by };
    const message = { key: 'par.short-words-message', params: { name, words } };
    const called = await callDesks(tx, roll, { ...about, message });
    await tellRoll(tx, await saveRoll(tx, called, roll.people), { kind: 'par.short-words', actor: by, ...times });
    return { why: 'check-short' };
  }
  if (means === 'unclear') return { why: 'check-unclear' };
  // Who was lost is found by name, not by words about all.
  if (means === 'differs' || people.some(({ state }) => state === 'missing')) return { why: 'check-differs' };
  const factId = newId();
  const present = people.map(({ id }) => id);
  const voice = { onBehalfOf: null, channel: 'sms' as const, words };
  await giveParAnswer(tx, held, { present, by, voice, times, factId }, answerS);
  return { factId };
}
