import type { Figures, IncidentDto } from './incidents.dto.js';
import type { Measure, ResponseLevel } from './response/response-plan.rules.js';
import { NATIONAL_2024 } from './response/response-plans.data.js';

type Reason = IncidentDto['levelProposals'][number];

export type { ResponseLevel };
/** One line of a plan: from `from` upwards the figure speaks for the level. `source` is explained in README.md. */
export interface Threshold {
  scale: string;
  by: 'deadAndMissing' | 'moved' | 'needingAid' | 'roomsCollapsed';
  level: ResponseLevel;
  from: number;
  source: string;
}

/** The figures of a situation report that a measure of the plan is read from. */
const FIGURES: Partial<Record<Measure, readonly Threshold['by'][]>> = {
  deadAndMissing: ['deadAndMissing'],
  movedOrNeedingAid: ['moved', 'needingAid'],
  roomsCollapsed: ['roomsCollapsed'],
};

/**
 * Thresholds of the national relief response, per province and disaster, as `response/response-plans.data.ts` has them. Lines without a
 * figure in situation reports (households, drought, a neighbouring province hit too) are left out here.
 */
export const THRESHOLDS: readonly Threshold[] = NATIONAL_2024.triggers
  .filter(({ onlyWhen }) => onlyWhen === undefined)
  .flatMap(({ by, level, from, source }) =>
    (FIGURES[by] ?? []).map((figure) => ({ scale: NATIONAL_2024.plan, by: figure, level, from, source })),
  );

const CODE: Record<Threshold['by'], string> = {
  deadAndMissing: 'level.dead-and-missing',
  moved: 'level.moved',
  needingAid: 'level.needing-aid',
  roomsCollapsed: 'level.rooms-collapsed',
};

/**
 * Which response levels the figures speak for: for each scale and figure the gravest line that is reached. Several figures may speak
 * for different levels; all are shown and none is decided, because people set levels.
 */
export function levelProposals(figures: Figures, thresholds: readonly Threshold[] = THRESHOLDS): Reason[] {
  const gravest = new Map<string, Threshold>();
  for (const threshold of thresholds) {
    const value = valueOf(figures, threshold.by);
    if (value === undefined || value < threshold.from) continue;
    const key = `${threshold.scale} ${threshold.by}`;
    const held = gravest.get(key);
    if (!held || threshold.from > held.from) gravest.set(key, threshold);
  }
  return [...gravest.values()].map(({ scale, by, level, from, source }) => ({
    code: CODE[by],
    params: { scale, level, by, value: valueOf(figures, by)!, threshold: from, source },
  }));
}

function valueOf(figures: Figures, by: Threshold['by']): number | undefined {
  if (by !== 'deadAndMissing') return figures[by];
  if (figures.dead === undefined && figures.missing === undefined) return undefined;
  return (figures.dead ?? 0) + (figures.missing ?? 0);
}
