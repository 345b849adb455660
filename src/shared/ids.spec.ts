import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { idFrom, newId } from './ids.js';

describe('a new id', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('sorts behind every one that was made before, within a millisecond and over a clock that is turned back', () => {
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 1000);
    const made = Array.from({ length: 10_000 }, newId);
    clock.mockReturnValue(now - 3_600_000);
    made.push(newId(), newId());
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
  });

  it('is the same for the same names', () => {
    expect(idFrom('a', 'b')).toBe(idFrom('a', 'b'));
    expect(idFrom('a', 'b')).not.toBe(idFrom('ab'));
  });
});
