import { describe, expect, it } from '@jest/globals';
import { Problem } from '../shared/problem.js';
import { limitAlong, limitsOf, mustBeWithin, USUAL_LIMITS } from './clock-limits.rules.js';
import { CLOCK_KEYS, CLOCKS } from './settings.dto.js';

describe('the limits of clocks (C-07)', () => {
  it('are the ones that were asked for where nobody has set others', () => {
    expect(USUAL_LIMITS).toEqual({
      unassignedS: { I: 60, II: 300, III: 900, IV: 1800 },
      unansweredS: { I: 120, II: 300, III: 600, IV: 1200 },
      checkIn: { limitS: 1800, amberS: 1500 },
    });
  });

  it.each(CLOCK_KEYS)('can be neither off nor absurd: %s', (key) => {
    const { usualS, leastS, mostS } = CLOCKS[key];
    for (const good of [leastS, usualS, mostS]) expect(() => mustBeWithin(key, good)).not.toThrow();
    for (const bad of [0, leastS - 1, mostS + 1]) expect(() => mustBeWithin(key, bad)).toThrow(Problem);
    expect(leastS).toBeGreaterThan(0);
  });

  it('warn of a check-in before it is due, whatever was chosen within the bounds', () => {
    const worst = limitsOf((key) => (key === 'check-in-warning' ? CLOCKS[key].mostS : CLOCKS[key].leastS));
    expect(worst.checkIn.amberS).toBeGreaterThan(0);
  });

  it('come from the nearest society above that says something', () => {
    const said: Record<string, number | null> = { county: null, city: 120, province: 90 };
    const at = (...way: string[]) => limitAlong('unassigned-I', way, (id) => said[id]);
    expect(at('county', 'city', 'province')).toEqual({ valueS: 120, from: 'city' });
    expect(at('other', 'province')).toEqual({ valueS: 90, from: 'province' });
    expect(at('other')).toEqual({ valueS: 60, from: null });
  });
});
