import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as rules from './request.rules.js';
import { LINE_STATES, REQUEST_STATUSES, type RequestLineState, type RequestStatus } from './requests.dto.js';

const line = (state: RequestLineState, committedUnits: number): rules.LineFacts => ({
  id: 'line', line: 1, itemId: 'item', state, requestedUnits: 10, committedUnits, reservedUnits: committedUnits, inTransitUnits: 0, receivedUnits: 0,
}); // prettier-ignore

/** Where a step leads with nothing, a part and all promised: before the rest was passed up, and after. */
const BY_QUANTITY = { before: ['open', 'part-filled', 'filled'], after: ['passed-up', 'passed-up', 'filled'] } as const;
const ALLOWED: Record<rules.LineStep, readonly RequestLineState[]> = {
  commit: ['open', 'part-filled', 'passed-up'],
  'take-back': ['open', 'part-filled', 'filled', 'passed-up'],
  'pass-up': ['open', 'part-filled', 'passed-up'],
  recount: ['open', 'part-filled', 'filled', 'passed-up'],
  withdraw: ['open', 'part-filled', 'filled', 'passed-up'],
  close: ['open', 'part-filled', 'filled', 'passed-up'],
};

describe('the states of a request line', () => {
  const pairs = LINE_STATES.flatMap((from) => rules.LINE_STEPS.map((step) => [from, step] as const));
  it.each(pairs)('%s: %s', (from, step) => {
    for (const [n, committed] of [0, 4, 10].entries()) {
      for (const passedUp of [false, true]) {
        const take = () => rules.lineStateAfter(line(from, committed), step, passedUp);
        if (!ALLOWED[step].includes(from)) {
          expect(take).toThrow(expect.objectContaining({ code: 'stock-request.step-not-allowed', status: 409 }));
          continue;
        }
        const ends = { withdraw: 'withdrawn', close: 'closed' } as Record<string, string>;
        expect(take()).toBe(ends[step] ?? BY_QUANTITY[passedUp ? 'after' : 'before'][n]);
      }
    }
  });
});

describe('the status of a request', () => {
  const LIVES: Record<rules.RequestStep, RequestStatus[]> = {
    answer: ['open'], 'pass-up': ['open'], ask: ['open'], decline: ['open'], 'take-back': ['open', 'answered'],
    withdraw: ['open', 'answered'], close: ['open', 'answered'],
  }; // prettier-ignore
  const pairs = REQUEST_STATUSES.flatMap((status) => rules.REQUEST_STEPS.map((step) => [status, step] as const));
  it.each(pairs)('%s: %s', (status, step) => {
    const ask = () => rules.mustAllow(step, status);
    if (LIVES[step].includes(status)) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ code: 'stock-request.step-not-allowed', status: 409 }));
  });

  it.each([
    [['open', 'filled'], 'open'],
    [['part-filled'], 'open'],
    [['passed-up', 'closed'], 'open'],
    [['filled', 'withdrawn', 'closed'], 'answered'],
    [['withdrawn', 'withdrawn'], 'withdrawn'],
    [['withdrawn', 'closed'], 'closed'],
  ] as [RequestLineState[], RequestStatus][])('%j is %s', (states, status) => {
    expect(rules.statusOf(states.map((state) => ({ state })))).toBe(status);
  });
});

