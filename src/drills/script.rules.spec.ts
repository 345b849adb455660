import { describe, expect, it } from '@jest/globals';
import { scriptOf } from './script.rules.js';
import { shippedScript } from './scripts.js';

describe('the script of typhoon Lekima', () => {
  const script = shippedScript('lekima-2019');
  const kinds = (kind: string) => script.filter(({ call }) => call.kind === kind);

  it('lets happen what came from outside, in its order, and keeps what people did for the evaluators', () => {
    expect(script.map(({ atMin }) => atMin)).toEqual(script.map(({ atMin }) => atMin).sort((a, b) => a - b));
    expect([kinds('report').length, kinds('needs').length, kinds('situation-report').length]).toEqual([11, 9, 13]);
    expect(kinds('expected').length).toBeGreaterThan(50);
    expect(kinds('report')[0]!.atMin).toBe(2);
  });

  it('names every incident before it speaks of it', () => {
    const known = new Set<string>();
    for (const { call } of script) {
      if (call.kind === 'report') known.add(call.key);
      if ('incidentKey' in call) expect(known).toContain(call.incidentKey);
    }
  });

  it('is empty for a course without a report', () => {
    expect(scriptOf([{ at: '2026-07-21T00:00:00Z', note: '', kind: 'warning', payload: {} }])).toEqual([]);
  });
});
