import { Problem } from '../../shared/problem.js';
import type { Step } from '../assignment.rules.js';
import { fieldMissing } from '../facts.rules.js';
import type { Mark, Outcome, PersonState, RollCounts, RollPersonDto, Stage } from './roll.dto.js';

export interface RollPerson {
  id: string;
  memberId: string | null;
  name: string;
  phone: string | null;
  position: RollPersonDto['position'];
  state: PersonState;
  /** When the fact happened that put the person into this state. */
  since: Date;
  /** When somebody last spoke of the person by name; null while only the unit did. */
  namedAt: Date | null;
  outcome: Outcome | null;
  words: string | null;
  byName: string;
}
/** The people of a unit, and how many more it counted than have names. */
export interface Roll {
  people: RollPerson[];
  unnamed: number;
  headsTold: number | null;
}

/** Nobody has to look for them any more. */
const ACCOUNTED: ReadonlySet<PersonState> = new Set<PersonState>(['staying', 'left', 'back', 'settled']);
export const isAccounted = ({ state }: Pick<RollPerson, 'state'>): boolean => ACCOUNTED.has(state);
/** Whom a unit counts when it counts itself. */
const COUNTED: ReadonlySet<PersonState> = new Set<PersonState>(['named', 'out', 'on-scene', 'returning']);
const counted = (people: readonly RollPerson[]): number => people.filter(({ state }) => COUNTED.has(state)).length;

const PRESENT_AT: Record<Stage, PersonState> = {
  assembling: 'out',
  'on-scene': 'on-scene',
  release: 'returning',
  home: 'back',
};
/** From which states a mark may be given. What a supervisor settled is only settled anew; who stayed at home is neither missing nor gone. */
export const MARK_FROM: Record<Mark | 'settle', readonly PersonState[]> = {
  coming: ['named', 'staying'],
  staying: ['named', 'staying', 'out', 'on-scene', 'returning', 'missing', 'back'],
  present: ['named', 'staying', 'out', 'on-scene', 'returning', 'missing', 'left', 'back'],
  missing: ['named', 'out', 'on-scene', 'returning', 'missing', 'left', 'back'],
  left: ['out', 'on-scene', 'returning', 'missing', 'left', 'back'],
  settle: ['named', 'out', 'on-scene', 'returning', 'missing', 'left', 'settled'],
};

export interface Said {
  mark: Mark;
  stage: Stage;
  outcome?: Outcome | undefined;
  words?: string | undefined;
}
interface Fact {
  occurredAt: Date;
  byName: string;
}

const stateAfter = ({ mark, stage }: Said): PersonState => {
  if (mark === 'present') return PRESENT_AT[stage];
  return mark === 'coming' ? 'named' : mark;
};

/**
 * A person after a mark. What happened before the person's latest fact changes nothing: facts may come in any order, the latest happened
 * counts; being on the list is no fact yet. 409 `roll-person.step-not-allowed`; 400 when it is not said where somebody who left went.
 */
export function markPerson(person: RollPerson, said: Said, { occurredAt, byName }: Fact): RollPerson {
  if (said.mark === 'left' && !said.outcome) throw fieldMissing('/people/outcome');
  const listed = person.state === 'named' && person.namedAt === null;
  if (!listed && person.since > occurredAt) return person;
  mustAllow(person, said.mark);
  const outcome = said.mark === 'left' ? said.outcome! : null;
  return {
    ...person,
    state: stateAfter(said),
    since: occurredAt,
    namedAt: occurredAt,
    outcome,
    words: said.words ?? null,
    byName,
  };
}

/** What became of a person, by somebody who answers for it. 409 `roll-person.step-not-allowed` when there is nothing to settle. */
export function settlePerson(
  person: RollPerson,
  { outcome, words }: { outcome: Outcome; words: string },
  { occurredAt, byName }: Fact,
): RollPerson {
  mustAllow(person, 'settle');
  return { ...person, state: 'settled', since: occurredAt, namedAt: occurredAt, outcome, words, byName };
}

function mustAllow({ name, state }: RollPerson, step: Mark | 'settle'): void {
  if (!MARK_FROM[step].includes(state))
    throw new Problem('roll-person.step-not-allowed', { name, step, status: state });
}

