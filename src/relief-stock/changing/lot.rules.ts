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
