import { describe, expect, it } from '@jest/globals';
import { Problem } from '../shared/problem.js';
import {
  after, afterInterruption, askedLater, askingSociety, decide, isWithinReach, mayBeAccepted, meansFactsMoved, missionOf,
  refreshVerdict, type SuggestionStatus, type SuggestionStep,
} from './suggestion.rules.js'; // prettier-ignore
import type { SuggestionDto } from './suggestions.dto.js';

const STATUSES: SuggestionStatus[] = [
  'queued', 'solving', 'proposed', 'accepted', 'rejected', 'superseded', 'failed',
]; // prettier-ignore
const codeOf = (call: () => unknown): string | undefined => {
  try {
    call();
    return undefined;
  } catch (error) {
    return (error as Problem).code;
  }
};

describe('the life of a suggestion', () => {
  const ALLOWED: Record<SuggestionStep, Partial<Record<SuggestionStatus, SuggestionStatus>>> = {
    start: { queued: 'solving' },
    improve: { solving: 'solving' },
    propose: { solving: 'proposed' },
    fail: { solving: 'failed' },
    requeue: { solving: 'queued' },
    accept: { proposed: 'accepted' },
    reject: { proposed: 'rejected' },
    supersede: { queued: 'superseded', solving: 'superseded', proposed: 'superseded' },
  };
  const matrix = (Object.keys(ALLOWED) as SuggestionStep[]).flatMap((step) =>
    STATUSES.map((from) => ({ from, step, to: ALLOWED[step][from] ?? null })),
  );
  it.each(matrix)('$step from $from gives $to', ({ from, step, to }) => expect(after(from, step)).toBe(to));

  it.each(STATUSES.filter((status) => status !== 'proposed'))('nobody decides on one that is %s', (status) => {
    expect(codeOf(() => decide({ status, version: 3 }, 'accept', 3))).toBe('suggestion.stale');
    expect(codeOf(() => decide({ status, version: 3 }, 'reject', 3))).toBe('suggestion.stale');
  });

  it('decides only on the version that was seen', () => {
    expect(decide({ status: 'proposed', version: 3 }, 'accept', 3)).toBe('accepted');
    expect(codeOf(() => decide({ status: 'proposed', version: 4 }, 'accept', 3))).toBe('suggestion.stale');
  });

  it('lets only a repeated request pass for one that was accepted', () => {
    expect(mayBeAccepted({ status: 'accepted', version: 4 }, 3, true)).toBe(true);
    expect(mayBeAccepted({ status: 'accepted', version: 4 }, 3, false)).toBe(false);
    expect(mayBeAccepted({ status: 'superseded', version: 4 }, 3, true)).toBe(false);
    expect(mayBeAccepted({ status: 'proposed', version: 4 }, 3, true)).toBe(false);
    expect(mayBeAccepted({ status: 'proposed', version: 3 }, 3, false)).toBe(true);
  });

  it('gives up after the third interruption', () => {
    expect([1, 2, 3].map(afterInterruption)).toEqual(['requeue', 'requeue', 'fail']);
  });
});

describe('the mission of a suggestion', () => {
  const reasons = { reasons: [], warnings: [] };
  const team = (unitId: string) =>
    ({ kind: 'team', unitId, teamId: 't', needId: 'n', headcount: 8, etaMin: 40, distanceM: 1, ...reasons }) as const;
  const supply: SuggestionDto['lines'][number] = {
    kind: 'supply', warehouseId: 'w', itemId: 'i', needId: 'm', units: 30, etaMin: 90, distanceM: 1, lots: [], availableAfter: 0, ...reasons,
  }; // prettier-ignore
  const lines: SuggestionDto['lines'] = [team('u1'), supply, team('u2')];

  it('takes every line unless some are named', () => {
    expect(missionOf(lines)).toEqual({
      assignments: [{ teamUnitId: 'u1', headcount: 8 }, { teamUnitId: 'u2', headcount: 8 }],
      supplies: [{ warehouseId: 'w', itemId: 'i', units: 30 }],
    }); // prettier-ignore
    expect(missionOf(lines, [2, 2])).toEqual({ assignments: [{ teamUnitId: 'u2', headcount: 8 }], supplies: [] });
  });

  it('refuses a line that is not there, and sending nothing', () => {
    expect(codeOf(() => missionOf(lines, [0, 3]))).toBe('request.invalid');
    expect(codeOf(() => missionOf(lines, []))).toBe('suggestion.nothing-chosen');
    expect(codeOf(() => missionOf([]))).toBe('suggestion.nothing-chosen');
  });

  it('reads scarcity as facts that moved, and authority as what it is', () => {
    expect(['team.not-available', 'stock.insufficient'].every((code) => meansFactsMoved(new Problem(code)))).toBe(true);
    expect(['access.denied', 'suggestion.stale', 'busy'].some((code) => meansFactsMoved(new Problem(code)))).toBe(
      false,
    );
  });
});