/** What a step of the whole unit says of those of its people about whom nothing else was said. Who is missing stays missing. */
export const SWEEPS: Partial<Record<Step, Partial<Record<PersonState, PersonState>>>> = {
  depart: { named: 'out' },
  arrive: { named: 'on-scene', out: 'on-scene' },
  release: { out: 'returning', 'on-scene': 'returning' },
  return: { out: 'returning', 'on-scene': 'returning' },
  close: { named: 'back', out: 'back', 'on-scene': 'back', returning: 'back' },
  decline: { named: 'staying' },
  miss: { named: 'staying' },
  withdraw: { named: 'staying' },
};
const NEVER_WENT: readonly Step[] = ['decline', 'miss', 'withdraw'];

/**
 * The roll after a step of the whole unit. `heads`: the number that the step tells. Coming home with another number than is out accounts
 * for nobody: then the names must be told.
 */
export function followStep(
  roll: Roll,
  step: Step,
  { heads, departed, ...fact }: Fact & { heads: number | null; departed: boolean },
): Roll {
  const sweep = SWEEPS[step] ?? {};
  const swept = roll.people.filter((person) => sweep[person.state] !== undefined && !isSpokenFor(person, fact));
  if (step === 'close') {
    if (heads !== null && heads !== swept.length + roll.unnamed) return { ...roll, headsTold: heads };
    return { people: move(roll.people, sweep, fact), unnamed: 0, headsTold: heads ?? roll.headsTold };
  }
  const people = move(roll.people, sweep, fact);
  if (NEVER_WENT.includes(step)) return { ...roll, people, unnamed: departed ? roll.unnamed : 0 };
  if (heads === null) return { ...roll, people };
  // A smaller number than before does not account for anybody: those without a name stay until they are named, settled or home.
  return { people, unnamed: Math.max(roll.unnamed, heads - counted(people)), headsTold: heads };
}

/** Something was said of the person by name after the step happened. The steps themselves come in the order of the state machine. */
const isSpokenFor = ({ namedAt }: RollPerson, { occurredAt }: Fact): boolean =>
  namedAt !== null && namedAt > occurredAt;

const move = (people: RollPerson[], sweep: Partial<Record<PersonState, PersonState>>, fact: Fact) =>
  people.map((person) => {
    const to = sweep[person.state];
    if (!to || isSpokenFor(person, fact)) return person;
    return { ...person, state: to, since: fact.occurredAt, words: null, byName: fact.byName };
  });

/**
 * The roll after people were told by name: those who got a name, or came after all, are no longer among the unnamed. On the way out the
 * names are the number; on the way home they grow fewer.
 */
export function tellNames(roll: Roll, people: RollPerson[], stage: Stage): Roll {
  const more = counted(people) - counted(roll.people);
  const outward = stage === 'assembling' || stage === 'on-scene';
  return {
    people,
    unnamed: Math.max(0, roll.unnamed - Math.max(0, more)),
    headsTold: outward ? counted(people) : roll.headsTold,
  };
}

/** How many are where. The parts add up to the total, whatever was told in whatever order. */
export function countRoll({ people, unnamed }: Pick<Roll, 'people' | 'unnamed'>): RollCounts {
  const of = (...states: PersonState[]) => people.filter(({ state }) => states.includes(state)).length;
  return {
    total: people.length, coming: of('named'), staying: of('staying'), out: of('out'), onScene: of('on-scene'),
    returning: of('returning'), missing: of('missing'), elsewhere: of('left', 'settled'), back: of('back'),
    unaccounted: people.filter((person) => !isAccounted(person)).length + unnamed,
  }; // prettier-ignore
}

/** Who is expected to answer when the unit at the scene is asked. */
export const expectedAtScene = (people: readonly RollPerson[]): RollPerson[] =>
  people.filter(({ state }) => state === 'on-scene' || state === 'missing');

/** People after the unit said who is there: whoever is expected and was not named is missing. */
export function accountAtScene(people: readonly RollPerson[], present: ReadonlySet<string>, fact: Fact): RollPerson[] {
  const expected = new Set(expectedAtScene(people));
  return people.map((person) => {
    if (present.has(person.id))
      return person.state === 'settled' ? person : markPerson(person, { mark: 'present', stage: 'on-scene' }, fact);
    return expected.has(person) ? markPerson(person, { mark: 'missing', stage: 'on-scene' }, fact) : person;
  });
}

/** Who is missing now and was not before, newcomers to the roll included. */
export function newlyMissing(before: readonly RollPerson[], after: readonly RollPerson[]): RollPerson[] {
  const known = new Set(before.filter(({ state }) => state === 'missing').map(({ id }) => id));
  return after.filter(({ id, state }) => state === 'missing' && !known.has(id));
}
