import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Figures } from './incidents.dto.js';
import { addReport, effectiveFigures, figuresAsOf, type ReportedFigures } from './situation.rules.js';

const hour = (h: number) => new Date(Date.UTC(2019, 7, 11, h));
let serial = 0;
const said = (h: number, figures: Figures): ReportedFigures => ({ serial: ++serial, asOf: hour(h), figures });
const lekima = { affected: 5_358_000, dead: 32, missing: 16, moved: 1_202_000 };

describe('situation reports', () => {
  it('lets the latest "as of" of each figure win, whatever the order of entry', () => {
    const reports = [said(13, lekima), said(8, { affected: 4_979_000, moved: 1_079_000, roomsDamaged: 34_000 })];
    expect(effectiveFigures(reports)).toEqual({ ...lekima, roomsDamaged: 34_000 });
    expect(figuresAsOf(reports)).toEqual(hour(13));
    expect(figuresAsOf([])).toBeNull();
  });

  it('never lowers a figure by a report about an earlier time (Lekima, assertion c)', () => {
    expect(addReport([said(13, lekima)], said(8, { moved: 1_079_000, dead: 0 }), undefined)).toEqual(lekima);
  });

  it('refuses a later figure that fell, unless somebody says why', () => {
    const fewer = said(14, { moved: 1_200_000 });
    const problem = {
      code: 'situation-report.figure-fell',
      status: 422,
      params: { figure: 'moved', from: 1_202_000, to: 1_200_000 },
    };
    expect(() => addReport([said(13, lekima)], fewer, undefined)).toThrow(expect.objectContaining(problem));
    expect(addReport([said(13, lekima)], fewer, 'counted twice')).toMatchObject({ moved: 1_200_000, dead: 32 });
    expect(() => addReport([said(13, lekima)], said(13, { moved: 1 }), undefined)).toThrow(
      'situation-report.figure-fell',
    );
  });

  it('lets the missing become the dead, and only their sum may not fall', () => {
    expect(addReport([said(13, lekima)], said(14, { dead: 33, missing: 15 }), undefined)).toMatchObject({
      dead: 33,
      missing: 15,
    });
    expect(addReport([said(13, lekima)], said(14, { dead: 45 }), undefined)).toMatchObject({ dead: 45, missing: 16 });
    const problem = { params: { figure: 'deadAndMissing', from: 48, to: 42 } };
    expect(() => addReport([said(13, lekima)], said(14, { missing: 10 }), undefined)).toThrow(
      expect.objectContaining(problem),
    );
  });

  it('agrees on the figures from any order of entry, and without corrections no figure ever falls', () => {
    const one = fc.record({
      hour: fc.integer({ min: 0, max: 500 }),
      figures: fc.record({ moved: fc.nat(9), injured: fc.nat(9) }, { requiredKeys: [] }),
    });
    const many = fc.uniqueArray(one, { selector: (report) => report.hour, maxLength: 12 });
    fc.assert(
      fc.property(
        many,
        many.chain(() => fc.infiniteStream(fc.nat())),
        (reports, dice) => {
          const entered = reports.map((report) => said(report.hour, report.figures));
          const shuffled = [...entered]
            .map((report) => [dice.next().value, report] as const)
            .sort((a, b) => a[0] - b[0]);
          expect(effectiveFigures(shuffled.map(([, report]) => report))).toEqual(effectiveFigures(entered));
          const held: ReportedFigures[] = [];
          for (const report of entered) {
            const before = effectiveFigures(held);
            try {
              const after = addReport(held, report, undefined);
              for (const figure of Object.keys(before) as (keyof Figures)[])
                expect(after[figure]).toBeGreaterThanOrEqual(before[figure]!);
              held.push(report);
            } catch (error) {
              expect(error).toMatchObject({ code: 'situation-report.figure-fell' });
            }
          }
        },
      ),
    );
  });
});
