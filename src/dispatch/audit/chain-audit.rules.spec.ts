import { describe, expect, it } from '@jest/globals';
import { AUDITOR_SILENT_AFTER_MS, compareFaults, isAuditorSilent, mustLook } from './chain-audit.rules.js';

const fault = (kind: string, subjectId: string, step = 1) => ({ kind, subjectId, step });

describe('what the auditor tells', () => {
  it('is each cause once: new ones begin, those that are gone end, others stay', () => {
    const open = [fault('step-late', 'a'), fault('step-late', 'b')];
    const found = [
      fault('step-late', 'b'),
      fault('step-late', 'a', 2),
      fault('step-late', 'c'),
      fault('step-late', 'c'),
    ];
    expect(compareFaults(open, found)).toEqual({
      begun: [fault('step-late', 'a', 2), fault('step-late', 'c')],
      over: [fault('step-late', 'a')],
    });
  });

  it('cannot be relied on when he never looked, too long ago, or by a clock that was turned back since', () => {
    const now = new Date('2026-07-21T08:00:00Z');
    const ago = (ms: number) => new Date(now.getTime() - ms);
    const looks = [null, ago(AUDITOR_SILENT_AFTER_MS + 1), ago(AUDITOR_SILENT_AFTER_MS), ago(-5), ago(-3_600_000)];
    expect(looks.map((at) => isAuditorSilent(at, now))).toEqual([true, true, false, false, true]);
  });

  it('is asked for every ten seconds, and at once when a clock was turned back', () => {
    const now = new Date('2026-07-21T08:00:00Z');
    const ago = (ms: number) => new Date(now.getTime() - ms);
    expect([null, ago(9999), ago(10_000), ago(-3_600_000)].map((at) => mustLook(at, now))).toEqual([true, false, true, true]); // prettier-ignore
  });
});
