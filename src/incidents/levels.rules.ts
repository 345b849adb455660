import type { Figures, IncidentDto } from './incidents.dto.js';

type Reason = IncidentDto['levelProposals'][number];

export type ResponseLevel = 'I' | 'II' | 'III' | 'IV';
/** One line of a plan: from `from` upwards the figure speaks for the level. `source` is explained in README.md. */
export interface Threshold {
  scale: string;
  by: 'deadAndMissing' | 'moved' | 'needingAid' | 'roomsCollapsed';
  level: ResponseLevel;
  from: number;
  source: string;
}

const line = (by: Threshold['by'], level: ResponseLevel, from: number, source: string): Threshold => ({
  scale: 'national-relief', by, level, from, source,
}); // prettier-ignore

/**
 * Thresholds of the national relief response, per province and disaster; the figure named is included (以上). They are data: a
 * province or city adds its own scale here. Drought lines are left out, because situation reports carry no drought figure, and so are
 * damaged rooms, because the figure does not say how badly.
 */
export const THRESHOLDS: readonly Threshold[] = [
  line('deadAndMissing', 'I', 200, 'national-relief-plan-2024'),
  line('deadAndMissing', 'II', 100, 'national-relief-plan-2016'),
  line('deadAndMissing', 'III', 50, 'national-relief-plan-2016'),
  line('deadAndMissing', 'IV', 20, 'common-knowledge'),
  ...(['moved', 'needingAid'] as const).flatMap((by) => [
    line(by, 'I', 2_000_000, 'national-relief-plan-2024'),
    line(by, 'II', 1_000_000, 'national-relief-plan-2016'),
    line(by, 'III', 500_000, 'national-relief-plan-2016'),
    line(by, 'IV', 100_000, 'common-knowledge'),
  ]),
  line('roomsCollapsed', 'I', 300_000, 'national-relief-plan-2024'),
  line('roomsCollapsed', 'II', 200_000, 'national-relief-plan-2016'),
  line('roomsCollapsed', 'III', 100_000, 'national-relief-plan-2016'),
  line('roomsCollapsed', 'IV', 10_000, 'common-knowledge'),
];

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
