import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/index.js';
import { addDays } from '../../../relief-stock/index.js';
import { ensure } from '../../../shared/problem.js';
import { type RotationFound, RotationFactsReader } from './rotation-facts.js';
import { HAND_OVER_DAYS, type RotationDto, type RotationQuery } from './rotation.dto.js';
import { toRotationProblem } from './rotation-problem.rules.js';
import { RotationThread } from './rotation-thread.js';
import { tellRotation } from './tell-rotation.rules.js';

/** Lots that will expire where they lie, and what would use them in time (轮换). Nothing is moved here: the desk drafts the transfers. */
@Injectable()
export class RotationService {
  constructor(
    private readonly facts: RotationFactsReader,
    private readonly thread: RotationThread,
  ) {}

  /** Worked out anew whenever it is looked at; every plan passes the check of its own before it is shown. 403, 404 `society.not-found`; 503 `busy` when
   * it takes too long. */
  async rotation(actor: Actor, ask: RotationQuery): Promise<RotationDto> {
    const found = await this.facts.gather(actor, ask);
    const problem = toRotationProblem(found);
    const { plan, faults } = await this.thread.plan(problem);
    ensure(faults.length === 0, `R1 a rotation passes its check: ${faults.join(', ')}`);
    const { today, words, lots, named, drafted } = found;
    const told = tellRotation(problem, plan, {
      fenPerTonneKm: ask.fenPerTonneKm,
      handOverDays: HAND_OVER_DAYS,
      dayAt: (days) => addDays(today, days),
      scenario: (id) => words.scenarios.get(id) ?? '',
      lots: lots.map(({ expiresDay, boundUnits }, at) => ({ ...named[at]!, expiresDay, boundUnits })),
    });
    const { societyId, ...asked } = ask;
    const expired = found.expired.map(({ lotId, lotCode, warehouseId: storeId, itemId, expiresOn, units, unitFen }) => ({
      lotId, lotCode, storeId, itemId, expiresOn, units, valueFen: unitFen === null ? null : units * unitFen,
    })); // prettier-ignore
    return {
      societyId, asOf: today, ask: asked, answer: answerOf(found, told), ...told,
      stores: words.stores, needs: neededIn(words.needs, told.lots), drafted, expired, left: found.left,
    }; // prettier-ignore
  }
}

/** Why there is nothing to rotate, where there is nothing. */
function answerOf({ stores, lots, expired }: RotationFound, told: Pick<RotationDto, 'lots'>): RotationDto['answer'] {
  if (stores.length === 0) return 'no-store';
  if (told.lots.length > 0) return 'plan';
  if (lots.length > 0) return 'all-used';
  return expired.length > 0 ? 'all-expired' : 'no-lots';
}

/** Needs that something is proposed for, each once. */
function neededIn(needs: RotationDto['needs'], lots: RotationDto['lots']): RotationDto['needs'] {
  const asked = new Set(lots.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'need' ? [step.needId] : []))));
  return [...new Map(needs.filter(({ id }) => asked.has(id)).map((need) => [need.id, need])).values()];
} // prettier-ignore
