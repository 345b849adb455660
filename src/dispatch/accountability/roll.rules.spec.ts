import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MARKS, type Mark, type PersonState, PERSON_STATES, STAGES } from './roll.dto.js';
import { countRoll, expectedAtScene, followStep, isAccounted, markPerson, type Roll, type RollPerson, settlePerson, SWEEPS, tellNames } from './roll.rules.js'; // prettier-ignore

const T0 = Date.parse('2026-07-21T03:00:00Z');
const at = (minutes: number) => new Date(T0 + minutes * 60_000);
const fact = (minutes: number) => ({ occurredAt: at(minutes), byName: '张强' });
const person = (id: string, state: PersonState, minutes = 0): RollPerson => ({
  id, memberId: null, name: `队员${id}`, phone: null, position: 'member', state, since: at(minutes), namedAt: minutes > 0 ? at(minutes) : null,
  outcome: state === 'left' ? 'hospital' : state === 'settled' ? 'returned' : null, words: null, byName: '',
}); // prettier-ignore
const roll = (...people: RollPerson[]): Roll => ({ people, unnamed: 0, headsTold: null });
const statesOf = ({ people }: Roll) => people.map(({ state }) => state);
const said = (mark: Mark, stage: (typeof STAGES)[number] = 'on-scene') => ({ mark, stage, ...(mark === 'left' ? { outcome: 'hospital' as const } : {}) }); // prettier-ignore

/** What each mark makes of each state; a dot is refused. Columns: the states in their order. */
const MATRIX: Record<Mark | 'settle', string> = {
  coming: 'named named . . . . . . .',
  staying: 'staying staying staying staying staying staying . staying .',
  present: 'on-scene on-scene on-scene on-scene on-scene on-scene on-scene on-scene .',
  missing: 'missing . missing missing missing missing missing missing .',
  left: '. . left left left left left left .',
  settle: 'settled . settled settled settled settled settled . settled',
};

describe('one person of a unit that went out', () => {
  const cases = Object.entries(MATRIX).flatMap(([mark, row]) =>
    row.split(' ').map((to, n) => [mark, PERSON_STATES[n]!, to] as [Mark | 'settle', PersonState, string]),
  );
  it('has a line for each mark and state', () => {
    expect(Object.keys(MATRIX)).toEqual([...MARKS, 'settle']);
    expect(cases).toHaveLength(6 * PERSON_STATES.length);
  });
  it.each(cases)('%s from %s gives %s', (mark, from, to) => {
    const act = () =>
      mark === 'settle'
        ? settlePerson(person('1', from), { outcome: 'handed-over', words: '移交当地公安' }, fact(1))
        : markPerson(person('1', from), said(mark), fact(1));
    if (to !== '.') expect(act()).toMatchObject({ state: to, since: at(1), byName: '张强' });
    else expect(act).toThrow(expect.objectContaining({ code: 'roll-person.step-not-allowed', status: 409 }));
  });

  it('is where the stage says when present', () => {
    const states = STAGES.map((stage) => markPerson(person('1', 'out'), said('present', stage), fact(1)).state);
    expect(states).toEqual(['out', 'on-scene', 'returning', 'back']);
  });

  it('says where it went when it left, and forgets that when it is back', () => {
    expect(() => markPerson(person('1', 'on-scene'), { mark: 'left', stage: 'on-scene' }, fact(1))).toThrow('request.invalid'); // prettier-ignore
    const gone = markPerson(person('1', 'on-scene'), { mark: 'left', stage: 'on-scene', outcome: 'sent-home', words: '发烧' }, fact(1)); // prettier-ignore
    expect(gone).toMatchObject({ state: 'left', outcome: 'sent-home', words: '发烧' });
    expect(markPerson(gone, said('present', 'home'), fact(2))).toMatchObject({ state: 'back', outcome: null, words: null }); // prettier-ignore
  });

  it('keeps the later fact when an older one arrives after it', () => {
    const newer = person('1', 'on-scene', 10);
    expect(markPerson(newer, said('missing'), fact(9))).toBe(newer);
    expect(markPerson(newer, said('missing'), fact(10)).state).toBe('missing');
  });
});

