import { describe, expect, it } from '@jest/globals';
import { HANDOVER_STATES } from './handover.dto.js';
import { HANDOVER_STEPS, handoverAfter, mustBeAcknowledged, mustBeAnother, mustHaveTaken } from './handover.rules.js';
import { compareMatters } from './matters.rules.js';

describe('a hand-over', () => {
  const allowed: Record<string, string> = {
    'drawn take-over': 'taken', 'drawn withdraw': 'withdrawn', 'taken acknowledge': 'taken', 'taken complete': 'complete',
    'taken withdraw': 'withdrawn',
  }; // prettier-ignore
  it.each(HANDOVER_STATES.flatMap((state) => HANDOVER_STEPS.map((step) => [state, step] as const)))('%s, %s', (state, step) => {
    const next = allowed[`${state} ${step}`];
    if (next) expect(handoverAfter(state, step)).toBe(next);
    else expect(() => handoverAfter(state, step)).toThrow('handover.step-not-allowed');
  }); // prettier-ignore

  it('is between two people, and only who took it signs', () => {
    expect(() => mustBeAnother('a', 'a')).toThrow('duty.separation');
    expect(() => mustBeAnother('a', 'b')).not.toThrow();
    expect(() => mustHaveTaken('a', 'b')).toThrow('access.denied');
    expect(() => mustHaveTaken(null, 'b')).toThrow('access.denied');
    expect(() => mustHaveTaken('b', 'b')).not.toThrow();
  });

  const line = (key: string, seen = false) => ({ key, acknowledgedAt: seen ? new Date(0) : null });
  it('is complete when all that is open was acknowledged; what settled is marked (V4)', () => {
    expect(mustBeAcknowledged([line('a', true), line('b')], [{ key: 'a' }])).toEqual(['b']);
    expect(mustBeAcknowledged([], [])).toEqual([]);
    const refused = (lines: ReturnType<typeof line>[], open: { key: string }[]) => {
      try {
        mustBeAcknowledged(lines, open);
        return null;
      } catch (error) {
        return error;
      }
    };
    expect(refused([line('a')], [{ key: 'a' }])).toMatchObject({ code: 'handover.items-open', status: 409, params: { open: 1 } });
    expect(refused([line('a', true)], [{ key: 'a' }, { key: 'new' }])).toMatchObject({ params: { open: 1 } });
  }); // prettier-ignore

  it('shows what appeared since the list was drawn, and what is over', () => {
    const matter = (key: string) => ({ key }) as never;
    expect(compareMatters([{ key: 'a' }, { key: 'b' }], [matter('b'), matter('c')])).toEqual({
      added: [{ key: 'c' }],
      gone: ['a'],
    });
  });
});
