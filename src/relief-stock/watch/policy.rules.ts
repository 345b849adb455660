import { Problem } from '../../shared/problem.js';
import { COVER, householdsCovered } from './cover.rules.js';
import type { PolicyDto, SetPolicy } from './watch.dto.js';

/** 422 `stock-policy.out-of-order` unless minimum ≤ target ≤ maximum. */
export function mustBeInOrder({ minimumUnits, targetUnits, maximumUnits }: Omit<SetPolicy, 'version'>): void {
  if (minimumUnits > targetUnits || targetUnits > maximumUnits)
    throw new Problem('stock-policy.out-of-order', { minimumUnits, targetUnits, maximumUnits });
}

export type PolicyFacts = Omit<
  PolicyDto,
  'minimumHouseholds' | 'targetHouseholds' | 'availableHouseholds' | 'coverSource' | 'standing' | 'setAt'
> & { itemCode: string; setAt: Date | null };

export function toPolicyDto({ itemCode, setAt, ...facts }: PolicyFacts): PolicyDto {
  return {
    ...facts,
    setAt: setAt?.toISOString() ?? null,
    minimumHouseholds: householdsCovered(itemCode, facts.minimumUnits),
    targetHouseholds: householdsCovered(itemCode, facts.targetUnits),
    availableHouseholds: householdsCovered(itemCode, facts.availableUnits),
    coverSource: COVER[itemCode]?.source ?? null,
    standing: standingOf(facts),
  };
}

function standingOf({
  maximumUnits,
  minimumUnits,
  availableUnits,
  onHandUnits,
}: PolicyFacts | Omit<PolicyFacts, 'itemCode' | 'setAt'>): PolicyDto['standing'] {
  if (maximumUnits === 0) return 'unset';
  if (availableUnits < minimumUnits) return 'below';
  return onHandUnits > maximumUnits ? 'above' : 'within';
}
