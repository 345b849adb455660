import { inCommand } from '../../../src/access/index.js';
import type { Tx } from '../../../src/database/index.js';
import { type Batch, openLevels, type Posting, postMovements } from '../../../src/relief-stock/ledger.service.js';
import { type Model, post, type Posting as Plain } from './model.js';
import type { Act, Step } from './plan.js';
import { clientOf, plain, type World } from './world.js';

/** An act with its place in the sequence: what came before it, and when it is. */
export interface Occasion {
  n: number;
  act: Act;
  now: number;
  steps: readonly Step[];
  nows: readonly number[];
}
/** One act on both sides. `null`: a client that sees what the model knows would not send it. */
export interface Both {
  model(model: Model): string;
  real(): Promise<unknown>;
}

/** The nth earlier step of a kind, wrapped round; undefined when there is none. */
export function earlier<K extends Act['do']>(one: Occasion, kind: K, nth: number) {
  const found = one.steps.flatMap(({ act }, n) => (act.do === kind && n < one.n ? [{ n, act: act as Extract<Act, { do: K }> }] : [])); // prettier-ignore
  return found.length ? found[nth % found.length] : undefined;
}

export const command = (world: World, one: Occasion, body: (tx: Tx) => Promise<void>) =>
  inCommand(world.db, clientOf(world, one.n, one.act), async (tx) => {
    await body(tx);
    return {};
  });

/** A batch of postings as one command, and the same for the model. */
export function posting(world: World, one: Occasion, what: { causeId: string; postings: Posting[]; at: number }): Both {
  const { causeId, postings, at } = what;
  const batch: Batch = {
    causeId, document: 'SOAK', postings, actor: world.keeper, now: new Date(one.now), occurredAt: new Date(at),
  }; // prettier-ignore
  const pairs = postings.flatMap(({ from, to }) => [from, to]).map(({ warehouseId, itemId }) => ({ warehouseId, itemId })); // prettier-ignore
  const plainly: Plain[] = postings.map((each) => ({ ...each, from: plain(world, each.from), to: plain(world, each.to) })); // prettier-ignore
  return {
    model: (model) => post(model, causeId, plainly, { now: one.now, at }),
    real: () =>
      command(world, one, async (tx) => {
        await openLevels(tx, pairs);
        await postMovements(tx, batch);
      }),
  };
}
