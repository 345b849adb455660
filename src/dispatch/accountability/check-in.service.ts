import { Inject, Injectable } from '@nestjs/common';
import { type Action, type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, read, type Tx } from '../../database/index.js';
import { membersOfTeam } from '../../rescue-teams/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { assignmentPaths, type HeldAssignment, holdAssignment } from '../assignment.service.js';
import { fieldMissing, mustHaveHappened } from '../facts.rules.js';
import { factsOf, insertFact } from './facts.store.js';
import { changedPeople, type FactTimes, isOpen, tellRoll } from './following.service.js';
import { callDesks, stopAsking } from './par-alerts.service.js';
import type { CheckIn, RollDto, RollFactDto, SettlePeople } from './roll.dto.js';
import { markPerson, newlyMissing, type RollPerson, settlePerson, tellNames } from './roll.rules.js';
import { findRoll, lockRoll, type RollFilter, type RollRow, saveRoll, toRollDto, visibleRolls } from './roll.store.js';
import { timesOf, voiceFor } from './voice.service.js';

/** A roll with what it is about, all locked. */
export interface HeldRoll extends HeldAssignment {
  roll: RollRow;
}
/** People of one unit; more are a mistake. */
const MOST_PEOPLE = 500;
const ENDED = ['closed', 'dismissed', 'merged'];

/** Locks incident, unit, assignment and roll for an actor who may act for the unit. 404 `roll.not-found`; 403; 409 `roll.closed`. */
export async function holdRoll(
  tx: Tx,
  actor: Actor,
  asked: { id: string; action: Action; now: Date },
): Promise<HeldRoll> {
  const { id, action, now } = asked;
  visibleOr404(actor, await findRoll(tx, id), 'roll', id);
  const held = await holdAssignment(tx, id, now);
  allow(actor, action, { paths: assignmentPaths(held), teamId: held.assignment.teamId });
  if (ENDED.includes(held.incident.status)) throw new Problem('roll.closed', {}, { status: 409 });
  return { ...held, roll: (await lockRoll(tx, id))! };
}

