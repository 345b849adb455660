import type { KitFacts, PeopleFacts, Person, Unit } from './rescue-teams.entity.js';
import type { ReadinessDto, TeamUnitDto } from './rescue-teams.dto.js';

type Reason = TeamUnitDto['reasons'][number];
type UnitState = TeamUnitDto['state'];
/** blocks: cannot be sent. limits: can be sent, with less than it should have. warns: nothing is missing yet. */
export type Effect = 'blocks' | 'limits' | 'warns';

export interface ReadinessLine {
  code: string;
  unit: Effect | null;
  team: Effect | null;
  /** Below this share of the full number, in percent; left out: from one on. */
  belowPct?: number;
  source: string;
}

/**
 * What stands against sending a unit, and what against a team, which can still send its other units. The first line of a code that
 * applies counts. Sources are explained in README.md; shares are ours, to be set by the province.
 */
export const READINESS: readonly ReadinessLine[] = [
  { code: 'unit-booked', unit: 'blocks', team: 'limits', source: 'one-incident-at-a-time' },
  { code: 'unit-stood-down', unit: 'blocks', team: 'limits', source: 'duty' },
  { code: 'no-unit-ready', unit: null, team: 'blocks', source: 'duty' },
  { code: 'no-leader', unit: 'blocks', team: 'blocks', source: 'leader-answers' },
  { code: 'no-deputy', unit: 'limits', team: 'limits', source: 'leader-answers' },
  { code: 'too-few-certified', unit: 'blocks', team: 'limits', belowPct: 50, source: 'ours' },
  { code: 'too-few-certified', unit: 'limits', team: 'limits', belowPct: 80, source: 'ours' },
  { code: 'insurance-missing', unit: 'limits', team: 'limits', source: 'emergency-response-law-2024' },
  { code: 'credential-expired', unit: 'limits', team: 'limits', source: 'first-aid-certificate' },
  { code: 'credential-expiring', unit: 'warns', team: 'warns', source: 'first-aid-certificate' },
  { code: 'not-reachable', unit: 'warns', team: 'warns', source: 'channel-test' },
  { code: 'equipment-inspection-overdue', unit: 'limits', team: 'limits', source: 'ours' },
  { code: 'equipment-in-repair', unit: 'limits', team: 'limits', source: 'ours' },
];

interface Facts {
  /** The person, or the id of one: only that there is one counts here. */
  leader: Person | string | null;
  deputy: Person | string | null;
  people: PeopleFacts;
  kit: KitFacts;
}
type UnitFacts = Facts & Pick<Unit, 'booking' | 'standBy'>;

/** R1: booked beats stood down beats not ready beats available. Nobody types a state in: it follows from the facts. */
export function unitReadiness(unit: UnitFacts): { state: UnitState; ready: boolean; reasons: Reason[] } {
  const own = [
    ...(unit.booking ? [counted('unit-booked', 1)] : []),
    ...(unit.standBy ? [] : [counted('unit-stood-down', 1)]),
  ];
  const shortfalls = judged('unit', shortfallsOf(unit));
  const ready = !shortfalls.some(blocks);
  const state = unit.booking ? 'booked' : !unit.standBy ? 'stood-down' : ready ? 'available' : 'not-ready';
  return { state, ready, reasons: [...judged('unit', own), ...shortfalls] };
}

/** Whether the team could be sent now, over all its people and kit, with its units beside it. */
export function teamReadiness(
  team: Facts & { id: string },
  units: readonly (UnitFacts & { id: string })[],
): ReadinessDto {
  const rows = units.map((unit) => ({ unitId: unit.id, ...unitReadiness(unit) }));
  const inState = (state: UnitState) => rows.filter((row) => row.state === state).length;
  const found = [
    counted('unit-booked', inState('booked')),
    counted('unit-stood-down', inState('stood-down')),
    ...(inState('available') === 0 ? [counted('no-unit-ready', 1)] : []),
    ...shortfallsOf(team),
  ];
  const reasons = judged('team', found);
  const limited = reasons.some(({ params }) => params.effect === 'limits');
  return {
    teamId: team.id,
    state: reasons.some(blocks) ? 'not-ready' : limited ? 'limited' : 'ready',
    reasons,
    units: rows.map(({ unitId, state, reasons: why }) => ({ unitId, state, reasons: why })),
  };
}

/** Something found, and how much of it. `pct` is the share that is there, where a share decides. */
interface Finding {
  code: string;
  params: Record<string, number>;
  pct?: number;
}
const counted = (code: string, count: number): Finding => ({ code, params: { count } });

function shortfallsOf({ leader, deputy, people, kit }: Facts): Finding[] {
  const { members, certified, insured, expired, expiring, unreachable } = people;
  const certifiedPct = members === 0 ? 0 : Math.floor((certified / members) * 100);
  return [
    counted('no-leader', leader ? 0 : 1),
    counted('no-deputy', deputy ? 0 : 1),
    {
      code: 'too-few-certified',
      params: { count: members - certified, certified, members, certifiedPct },
      pct: certifiedPct,
    },
    counted('insurance-missing', members - insured),
    counted('credential-expired', expired),
    counted('credential-expiring', expiring),
    counted('not-reachable', unreachable),
    counted('equipment-inspection-overdue', kit.overdue),
    counted('equipment-in-repair', kit.inRepair),
  ];
}

/** The findings that the table knows, as reasons with their effect. */
function judged(level: 'unit' | 'team', findings: Finding[]): Reason[] {
  const reasons: Reason[] = [];
  for (const { code, params, pct } of findings) {
    if (pct === undefined && params.count! <= 0) continue; // most findings of most units: no line can apply
    const applies = ({ belowPct }: ReadinessLine) => (belowPct === undefined ? params.count! > 0 : pct! < belowPct);
    const line = READINESS.find((one) => one.code === code && one[level] !== null && applies(one));
    if (!line) continue;
    const reason: Reason = { code, params: { effect: line[level]!, ...params } };
    if (line.belowPct !== undefined) reason.params.minimumPct = line.belowPct;
    reasons.push(reason);
  }
  return reasons;
}

const blocks = ({ params }: Reason) => params.effect === 'blocks';
