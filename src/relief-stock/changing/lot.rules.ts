import { Problem } from '../../shared/problem.js';
import type { LotDto } from '../relief-stock.dto.js';

type LotState = LotDto['state'];
export const LOT_STEPS = ['hold', 'quarantine', 'recall', 'damage', 'release', 'dispose'] as const;
export type LotStep = (typeof LOT_STEPS)[number];

/** A lot that is set aside may be set aside more strictly, never less, until it is released; what was disposed of does not come back. */
export const LOT_EDGES: Record<LotStep, { from: readonly LotState[]; to: LotState }> = {
  hold: { from: ['good'], to: 'held' },
  quarantine: { from: ['good', 'held'], to: 'quarantined' },
  recall: { from: ['good', 'held', 'quarantined', 'damaged'], to: 'recalled' },
  damage: { from: ['good', 'held', 'quarantined'], to: 'damaged' },
  release: { from: ['held', 'quarantined', 'recalled', 'damaged'], to: 'good' },
  dispose: { from: ['held', 'quarantined', 'recalled', 'damaged'], to: 'disposed' },
};

/** The state after a step. 409 `lot.step-not-allowed`. */
export function lotAfter(state: LotState, step: LotStep): LotState {
  const { from, to } = LOT_EDGES[step];
  if (!from.includes(state)) throw new Problem('lot.step-not-allowed', { step, state });
  return to;
}

/** With whose authority a lot is set aside: a society's, or that of one warehouse. */
export interface Authority {
  path: string;
  warehouseId: string | null;
}

/**
 * Whose authority sets aside a lot that is set aside already: who covers both. A stricter step by somebody else never takes the hold out of
 * the hands of who set it before; of two that do not cover each other, the society above both.
 */
export function jointAuthority(before: Authority | null, next: Authority): Authority {
  if (before === null || covers(next, before)) return next;
  if (covers(before, next)) return before;
  return { path: sharedPath(before.path, next.path), warehouseId: null };
}

const covers = (one: Authority, other: Authority): boolean =>
  one.warehouseId === null ? other.path.startsWith(one.path) : one.warehouseId === other.warehouseId;

/** '/330000/331000/331081/' and '/330000/331000/331082/' → '/330000/331000/'; the first of two that share nothing. */
function sharedPath(one: string, other: string): string {
  const [parts, others] = [one, other].map((path) => path.split('/').filter(Boolean)) as [string[], string[]];
  const differ = parts.findIndex((part, n) => part !== others[n]);
  return differ > 0 ? `/${parts.slice(0, differ).join('/')}/` : one;
}

/** Recalled and damaged lots come back into use by the word of who approves, and never of who set them aside. */
export const needsSecondPerson = (state: LotState): boolean => state === 'recalled' || state === 'damaged';

interface KitLot {
  id: string;
  state: LotState;
  causedByLotId: string | null;
}
interface KitChange {
  id: string;
  state: LotState;
  causedByLotId: string | null;
}

/**
 * What a step on a part does to the kit lots that contain it. A recall holds those that are good; its end frees those that it held,
 * unless another part of theirs is still recalled: then that one holds them. `recalledParts`: by kit lot, its other parts that are recalled.
 */
export function kitsAfter(
  step: LotStep,
  partLotId: string,
  kits: readonly KitLot[],
  recalledParts: ReadonlyMap<string, string[]>,
): KitChange[] {
  if (step === 'recall') {
    return kits
      .filter(({ state }) => state === 'good')
      .map(({ id }) => ({ id, state: 'held', causedByLotId: partLotId }));
  }
  if (step !== 'release') return [];
  return kits
    .filter(({ state, causedByLotId }) => state === 'held' && causedByLotId === partLotId)
    .map(({ id }) => {
      const [other] = recalledParts.get(id) ?? [];
      return other
        ? { id, state: 'held' as const, causedByLotId: other }
        : { id, state: 'good' as const, causedByLotId: null };
    });
}
