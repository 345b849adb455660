import type { Measure, PlanVersion, ResponseLevel, Trigger } from './response-plan.rules.js';

type Line = [Measure, Partial<Record<ResponseLevel, number>>];
const triggers = (lines: Line[], sources: Record<ResponseLevel, string>): Trigger[] =>
  lines.flatMap(([by, levels]) =>
    (Object.entries(levels) as [ResponseLevel, number][]).map(([level, from]) => ({
      level, by, from, source: sources[level],
    })),
  ); // prettier-ignore

/**
 * National relief plan, per province and disaster. Level I: 2024 edition (letter 11 of the State Council Office), dead and missing
 * together, from 160 when the neighbouring province is hit too. II and III: figures of the 2016 edition. IV and the drought lines of III:
 * common knowledge that no text has confirmed.
 */
export const NATIONAL_2024: PlanVersion = {
  plan: 'national-relief',
  version: 2024,
  triggers: [
    ...triggers(
      [
        ['deadAndMissing', { I: 200, II: 100, III: 50, IV: 20 }],
        ['movedOrNeedingAid', { I: 2_000_000, II: 1_000_000, III: 500_000, IV: 100_000 }],
        ['roomsCollapsed', { I: 300_000, II: 200_000, III: 100_000, IV: 10_000 }],
        ['householdsCollapsed', { I: 100_000, II: 70_000, III: 30_000, IV: 3000 }],
        ['droughtNeedingAid', { I: 4_000_000, II: 3_000_000, III: 2_000_000, IV: 1_000_000 }],
        ['droughtShare', { I: 30, II: 25, III: 20, IV: 15 }],
      ],
      {
        I: 'national-relief-plan-2024',
        II: 'national-relief-plan-2016',
        III: 'national-relief-plan-2016',
        IV: 'common-knowledge',
      },
    ),
    { level: 'I', by: 'deadAndMissing', from: 160, onlyWhen: 'neighbourAlsoHit', source: 'national-relief-plan-2024' },
  ],
  adds: {},
};

/** Level I of one prefecture-level city's natural-disaster plan: how much lower a city's figures lie. Its other levels were not read. */
export const CITY_EXAMPLE: PlanVersion = {
  plan: 'city-natural-disaster-example',
  version: 1,
  triggers: triggers(
    [
      ['deadAndMissing', { I: 15 }],
      ['movedOrNeedingAid', { I: 50_000 }],
      ['roomsCollapsed', { I: 5000 }],
    ],
    { I: 'city-plan', II: 'city-plan', III: 'city-plan', IV: 'city-plan' },
  ),
  adds: {},
};
