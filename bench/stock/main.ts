import { Copies } from '../support/copies.js';
import { type BenchContext, type Measured, median, numberOf, round } from '../support/stats.js';
import { printVerdicts, type Verdict } from '../support/verdicts.js';
import { bareSide, httpSide, serviceSide } from './sides.js';
import { fill, type Heat, movesOf } from './world.js';

const HANDS = [8, 32];
const HEATS: Heat[] = ['spread', 'hot'];
const SIDES = ['service', 'http', 'bare'] as const;
type Round = Record<(typeof SIDES)[number], Measured>;

/**
 * Postings a second: bin moves of one line, each with its number, paper, movement, two balances, level, two journal rows and the kept
 * answer of its idempotency key. Through the service, over HTTP, and the very statements of the service's transactions sent by the driver
 * alone on an equal database, so with the same rows, locks and commits. Spread over all shelves, and nearly all on a few; rounds interleave.
 */
export async function main({ databaseUrl, args }: BenchContext) {
  const rounds = numberOf(args, '--rounds', 5);
  const count = numberOf(args, '--postings', 1500);
  const copies = await Copies.of(databaseUrl);
  const shelves = await fill(await copies.make('stock_template'));
  const warehouses = [...new Set(shelves.map((shelf) => shelf.warehouseCode))];
  const most = Math.max(...HANDS);
  const service = await serviceSide(await copies.make('stock_service', 'stock_template'), most, warehouses);
  const http = await httpSide(await copies.make('stock_http', 'stock_template'), most, warehouses);
  const bare = bareSide(await copies.make('stock_bare', 'stock_template'), most);
  const measured = new Map<string, Round[]>();
  for (let n = 0; n <= rounds; n++) {
    for (const heat of HEATS) {
      for (const hands of HANDS) {
        const warming = n === 0; // the first round fills caches and lets the compiler settle; it does not count
        const moves = movesOf(shelves, { heat, count: warming ? Math.min(count, 500) : count, seed: n });
        const turn = async (run: () => Promise<Measured>) => {
          await settle(copies);
          return run();
        };
        const first = n % 2 === 0 ? await turn(() => http.run(moves, hands)) : undefined;
        const inProcess = await turn(() => service.run(moves, hands));
        const sent = service.taken();
        const alone = await turn(() => bare.run(sent, hands));
        const one = { service: inProcess, http: first ?? (await turn(() => http.run(moves, hands))), bare: alone };
        if (warming) continue;
        const key = `${heat} ${hands}`;
        measured.set(key, [...(measured.get(key) ?? []), one]);
        console.log(`round ${n} ${key}: ${SIDES.map((side) => `${side} ${say(one[side])}`).join(', ')}`);
      }
    }
  }
  const faults = await service.faults();
  await Promise.all([service.close(), http.close(), bare.close()]);
  const deadlocks = await copies.deadlocks(['stock_service', 'stock_http', 'stock_bare']);
  await copies.close();
  return figuresOf(measured, { faults, deadlocks });
}

/** Nobody pays for what the side before has left: its rows to be sealed, its pages to be written. */
async function settle(copies: Copies): Promise<void> {
  await new Promise((wake) => setTimeout(wake, 500));
  await copies.checkpoint();
}

const say = ({ perS, p99 }: Measured) => `${round(perS)}/s (p99 ${round(p99)} ms)`;

function figuresOf(measured: Map<string, Round[]>, { faults, deadlocks }: { faults: number; deadlocks: number }) {
  const middle = (key: string, side: (typeof SIDES)[number], what: 'perS' | 'p99') =>
    median(measured.get(key)!.map((one) => one[side][what]));
  const failed = [...measured.values()].flat().flatMap((one) => SIDES.map((side) => one[side].failures));
  const failures = failed.reduce((sum, one) => sum + one, 0) + faults;
  const over = (key: string, side: 'service' | 'http', what: 'perS' | 'p99') =>
    round(middle(key, side, what) / middle(key, 'bare', what), 2);
  const verdicts: Verdict[] = [...measured.keys()].flatMap((key) => [
    { what: `${key} clients: service over bare`, figure: over(key, 'service', 'perS'), limit: 0.6, holds: 'at-least' },
    { what: `${key} clients: HTTP over bare`, figure: over(key, 'http', 'perS'), limit: 0.35, holds: 'at-least' },
    { what: `${key} clients: service p99 over bare p99`, figure: over(key, 'service', 'p99'), limit: 4, holds: 'at-most' },
    { what: `${key} clients: HTTP p99 over bare p99`, figure: over(key, 'http', 'p99'), limit: 4, holds: 'at-most' },
  ]); // prettier-ignore
  const missed = printVerdicts([
    ...verdicts,
    { what: 'failed transactions and faults of the audit', figure: failures, limit: 0, holds: 'at-most' },
    { what: 'deadlocks', figure: deadlocks, limit: 0, holds: 'at-most' },
  ]);
  const rates = Object.fromEntries(
    [...measured.keys()].map((key) => [
      key.replace(' ', ''),
      Object.fromEntries(SIDES.map((side) => [side, { perS: round(middle(key, side, 'perS')), p99Ms: round(middle(key, side, 'p99')) }])),
    ]),
  ); // prettier-ignore
  return {
    servicePerS: round(middle('spread 8', 'service', 'perS')),
    httpPerS: round(middle('spread 8', 'http', 'perS')),
    barePerS: round(middle('spread 8', 'bare', 'perS')),
    serviceOverBare: over('spread 8', 'service', 'perS'),
    httpOverBare: over('spread 8', 'http', 'perS'),
    p99Ms: round(middle('spread 8', 'service', 'p99')),
    bareP99Ms: round(middle('spread 8', 'bare', 'p99')),
    hotServicePerS: round(middle('hot 8', 'service', 'perS')),
    hotBarePerS: round(middle('hot 8', 'bare', 'perS')),
    failures,
    deadlocks,
    missed,
    rates,
  };
}
