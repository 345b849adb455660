import type { Tx } from '../../database/index.js';
import { notFound, Problem } from '../../shared/problem.js';
import { type HeldRoll, namesOf } from './check-in.service.js';
import { insertFact, type NewFact } from './facts.store.js';
import { changedPeople, type FactTimes, isOpen, tellRoll } from './following.service.js';
import { callDesks, stopAsking } from './par-alerts.service.js';
import { answerPar, isOutdated } from './par.rules.js';
import type { RollDto } from './roll.dto.js';
import { accountAtScene, expectedAtScene, newlyMissing } from './roll.rules.js';
import { type RollRow, type RunningPar, saveRoll, settingsOf, unnamedPlaces } from './roll.store.js';
import type { Voice } from './voice.service.js';

interface Speaker {
  userId: string | null;
  name: string;
}
/** Who is there, by whom it was said, how it came, and when. factId: of the fact that keeps it, where somebody points at it. */
export interface ParSaid {
  present: readonly string[];
  unnamedPresent?: number | undefined;
  by: Speaker;
  voice: Voice;
  times: FactTimes;
  factId?: string;
}

/**
 * Takes an answer to a check: whoever is expected and not named is missing, and the duty desks are called. The locks are held, and whoever
 * speaks may. 404 `roll-person.not-found`; 409 `par.step-not-allowed`; 422 `fact.in-future`.
 */
export async function giveParAnswer(tx: Tx, held: HeldRoll, said: ParSaid, answerS: number): Promise<RollDto> {
  const { roll } = held;
  const par = mustRun(held, 'answer');
  const { by, voice, times, factId } = said;
  const stranger = said.present.find((one) => !roll.people.some((person) => person.id === one));
  if (stranger) throw notFound('roll-person', stranger);
  const { occurredAt, now: receivedAt } = times;
  const present = [...said.present, ...unnamedPlaces(Math.min(said.unnamedPresent ?? roll.unnamed, roll.unnamed))];
  const roster = [...expectedAtScene(roll.people).map((person) => person.id), ...unnamedPlaces(roll.unnamed)];
  const answered = { occurredAt, receivedAt, present, byName: by.name, ...voice };
  const clock = answerPar(par.clock, answered, { roster, settings: settingsOf(par.intervalS) });
  const outdated = isOutdated(par.clock, occurredAt);
  const people = accountAtScene(roll.people, new Set(said.present), { occurredAt, byName: by.name });
  const accounted = outdated ? { ...par, clock } : { ...par, clock, accountedAt: occurredAt, holdReason: null };
  const next = { ...roll, people, par: accounted };
  const told = outdated ? next : await tellDesks(tx, held, next, { by, answerS, now: receivedAt });
  const { absent, late } = clock.answers.at(-1)!;
  const fact = { kind: 'par-answered' as const, cycle: clock.cycle, late, heads: present.length, by, times, ...voice, ...(factId ? { id: factId } : {}) }; // prettier-ignore
  const actor = { userId: by.userId, name: by.name, ...(voice.onBehalfOf ? { onBehalfOf: voice.onBehalfOf } : {}) };
  const kind = absent.length > 0 ? 'par.short' : late ? 'par.answered-late' : 'par.answered';
  return saveAnswered(tx, held, told, { fact, kind, actor });
}

/** 409 `par.step-not-allowed` while the clock of the unit does not run. */
export function mustRun({ roll, assignment }: HeldRoll, step: string): RunningPar {
  if (!roll.par) throw new Problem('par.step-not-allowed', { step, status: assignment.status });
  return roll.par;
}

/** Somebody is missing: the desks are called. All there: the question and the call end. */
async function tellDesks(
  tx: Tx,
  { incident, unit, assignment, roll }: HeldRoll,
  next: RollRow,
  { by, answerS, now }: { by: Speaker; answerS: number; now: Date },
): Promise<RollRow> {
  await stopAsking(tx, next, { now, actor: by });
  const { absent } = next.par!.clock.answers.at(-1)!;
  const missing = newlyMissing(roll.people, next.people);
  const silentBefore = roll.par!.clock.answers.at(-1)?.absent.length ?? 0;
  if (missing.length === 0 && absent.length <= silentBefore) return next;
  const about = { incident, unit, missionId: assignment.missionId, answerS, now, actor: by };
  const params = { people: absent.length, names: namesOf(next.people.filter(({ state }) => state === 'missing')) };
  return callDesks(tx, next, { ...about, message: { key: 'par.missing-message', params } });
}

/** Keeps what was said of a clock, and tells it. */
export async function saveAnswered(
  tx: Tx,
  { roll, assignment }: HeldRoll,
  next: RollRow,
  { fact, kind, actor }: { fact: Omit<NewFact, 'assignmentId'>; kind: string; actor: Speaker },
): Promise<RollDto> {
  await insertFact(tx, { ...fact, assignmentId: roll.assignmentId, changed: changedPeople(roll.people, next.people) });
  const saved = await saveRoll(tx, { ...next, open: isOpen(next, assignment.active) }, roll.people);
  return tellRoll(tx, saved, { kind, actor, ...fact.times });
}