@Injectable()
export class CheckInService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Who of a unit is where, by name. 404 `roll.not-found`. */
  async roll(actor: Actor, id: string): Promise<RollDto> {
    return read(this.db, async (tx) => toRollDto(visibleOr404(actor, await findRoll(tx, id), 'roll', id)));
  }

  async rolls(actor: Actor, filter: RollFilter): Promise<RollDto[]> {
    return read(this.db, (tx) => visibleRolls(tx, actor.keys, filter));
  }

  /** What was said about the people of a unit and what its clock did, newest first. 404 `roll.not-found`. */
  async facts(actor: Actor, id: string, page: { before: string | null; limit: number }): Promise<RollFactDto[]> {
    return read(this.db, async (tx) => {
      visibleOr404(actor, await findRoll(tx, id), 'roll', id);
      return factsOf(tx, id, page);
    });
  }

  /**
   * A check by name: who comes, stays, is present, missing, or left for where. People who are missing are told to the duty desks. 404
   * `roll-person.not-found`, `team-member.not-found`; 409 `roll-person.step-not-allowed`, `roll.closed`; 422 `fact.in-future`.
   */
  async checkIn(actor: Actor, id: string, input: CheckIn): Promise<RollDto> {
    return inCommand(this.db, actor, async (tx) => {
      const times = timesOf(input, this.clock.now());
      mustHaveHappened(times);
      const held = await holdRoll(tx, actor, { id, action: 'assignment.step', now: times.now });
      const voice = voiceFor(actor, held, input);
      const { occurredAt } = times;
      const fact = { occurredAt, byName: actor.name };
      const added = await this.addPeople(tx, held, input, fact);
      const marked = markAll(held.roll.people, input, fact);
      const told = { ...held.roll, ...tellNames(held.roll, [...marked, ...added], input.stage) };
      const newest = !told.checkedAt || told.checkedAt <= occurredAt;
      const checked = newest ? { ...told, checkedAt: occurredAt, checkedStage: input.stage } : told;
      return this.save(tx, held, checked, {
        kind: 'check-in', change: 'people.checked-in', stage: input.stage, actor, times, ...voice,
      }); // prettier-ignore
    });
  }

  /**
   * What became of people who are not accounted for, in the words of a duty lead or supervisor, who answers for them. 409
   * `roll-person.step-not-allowed`; 422 `roll.nobody-unnamed`.
   */
  async settle(actor: Actor, id: string, input: SettlePeople): Promise<RollDto> {
    return inCommand(this.db, actor, async (tx) => {
      const times = timesOf(input, this.clock.now());
      mustHaveHappened(times);
      const held = await holdRoll(tx, actor, { id, action: 'people.settle', now: times.now });
      const { roll } = held;
      if (input.unnamed && roll.unnamed === 0) throw new Problem('roll.nobody-unnamed');
      const fact = { occurredAt: times.occurredAt, byName: actor.name };
      const people = eachNamed(roll.people, input.people, (person, said) => settlePerson(person, said, fact));
      const settled = { ...roll, people, unnamed: input.unnamed ? 0 : roll.unnamed };
      const heads = input.unnamed ? roll.unnamed : null;
      const words = input.unnamed?.words ?? null;
      return this.save(tx, held, settled, { kind: 'settled', change: 'people.settled', actor, times, heads, words });
    });
  }

  private async addPeople(
    tx: Tx,
    { assignment, roll }: HeldRoll,
    { add, stage }: CheckIn,
    fact: { occurredAt: Date; byName: string },
  ): Promise<RollPerson[]> {
    if (roll.people.length + add.length > MOST_PEOPLE) throw new Problem('roll.too-long', { most: MOST_PEOPLE });
    const members = await membersOfTeam(tx, assignment.teamId, add.flatMap(({ memberId }) => memberId ?? [])); // prettier-ignore
    return add.map((one, n) => {
      const member = members.find(({ id }) => id === one.memberId);
      if (one.memberId && !member) throw notFound('team-member', one.memberId);
      const listed = member && roll.people.some(({ memberId }) => memberId === member.id);
      if (listed) throw new Problem('roll-person.exists', { name: member.name });
      const name = member?.name ?? one.name;
      if (!name) throw fieldMissing(`/add/${n}/name`);
      const person: RollPerson = {
        id: one.id ?? newId(), memberId: member?.id ?? null, name, phone: member?.phone ?? one.phone ?? null,
        position: member?.position ?? 'guest', state: 'named', since: assignment.reservedAt, namedAt: null, outcome: null, words: null, byName: fact.byName,
      }; // prettier-ignore
      return markPerson(person, { mark: 'present', stage }, fact);
    });
  }

  private async save(
    tx: Tx,
    held: HeldRoll,
    decided: RollRow,
    { kind, change, actor, times, ...said }: SaveAs,
  ): Promise<RollDto> {
    const { incident, unit, assignment, roll } = held;
    const about = {
      incident,
      unit,
      missionId: assignment.missionId,
      answerS: this.config.ALERT_ANSWER_S,
      now: times.now,
      actor,
    };
    const changed = changedPeople(roll.people, decided.people);
    const missing = newlyMissing(roll.people, decided.people);
    const silent = ['asked', 'missed'].includes(decided.par?.clock.state ?? '');
    let next: RollRow = { ...decided, open: isOpen(decided, assignment.active) };
    if (missing.length > 0) {
      const params = { people: missing.length, names: namesOf(missing) };
      next = await callDesks(tx, next, { ...about, message: { key: 'par.missing-message', params } });
    } else if (!silent) await stopAsking(tx, next, about);
    await insertFact(tx, { assignmentId: roll.assignmentId, kind, changed, by: actor, times, ...said });
    const saved = await saveRoll(tx, next, roll.people);
    const onBehalfOf = said.onBehalfOf ? { onBehalfOf: said.onBehalfOf } : {};
    const by = { userId: actor.userId, name: actor.name, ...onBehalfOf };
    return tellRoll(tx, saved, { kind: change, actor: by, ...times });
  }
}

interface SaveAs {
  kind: RollFactDto['kind'];
  change: string;
  actor: Actor;
  times: FactTimes;
  stage?: string;
  heads?: number | null;
  onBehalfOf?: string | null;
  channel?: string | null;
  words?: string | null;
}

export const namesOf = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join('、');

const markAll = (people: RollPerson[], { people: said, stage }: CheckIn, fact: { occurredAt: Date; byName: string }) =>
  eachNamed(people, said, (person, { mark, outcome, words }) =>
    markPerson(person, { mark, stage, outcome, words }, fact),
  );

/** The people with those changed of whom something was said. 404 `roll-person.not-found`; 422 `roll-person.named-twice`. */
function eachNamed<S extends { personId: string }>(
  people: RollPerson[],
  said: readonly S[],
  change: (person: RollPerson, said: S) => RollPerson,
): RollPerson[] {
  const byId = new Map(said.map((one) => [one.personId, one]));
  const unknown = said.find(({ personId }) => !people.some(({ id }) => id === personId));
  if (unknown) throw notFound('roll-person', unknown.personId);
  if (byId.size < said.length) throw new Problem('roll-person.named-twice');
  return people.map((person) => {
    const one = byId.get(person.id);
    return one ? change(person, one) : person;
  });
}
