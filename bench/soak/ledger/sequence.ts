import { read } from '../../../src/database/index.js';
import { Problem } from '../../../src/shared/problem.js';
import { CutOff, under } from './cut.js';
import { onGoods } from './goods.js';
import { type Model, newModel } from './model.js';
import type { Both, Occasion } from './occasion.js';
import { onOrder } from './orders.js';
import { planOf, type Step } from './plan.js';
import { enter, type Ground, type World } from './world.js';

export const MAX_ACTS = 14;
const START = Date.parse('2026-07-21T03:00:00+08:00');
const HOUR = 3_600_000;
/** Together at most: every order in which they could have happened is tried. */
const AT_ONCE = 3;
const MODELS = 24;

/**
 * Plays the sequence of a seed and answers what is wrong: empty when the product and the model agree after every act and all sums hold.
 * `heard` are the answers that the clients of a killed process had got: those acts are not sent again, the others are.
 */
export async function playSequence(
  ground: Ground,
  seed: number,
  heard: Map<number, string>,
  tell: (n: number, outcome: string) => void,
): Promise<string[]> {
  const world = await enter(ground, seed);
  const steps = planOf(seed, MAX_ACTS);
  const nows = timesOf(steps);
  let models = [newModel()];
  for (const group of groupsOf(steps)) {
    const occasions = group.map((n): Occasion => ({ n, act: steps[n]!.act, now: nows[n]!, steps, nows }));
    const acts = occasions.map((one) => ({ n: one.n, both: onGoods(world, one, models[0]!) ?? onOrder(world, one, models[0]!) }));
    const sent = acts.filter((one): one is { n: number; both: Both } => one.both !== undefined);
    const known = sent.every(({ n }) => heard.has(n));
    const outcomes = await Promise.all(
      sent.map(async ({ n, both }) => heard.get(n) ?? told(n, await send(both, steps[n]!), tell)),
    );
    models = models.flatMap((model) => possible(model, sent, outcomes)).slice(0, MODELS);
    const what = sent.map(({ n }, k) => `${n} ${JSON.stringify(steps[n]!.act)} → ${outcomes[k]}`).join(' | ');
    if (models.length === 0) return [`no order of the acts explains the answers: ${what}`];
    if (known) continue;
    const balances = await balancesOf(world);
    const agreeing = models.filter((model) => differences(model, balances).length === 0);
    if (agreeing.length === 0) return [`after ${what}`, ...differences(models[0]!, balances).slice(0, 5)];
    models = agreeing;
  } // prettier-ignore
  return faultsOf(world);
}

function told(n: number, outcome: string, tell: (n: number, outcome: string) => void): string {
  tell(n, outcome);
  return outcome;
}

/** Each act a second after the one before it, and the hours that pass. */
function timesOf(steps: readonly Step[]): number[] {
  let now = START;
  return steps.map(({ hours }) => (now += 1000 + hours * HOUR));
}

function groupsOf(steps: readonly Step[]): number[][] {
  const groups: number[][] = [];
  for (const [n, step] of steps.entries()) {
    const last = groups.at(-1);
    if (step.atOnce && last && last.length < AT_ONCE) last.push(n);
    else groups.push([n]);
  }
  return groups;
}

/** A client that goes on until it has an answer, and sometimes asks twice. */
async function send(both: Both, step: Step): Promise<string> {
  let fate = { statements: step.cutAt, lost: step.lost };
  for (;;) {
    const outcome = await attempt(both, fate);
    fate = { statements: null, lost: false };
    if (outcome === null || outcome === 'busy') continue;
    if (step.twice && outcome === 'done') {
      const again = await attempt(both, fate);
      if (again !== 'done') return `again ${again}`;
    }
    return outcome;
  }
}

/** 'done', the code of a refusal, or null when nobody heard the answer. */
async function attempt(both: Both, fate: { statements: number | null; lost: boolean }): Promise<string | null> {
  try {
    await under(fate, () => both.real());
    return 'done';
  } catch (error) {
    if (error instanceof CutOff) return null;
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** The models after the acts in any order that explains the answers. */
function possible(model: Model, sent: { both: Both }[], outcomes: string[]): Model[] {
  return ordersOf(sent.map((_, n) => n)).flatMap((order) => {
    const after = structuredClone(model);
    return order.every((n) => sent[n]!.both.model(after) === outcomes[n]) ? [after] : [];
  });
}

function ordersOf(numbers: number[]): number[][] {
  if (numbers.length < 2) return [numbers];
  return numbers.flatMap((first) => ordersOf(numbers.filter((n) => n !== first)).map((rest) => [first, ...rest]));
}

/** The cells of items by an index whatever else there is: cells have none by item. */
const IN_LOTS = `lot_id = any(array(select id from lot where item_id = any($1)))`;

type Balances = Map<string, { onHand: number; reserved: number }>;

async function balancesOf(world: World): Promise<Balances> {
  const rows = await read(world.db, (tx) =>
    tx.query<{ id: string; onHand: number; reserved: number }>(
      `select id, on_hand as "onHand", reserved from stock_cell where ${IN_LOTS}`,
      [world.items],
    ),
  );
  return new Map(rows.map(({ id, ...balance }) => [id, balance]));
}

function differences(model: Model, balances: Balances): string[] {
  const ids = new Set([...Object.keys(model.cells), ...balances.keys()]);
  return [...ids].flatMap((id) => {
    const expected = model.cells[id] ?? { onHand: 0, reserved: 0 };
    const found = balances.get(id) ?? { onHand: 0, reserved: 0 };
    const same = expected.onHand === found.onHand && expected.reserved === found.reserved;
    return same ? [] : [`cell ${id}: ${found.onHand}/${found.reserved}, model ${expected.onHand}/${expected.reserved}`];
  });
}

/** S1-S6 of the items of one sequence, from the database alone. */
async function faultsOf(world: World): Promise<string[]> {
  const rows = await read(world.db, (tx) => tx.query<{ fault: string }>(FAULTS, [world.items]));
  return rows.map(({ fault }) => fault);
}

const FAULTS = `with cells as (select * from stock_cell where ${IN_LOTS}), moves as (select * from stock_movement where item_id = any($1)),
  legs as (select to_cell_id as id, units from moves union all select from_cell_id, -units from moves)
select 'S1 ' || id as fault from cells where on_hand < 0 and kind in ('bin', 'transit')
union all select 'S2 ' || id from cells where reserved < 0 or (reserved > 0 and reserved > on_hand)
union all select 'S3 ' || c.id from cells c left join (select id, sum(units) as units from legs group by id) l on l.id = c.id
  where c.on_hand <> coalesce(l.units, 0)
union all select 'S3 lot ' || lot_id from cells group by lot_id having sum(on_hand) <> 0
union all select 'S4 ' || r.id from reservation r join cells c on c.id = r.cell_id
  where (r.state = 'posted') <> (r.posted_units > 0) or (r.state = 'pending') <> (r.resolved_at is null)
union all select 'S5 ' || cause_id from moves group by cause_id, line having count(*) > 1
union all select 'S6 ' || c.id from cells c left join (select cell_id, sum(units) as units from reservation
    where state = 'pending' and cell_id in (select id from cells) group by cell_id) r on r.cell_id = c.id where c.reserved <> coalesce(r.units, 0)`;