describe('a step of the whole unit', () => {
  const step = (held: Roll, name: Parameters<typeof followStep>[1], more: { heads?: number; departed?: boolean; minutes?: number } = {}) =>
    followStep(held, name, { heads: more.heads ?? null, departed: more.departed ?? true, ...fact(more.minutes ?? 5) }); // prettier-ignore

  it.each([
    ['depart', 'out staying out on-scene returning missing left back settled'],
    ['arrive', 'on-scene staying on-scene on-scene returning missing left back settled'],
    ['work', 'named staying out on-scene returning missing left back settled'],
    ['release', 'named staying returning returning returning missing left back settled'],
    ['return', 'named staying returning returning returning missing left back settled'],
    ['close', 'back staying back back back missing left back settled'],
    ['decline', 'staying staying out on-scene returning missing left back settled'],
    ['miss', 'staying staying out on-scene returning missing left back settled'],
    ['withdraw', 'staying staying out on-scene returning missing left back settled'],
  ] as const)('%s moves those of whom nothing else was said', (name, states) => {
    const everyone = roll(...PERSON_STATES.map((state, n) => person(String(n), state)));
    expect(statesOf(step(everyone, name))).toEqual(states.split(' '));
  });

  it('never finds who is missing, and never loses who is accounted for', () => {
    const moved = Object.values(SWEEPS).flatMap((sweep) => Object.keys(sweep));
    expect(moved).not.toContain('missing');
    expect(moved.filter((state) => isAccounted({ state: state as PersonState }))).toEqual([]);
  });

  it('counts heads beyond the names, until they get names', () => {
    const arrived = step(roll(person('1', 'out'), person('2', 'out')), 'arrive', { heads: 4 });
    expect(arrived).toMatchObject({ unnamed: 2, headsTold: 4 });
    expect(countRoll(arrived)).toMatchObject({ total: 2, onScene: 2, unaccounted: 4 });
    expect(step(arrived, 'release', { heads: 2 })).toMatchObject({ unnamed: 2, headsTold: 2 });
    const named = tellNames(arrived, [...arrived.people, person('3', 'on-scene')], 'on-scene');
    expect(named).toMatchObject({ unnamed: 1, headsTold: 3 });
  });

  it('brings nobody home when another number comes home than is out', () => {
    const out = roll(person('1', 'returning'), person('2', 'returning'), person('3', 'missing'));
    expect(statesOf(step(out, 'close', { heads: 1 }))).toEqual(['returning', 'returning', 'missing']);
    expect(statesOf(step(out, 'close', { heads: 2 }))).toEqual(['back', 'back', 'missing']);
    expect(countRoll(step(out, 'close')).unaccounted).toBe(1);
  });

  it('lets people turn back only when they were counted home', () => {
    const gone = { ...roll(person('1', 'out')), unnamed: 2 };
    expect(countRoll(step(gone, 'withdraw')).unaccounted).toBe(3);
    expect(step({ ...roll(person('1', 'named')), unnamed: 2 }, 'withdraw', { departed: false })).toMatchObject({ unnamed: 0 }); // prettier-ignore
  });

  it('goes on in its own order, whatever the clocks of phones say', () => {
    const arrived = step(roll(person('1', 'named')), 'arrive', { minutes: 9 });
    expect(statesOf(step(arrived, 'release', { minutes: 5 }))).toEqual(['returning']);
  });

  it('leaves a person alone about whom something later is known', () => {
    expect(statesOf(step(roll(person('1', 'out', 9)), 'arrive', { minutes: 5 }))).toEqual(['out']);
  });

  it('expects at the scene whom it has there, found or not', () => {
    const everyone = PERSON_STATES.map((state, n) => person(String(n), state));
    expect(expectedAtScene(everyone).map(({ state }) => state)).toEqual(['on-scene', 'missing']);
  });
});

describe('whatever order the words come in', () => {
  const IDS = ['1', '2', '3', '4'];
  const steps = ['assemble', 'depart', 'arrive', 'work', 'release', 'return', 'close', 'withdraw'] as const;
  const word = fc.record({
    id: fc.constantFrom(...IDS),
    mark: fc.constantFrom(...MARKS),
    stage: fc.constantFrom(...STAGES),
    minutes: fc.integer({ min: 1, max: 500 }),
    step: fc.option(fc.constantFrom(...steps)),
    heads: fc.option(fc.integer({ min: 0, max: 8 })),
  });
  type Word = { id: string; mark: Mark; stage: (typeof STAGES)[number]; minutes: number };
  const mark = (held: RollPerson, { mark: name, stage, minutes }: Word): RollPerson => {
    try {
      return markPerson(held, said(name, stage), fact(minutes));
    } catch {
      return held; // a refused word changes nothing
    }
  };

  it('the counts balance and nobody is lost from the roll', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        let held = roll(...IDS.map((id) => person(id, 'named')));
        for (const one of words) {
          held = one.step
            ? followStep(held, one.step, { heads: one.heads, departed: true, ...fact(one.minutes) })
            : tellNames(
                held,
                held.people.map((each) => (each.id === one.id ? mark(each, one) : each)),
                one.stage,
              );
          const { total, unaccounted, ...parts } = countRoll(held);
          expect(held.people.map(({ id }) => id)).toEqual(IDS);
          expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
          expect(unaccounted - held.unnamed).toBe(total - parts.staying - parts.elsewhere - parts.back);
          expect(held.unnamed).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('check-ins of different moments end in the same place in any order', () => {
    const checks = fc.uniqueArray(fc.record({ id: fc.constantFrom(...IDS), mark: fc.constantFrom('present' as Mark, 'missing' as Mark), stage: fc.constantFrom(...STAGES), minutes: fc.integer({ min: 1, max: 500 }) }), { selector: ({ id, minutes }) => `${id} ${minutes}`, maxLength: 20 }); // prettier-ignore
    const shuffled = checks.chain((list) =>
      fc.shuffledSubarray(list, { minLength: list.length }).map((other) => [list, other] as const),
    );
    const play = (words: readonly Word[]) =>
      words.reduce<RollPerson[]>(
        (people, one) => people.map((each) => (each.id === one.id ? mark(each, one) : each)),
        IDS.map((id) => person(id, 'out')),
      );
    fc.assert(fc.property(shuffled, ([one, other]) => expect(play(one)).toEqual(play(other))));
  });
});
