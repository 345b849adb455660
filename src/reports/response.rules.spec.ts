import { describe, expect, it } from '@jest/globals';
import { figuresOf, OWN_LIMIT_S, type ResponseStamps, type Spans, spansOf } from './response.rules.js';

const at = (s: number): Date => new Date(Date.UTC(2026, 6, 20, 19, 0, s));
const stamps = (over: Partial<ResponseStamps> = {}): ResponseStamps => ({
  reportedAt: at(0), alertedAt: at(40), answeredAt: at(100), departedAt: at(400), arrivedAt: at(1840), orderDoubtful: false, ...over,
}); // prettier-ignore

describe('the spans of an incident', () => {
  it('run from the report to the first alert, and from that alert to answer, departure and arrival', () => {
    expect(spansOf(stamps())).toEqual({ dispatchS: 40, acknowledgeS: 60, departS: 360, arriveS: 1800, doubtful: [] });
  });

  it('are not told before they happened', () => {
    const none = { alertedAt: null, answeredAt: null, departedAt: null, arrivedAt: null };
    expect(spansOf(stamps(none))).toEqual({ dispatchS: null, acknowledgeS: null, departS: null, arriveS: null, doubtful: [] }); // prettier-ignore
    expect(spansOf(stamps({ departedAt: null, arrivedAt: null }))).toMatchObject({ acknowledgeS: 60, departS: null, arriveS: null }); // prettier-ignore
  });

  it('are doubtful where they would run backwards, and keep their figure', () => {
    expect(spansOf(stamps({ departedAt: at(10) }))).toMatchObject({ departS: -30, doubtful: ['depart'] });
    expect(spansOf(stamps({ reportedAt: at(90) }))).toMatchObject({ dispatchS: -50, doubtful: ['dispatch'] });
  });

  it('doubt what the teams told when the order of a team is doubtful, and not when they were alerted', () => {
    expect(spansOf(stamps({ orderDoubtful: true })).doubtful).toEqual(['acknowledge', 'depart', 'arrive']);
    expect(spansOf(stamps({ orderDoubtful: true, arrivedAt: null })).doubtful).toEqual(['acknowledge', 'depart']);
  });
});

describe('the figures of response times', () => {
  const row = (severity: 'I' | 'II' | 'III' | 'IV', dispatchS: number | null, doubtful: Spans['doubtful'] = []) => ({
    severity, dispatchS, acknowledgeS: null, departS: null, arriveS: null, doubtful,
  }); // prettier-ignore
  const rows = [row('I', 30), row('I', 90), row('II', 60), row('II', 400), row('II', null), row('I', -5, ['dispatch'])];
  const figure = (severity: 'I' | 'II' | null) =>
    figuresOf(rows).find((one) => one.severity === severity && one.span === 'dispatch');

  it('measure what is sound, count what is doubtful or open apart, and hold it against each level and the field', () => {
    expect(figure('I')).toEqual({
      severity: 'I', span: 'dispatch', n: 2, p50S: 30, p90S: 90, limitS: 60, withinLimit: 1, fieldS: 60, withinField: 1, doubtful: 1, open: 0,
    }); // prettier-ignore
    expect(figure('II')).toMatchObject({ n: 2, p50S: 60, p90S: 400, limitS: 300, withinLimit: 1, withinField: 1, doubtful: 0, open: 1 }); // prettier-ignore
  });

  it('hold all levels together against the limit of each, and name no single one', () => {
    expect(figure(null)).toMatchObject({ n: 4, p50S: 60, p90S: 400, limitS: null, withinLimit: 2, withinField: 2, doubtful: 1, open: 1 }); // prettier-ignore
  });

  it('have four spans for all and for each level that occurs, without a figure of nothing', () => {
    expect(figuresOf(rows)).toHaveLength(12);
    expect(figuresOf([])).toHaveLength(4);
    expect(figuresOf([])[0]).toMatchObject({ severity: null, n: 0, p50S: null, p90S: null, open: 0 });
  });

  it('allow more time the less grave it is', () => {
    for (const limits of Object.values(OWN_LIMIT_S))
      expect([limits.I < limits.II, limits.II < limits.III, limits.III < limits.IV]).toEqual([true, true, true]);
  });
});
