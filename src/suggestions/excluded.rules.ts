import { roadMin, SPEED_KM_H } from '../shared/travel.rules.js';
import { type Facts, NO_ROAD, stockEtaMin, unitEtaMin } from './facts.rules.js';
import type { Excluded } from './planner/planner.types.js';

/** "Why not that one?" is asked of what is near; of a province's other warehouses nobody reads a thousand lines. */
export const SHOWN_UNITS_PER_SPECIALITY = 10;
export const SHOWN_WAREHOUSES_PER_ITEM = 5;

/** Minutes by which something is near: its arrival, or by the straight line where no way leads there now. */
const nearness = (part: { roadMin: number; distanceM: number }, etaMin: number): number =>
  part.roadMin === NO_ROAD ? etaMin + roadMin(part.distanceM, SPEED_KM_H.plain) : etaMin;

/**
 * The nearest of each kind that were left out, in order of arrival, and how many more there are. Units and stores that the desk named stay
 * in the list wherever they are. The rest can be told again from the facts that are kept.
 */
export function nearestExcluded(
  facts: Facts,
  excluded: readonly Excluded[],
): { excluded: Excluded[]; excludedMore: number } {
  const units = new Map(facts.units.map((unit) => [unit.unitId, unit]));
  const cells = new Map(
    facts.stock.map((cell) => [`${cell.warehouseId} ${cell.itemId}`, nearness(cell, stockEtaMin(cell))]),
  );
  const named = new Set(facts.ask.locks.map(({ unitId }) => unitId));
  const spared = new Set((facts.ask.spares ?? []).map(({ warehouseId }) => warehouseId));
  const etaOf = (line: Excluded): number => {
    if (line.kind === 'supply') return cells.get(`${line.warehouseId} ${line.itemId}`) ?? 0;
    const unit = units.get(line.unitId!);
    return unit ? nearness(unit, unitEtaMin(unit)) : 0;
  };
  const groupOf = (line: Excluded): string =>
    line.kind === 'supply' ? line.itemId! : (units.get(line.unitId!)?.speciality ?? '');
  const shown = new Map<string, number>();
  const kept = excluded
    .toSorted((a, b) => etaOf(a) - etaOf(b))
    .filter((line) => {
      if (line.kind === 'team' ? named.has(line.unitId!) : spared.has(line.warehouseId!)) return true;
      const key = `${line.kind} ${groupOf(line)}`;
      const before = shown.get(key) ?? 0;
      shown.set(key, before + 1);
      return before < (line.kind === 'team' ? SHOWN_UNITS_PER_SPECIALITY : SHOWN_WAREHOUSES_PER_ITEM);
    });
  return { excluded: kept, excludedMore: excluded.length - kept.length };
}

type Named = { unitId?: string | undefined; warehouseId?: string | undefined };

/** The ways of what is sent and of what is shown as left out. */
export function shownWays(
  { ways = {} }: Facts,
  lines: readonly Named[],
  excluded: readonly Named[],
): NonNullable<Facts['ways']> {
  const shown = new Set([...lines, ...excluded].map(({ unitId, warehouseId }) => unitId ?? warehouseId));
  return Object.fromEntries(Object.entries(ways).filter(([id]) => shown.has(id)));
}
