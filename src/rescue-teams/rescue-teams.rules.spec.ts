import { describe, expect, it } from '@jest/globals';
import { factTimes, isNewer, maskedPhone, mayStandDown, shanghaiDay, unitsOnDuty } from './duty.rules.js';
import { READINESS, teamReadiness, unitReadiness } from './readiness.rules.js';
import type { Unit } from './rescue-teams.entity.js';

const person = { memberId: 'm', userId: null, name: '示范', phone: '13900000000', email: null };
const booking = { assignmentId: 'a', incidentId: 'i', status: 'alerted', since: '2026-07-20T19:00:00.000Z' };
const facts = (
  more: { people?: object; kit?: object } & Partial<Pick<Unit, 'leader' | 'deputy' | 'booking' | 'standBy'>> = {},
) => {
  const { people, kit, ...rest } = more;
  return {
    id: 'u', leader: person, deputy: person, booking: null, standBy: true, ...rest,
    people: { members: 10, certified: 10, insured: 10, expiring: 0, expired: 0, unreachable: 0, ...people },
    kit: { overdue: 0, inRepair: 0, ...kit },
  }; // prettier-ignore
};
const codes = ({ reasons }: { reasons: { code: string; params: Record<string, unknown> }[] }) =>
  reasons.map(({ code, params }) => `${String(params.effect)} ${code}`);

describe('readiness of a unit', () => {
  it('has nothing to say about a unit that has everything', () => {
    expect(unitReadiness(facts())).toEqual({ state: 'available', ready: true, reasons: [] });
  });

  it.each([
    [{ leader: null }, 'not-ready', ['blocks no-leader']],
    [{ deputy: null }, 'available', ['limits no-deputy']],
    [{ people: { certified: 4 } }, 'not-ready', ['blocks too-few-certified']],
    [{ people: { certified: 5 } }, 'available', ['limits too-few-certified']],
    [{ people: { certified: 8 } }, 'available', []],
    [{ people: { unreachable: 1 } }, 'available', ['warns not-reachable']],
    [{ people: { members: 0, certified: 0, insured: 0 } }, 'not-ready', ['blocks too-few-certified']],
    [{ people: { insured: 9 } }, 'available', ['limits insurance-missing']],
    [{ people: { expiring: 2 } }, 'available', ['warns credential-expiring']],
    [{ people: { expired: 2 } }, 'available', ['limits credential-expired']],
    [{ kit: { overdue: 1 } }, 'available', ['limits equipment-inspection-overdue']],
    [{ kit: { inRepair: 1 } }, 'available', ['limits equipment-in-repair']],
    [{ standBy: false }, 'stood-down', ['blocks unit-stood-down']],
    [{ booking }, 'booked', ['blocks unit-booked']],
  ] as const)('%j is %s', (more, state, expected) => {
    const readiness = unitReadiness(facts(more));
    expect([readiness.state, codes(readiness)]).toEqual([state, expected]);
  });

  it('follows booked, then stood down, then not ready, whatever else is so', () => {
    for (const held of [booking, null])
      for (const standBy of [true, false])
        for (const leader of [person, null]) {
          const { state, ready } = unitReadiness(facts({ booking: held, standBy, leader }));
          expect(ready).toBe(leader !== null);
          expect(state).toBe(held ? 'booked' : !standBy ? 'stood-down' : leader ? 'available' : 'not-ready');
        }
  });

  it('says how many, and what share would do', () => {
    const [certified, insurance] = unitReadiness(facts({ people: { certified: 6, insured: 7 } })).reasons;
    expect(certified!.params).toEqual({
      effect: 'limits',
      count: 4,
      certified: 6,
      members: 10,
      certifiedPct: 60,
      minimumPct: 80,
    });
    expect(insurance!.params).toEqual({ effect: 'limits', count: 3 });
  });

  it('names a source for every line', () => {
    expect(READINESS.filter((line) => line.source === '')).toEqual([]);
  });
});

describe('readiness of a team', () => {
  const team = (more: Parameters<typeof facts>[0] = {}) => ({ ...facts(more), id: 't' });

  it('is ready, limited or not ready by its own people and what its units can do', () => {
    expect(teamReadiness(team(), [facts()])).toMatchObject({ teamId: 't', state: 'ready', reasons: [] });
    const half = teamReadiness(team(), [facts(), facts({ booking }), facts({ standBy: false })]);
    expect([half.state, codes(half)]).toEqual(['limited', ['limits unit-booked', 'limits unit-stood-down']]);
    expect(half.units.map((unit) => unit.state)).toEqual(['available', 'booked', 'stood-down']);
    const none = teamReadiness(team(), [facts({ booking })]);
    expect([none.state, codes(none)]).toEqual(['not-ready', ['limits unit-booked', 'blocks no-unit-ready']]);
    expect(teamReadiness(team({ leader: null }), [facts()]).state).toBe('not-ready');
    expect(teamReadiness(team({ people: { certified: 1 } }), [facts()]).state).toBe('limited');
    expect(teamReadiness(team({ people: { expiring: 3 } }), [facts()]).state).toBe('ready');
    expect(teamReadiness(team(), []).state).toBe('not-ready');
  });
});

describe('duty', () => {
  const unit = (id: string, more: object = {}) => ({ id, code: `U-${id}`, booking: null, ...more }) as Unit;

  it('is about the named units of this team, or all of them', () => {
    const own = [unit('a'), unit('b')];
    expect(unitsOnDuty(own, undefined)).toEqual(own);
    expect(unitsOnDuty(own, ['b'])).toEqual([own[1]]);
    expect(() => unitsOnDuty(own, ['c'])).toThrow(
      expect.objectContaining({ code: 'team-unit.not-found', status: 404 }),
    );
  });

  it('keeps a booked unit on duty', () => {
    expect(() => mayStandDown([unit('a')])).not.toThrow();
    const problem = {
      code: 'team-unit.step-not-allowed',
      status: 409,
      params: { unit: 'U-b', step: 'stand-down', state: 'booked' },
    };
    expect(() => mayStandDown([unit('a'), unit('b', { booking })])).toThrow(expect.objectContaining(problem));
  });

  it('believes the newest position only, and no fact of the future', () => {
    const at = new Date('2026-07-21T00:00:00Z');
    expect([isNewer(at, null), isNewer(at, at), isNewer(at, new Date(at.getTime() - 1))]).toEqual([true, false, true]);
    expect(factTimes({}, at)).toEqual({ occurredAt: at, recordedAt: at });
    expect(() => factTimes({ occurredAt: '2026-07-21T00:05:01Z' }, at)).toThrow('request.invalid');
    expect(shanghaiDay(new Date('2026-07-20T16:00:00Z'))).toBe('2026-07-21');
  });

  it('hides the middle of a number', () => {
    expect([maskedPhone('13912345678'), maskedPhone('12345')]).toEqual(['139****78', '*****']);
  });
});
