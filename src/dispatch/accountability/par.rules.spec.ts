import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  answerPar,
  excusePar,
  PAR_DEFAULTS,
  type ParClock,
  parResult,
  reschedulePar,
  startPar,
  tickPar,
} from './par.rules.js';

const T0 = Date.parse('2026-07-21T03:00:00Z');
const at = (seconds: number) => new Date(T0 + seconds * 1000);
const settings = PAR_DEFAULTS;
const VOICE = { byName: '张强', onBehalfOf: null, words: null };
const roster = ['张强', '李明', '王芳'];
const tick = (clock: ParClock, s: number) => tickPar(clock, at(s), settings);
const answer = (clock: ParClock, s: number, more: { present?: string[]; receivedS?: number } = {}) =>
  answerPar(
    clock,
    {
      occurredAt: at(s),
      receivedAt: at(more.receivedS ?? s),
      present: more.present ?? roster,
      channel: 'radio',
      ...VOICE,
    },
    { roster, settings },
  );
const missed = () => tick(tick(tick(startPar(at(0), settings), 1200).clock, 1260).clock, 1380).clock;

describe('the accountability clock of a unit', () => {
  it('asks when due, asks again, then counts as missed and escalates once', () => {
    let clock = startPar(at(0), settings);
    expect(tick(clock, 1199)).toEqual({ clock, effect: null });
    const effects: (string | null)[] = [];
    for (const s of [1200, 1259, 1260, 1379, 1380, 1381, 9999]) {
      const step = tick(clock, s);
      clock = step.clock;
      effects.push(step.effect);
    }
    expect(effects).toEqual(['ask', null, 'ask-again', null, 'escalate', null, null]);
    expect(clock).toMatchObject({ state: 'missed', nextAt: null, missedAt: at(1380), escalatedAt: at(1380), asked: 2 });
  });

  it('starts the interval again at the moment that an answer speaks of', () => {
    const asked = tick(startPar(at(0), settings), 1200).clock;
    const done = answer(asked, 1230);
    expect(done).toMatchObject({ state: 'ok', nextAt: at(2430) });
    expect(parResult(done)).toBe('ok');
    const next = tick(done, 2430);
    expect(next).toMatchObject({ effect: 'ask', clock: { cycle: 2, asked: 1, answers: [], missedAt: null } });
  });

  it('compares by name: who is absent, and who came along unasked', () => {
    const asked = tick(startPar(at(0), settings), 1200).clock;
    const said = answer(asked, 1210, { present: ['张强', '王芳', '赵六', '赵六'] });
    expect(said).toMatchObject({ state: 'short', answers: [{ absent: ['李明'], unlisted: ['赵六'], late: false }] });
  });

  it('keeps both the miss and an answer that was given in time and came late', () => {
    const late = answer(missed(), 1300, { receivedS: 2000 });
    expect(late).toMatchObject({ state: 'ok', missedAt: at(1380), answers: [{ late: true, occurredAt: at(1300), receivedAt: at(2000) }] }); // prettier-ignore
    expect(parResult(late)).toBe('answered-late');
    expect(late.nextAt).toEqual(at(2500));
  });

  it('lets an older answer that arrives later change nothing but the record', () => {
    const asked = tick(startPar(at(0), settings), 1200).clock;
    const newer = answer(asked, 1240);
    const older = answer(newer, 1220, { present: [], receivedS: 1300 });
    expect(older).toEqual({ ...newer, answers: [...newer.answers, expect.objectContaining({ absent: roster })] });
  });

  it('asks nothing during a known silence, and at once when it ends', () => {
    const held = excusePar(startPar(at(0), settings), at(3000), at(100));
    expect(tick(held, 2999).effect).toBeNull();
    expect(tick(held, 3000)).toMatchObject({ effect: 'ask', clock: { state: 'asked', nextAt: at(3060) } });
    expect(() => excusePar(held, at(100), at(100))).toThrow('par.step-not-allowed');
    expect(() => excusePar(missed(), at(9000), at(1400))).toThrow('par.step-not-allowed');
  });

  it('counts what comes after an answer or a known silence as a cycle of its own', () => {
    const voluntary = answer(startPar(at(0), settings), 300);
    expect(tick(voluntary, 1500).clock).toMatchObject({ cycle: 2, asked: 1, answers: [] });
    const held = excusePar(answer(tick(startPar(at(0), settings), 1200).clock, 1210), at(3000), at(1300));
    expect(tick(held, 3000).clock).toMatchObject({ cycle: 2, asked: 1, answers: [] });
  });

  it('moves the next question when the interval changes, and leaves a running one alone', () => {
    const often = { ...settings, intervalS: 600 };
    expect(reschedulePar(startPar(at(0), settings), at(0), often).nextAt).toEqual(at(600));
    const asked = tick(startPar(at(0), settings), 1200).clock;
    expect(reschedulePar(asked, at(0), often)).toBe(asked);
  });

  it('refuses an answer from the future', () => {
    expect(() => answer(startPar(at(0), settings), 500, { receivedS: 40 })).toThrow('fact.in-future');
  });

  it('never falls silent: at any moments of looking, a unit is due, or missed and escalated exactly once', () => {
    const looks = fc.array(fc.record({ waitS: fc.integer({ min: 0, max: 4000 }), says: fc.boolean() }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(looks, (steps) => {
        let clock = startPar(at(0), settings);
        let now = 0;
        const escalated = new Map<number, number>();
        for (const { waitS, says } of steps) {
          now += waitS;
          if (says) clock = answer(clock, now);
          const step = tick(clock, now);
          clock = step.clock;
          if (step.effect === 'escalate') escalated.set(clock.cycle, (escalated.get(clock.cycle) ?? 0) + 1);
          expect(clock.nextAt === null).toBe(clock.state === 'missed');
          expect(tick(clock, now - 1).effect).toBeNull();
        }
        expect([...escalated.values()].every((times) => times === 1)).toBe(true);
      }),
    );
  });
});