describe('whose means a plan uses', () => {
  const province = { societyId: 'p', path: '/33/' };
  const city = { societyId: 'c', path: '/33/3310/' };
  const county = { societyId: 'x', path: '/33/3310/331082/' };
  const incident = { societyPath: county.path, leadSocietyId: city.societyId, leadPath: city.path };

  it('is the lead when the scheduler or an officer of the lead asks', () => {
    expect(askingSociety([], incident)).toEqual(city);
    expect(askingSociety([county, city, province], incident)).toEqual(city);
  });

  it('is the own society of an officer above or below the lead', () => {
    expect(askingSociety([province], incident)).toEqual(province);
    expect(askingSociety([county], incident)).toEqual(county);
  });

  it('reaches the subtree and what the societies above hold themselves', () => {
    const reached = [
      '/33/',
      '/33/3310/',
      '/33/3310/331082/',
      '/33/3310/331082/01/',
      '/33/3310/331081/',
      '/33/3301/',
      '/9/',
    ];
    expect(reached.map((path) => isWithinReach(path, county.path))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(reached.map((path) => isWithinReach(path, city.path))).toEqual([true, true, true, true, true, false, false]);
    expect(reached.map((path) => isWithinReach(path, province.path))).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('when the scheduler asks', () => {
  const now = { hash: 'h2', isAsking: true, hasMoved: true };
  const newest = (status: SuggestionStatus, inputHash: string | null = 'h1') => ({ status, inputHash });

  it('asks for an incident without a suggestion, if something is missing', () => {
    expect(refreshVerdict(undefined, now)).toBe('ask');
    expect(refreshVerdict(undefined, { ...now, isAsking: false })).toBe('leave');
  });

  it.each(['queued', 'solving'] as const)('waits for one that is %s', (status) => {
    expect(refreshVerdict(newest(status, null), now)).toBe('leave');
  });

  it.each(['proposed', 'accepted', 'rejected', 'failed'] as const)(
    'makes no second row after one %s on the same facts',
    (status) => {
      expect(refreshVerdict(newest(status, 'h2'), now)).toBe('leave');
      expect(refreshVerdict(newest(status, 'h1'), now)).toBe('ask');
    },
  );

  it('retires a proposal when nothing is missing any more', () => {
    expect(refreshVerdict(newest('proposed'), { ...now, isAsking: false })).toBe('retire');
    expect(refreshVerdict(newest('accepted'), { ...now, isAsking: false })).toBe('leave');
    expect(refreshVerdict(newest('proposed', 'h2'), { ...now, isAsking: false })).toBe('leave');
  });

  it('does not feed a solver every minute what killed it', () => {
    expect(refreshVerdict(newest('failed', null), { ...now, hasMoved: false })).toBe('leave');
    expect(refreshVerdict(newest('failed', null), now)).toBe('ask');
  });

  it('orders questions by time, then id', () => {
    const at = new Date(1000);
    expect(askedLater({ requestedAt: new Date(1001), id: 'a' }, { requestedAt: at, id: 'b' })).toBe(true);
    expect(askedLater({ requestedAt: at, id: 'a' }, { requestedAt: at, id: 'b' })).toBe(false);
    expect(askedLater({ requestedAt: at, id: 'b' }, { requestedAt: at, id: 'a' })).toBe(true);
  });
});