describe('what may be given', () => {
  const lines = [line('open', 0), { ...line('passed-up', 6), id: 'other', line: 2 }];
  it('is never more than what is still missing, summed over the answer', () => {
    const few = fc.integer({ min: 1, max: 12 });
    const gift = fc.record({ lineId: fc.constantFrom('line', 'other'), units: few });
    fc.assert(
      fc.property(fc.array(gift, { minLength: 1, maxLength: 4 }), (given) => {
        const sum = (id: string) => given.reduce((units, one) => units + (one.lineId === id ? one.units : 0), 0);
        const give = () => rules.mustBeWanted(lines, given);
        if (sum('line') <= 10 && sum('other') <= 4) expect(give).not.toThrow();
        else expect(give).toThrow(expect.objectContaining({ code: 'stock-request.over-committed', status: 422 }));
      }),
    );
  });

  it('goes to lines of the request that still wait', () => {
    expect(() => rules.mustBeWanted(lines, [{ lineId: 'none', units: 1 }])).toThrow('request.invalid');
    for (const state of ['filled', 'withdrawn', 'closed'] as const)
      expect(() => rules.mustBeWanted([line(state, 0)], [{ lineId: 'line', units: 1 }])).toThrow(
        'stock-request.step-not-allowed',
      );
    expect(() => rules.namedLines(lines, ['line', 'line'])).toThrow('request.invalid');
    expect(() => rules.namedLines(lines, ['none'])).toThrow('request.invalid');
    expect(rules.namedLines([...lines, { ...line('closed', 0), id: 'ended' }], undefined)).toHaveLength(2);
  });
});

describe('desks', () => {
  const county = { id: 'county', shortName: '县' };
  const STATES = ['not asked', 'open', 'passed-up', 'declined'] as const;
  const ACTS = ['answer', 'pass-up', 'decline', 'ask', 'be asked'] as const;
  const [NOT_ASKED, NOT_NOW, TWICE] = ['stock-request.not-asked', 'stock-request.step-not-allowed', 'stock-request.asked-already']; // prettier-ignore
  /** Which act a desk allows, or the code that it is refused with. Who passed the rest on may still find something to give. */
  const LEADS: Record<(typeof STATES)[number], Record<(typeof ACTS)[number], string | null>> = {
    'not asked': { answer: NOT_ASKED!, 'pass-up': NOT_ASKED!, decline: NOT_ASKED!, ask: NOT_ASKED!, 'be asked': null },
    open: { answer: null, 'pass-up': null, decline: null, ask: null, 'be asked': TWICE! },
    'passed-up': { answer: null, 'pass-up': NOT_NOW!, decline: NOT_NOW!, ask: NOT_NOW!, 'be asked': TWICE! },
    declined: { answer: null, 'pass-up': NOT_NOW!, decline: NOT_NOW!, ask: NOT_NOW!, 'be asked': TWICE! },
  };
  it.each(STATES.flatMap((state) => ACTS.map((act) => [state, act] as const)))('%s: %s', (state, act) => {
    const society = { id: 'city', shortName: '市' };
    const desks = state === 'not asked' ? [] : [{ societyId: 'city', outcome: state === 'open' ? null : state }];
    const take = () => {
      if (act === 'answer') rules.mustBeAsked(desks, society);
      else if (act === 'be asked') rules.mustBeNew(desks, society, 'county');
      else rules.openDesk(desks, society, act);
    };
    const refused = LEADS[state][act];
    if (refused) expect(take).toThrow(refused);
    else expect(take).not.toThrow();
  });

  it('answer once asked, pass on while open, are asked once', () => {
    const desks = [{ societyId: 'city', outcome: 'passed-up' as const }, { societyId: 'province', outcome: null }]; // prettier-ignore
    const city = { id: 'city', shortName: '市' };
    expect(() => rules.mustBeAsked(desks, city)).not.toThrow();
    expect(() => rules.mustBeAsked(desks, county)).toThrow('stock-request.not-asked');
    expect(() => rules.openDesk(desks, city, 'decline')).toThrow('stock-request.step-not-allowed');
    expect(rules.openDesk(desks, { id: 'province', shortName: '省' }, 'decline')).toBe(desks[1]);
    expect(() => rules.mustBeNew(desks, city, 'county')).toThrow(
      expect.objectContaining({ code: 'stock-request.asked-already', status: 409 }),
    );
    expect(() => rules.mustBeNew(desks, county, 'county')).toThrow('stock-request.asks-itself');
  });
});
