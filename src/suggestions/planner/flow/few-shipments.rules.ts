import { SearchStopped } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import { priceShipments } from './shipment-prices.rules.js';
import { seeded } from './random.rules.js';
import type { Random } from './random.rules.js';
import { ShipmentState } from './shipment-state.rules.js';
import type { SearchLimits, SupplyInstance } from './supplies.types.js';

const SLOPE_ROUNDS = 15;
const PRICE_ROUNDS = { least: 12, most: 240, roads: 4_800_000 };
/** The chance that a closed place is opened again: of more than `MANY` for an incident, fewer. */
const OPEN_AGAIN = { few: 0.5, many: 0.3 };
const MANY = 25;
/** How much of a shipment the prices have to see in a place to open it at first; less where that does not carry everything. */
const LIKELY = [0.2, 0.1, 0.02, 0];

export interface Drawn {
  /** Units per road, by flow. */
  units: Float64Array[];
  rounds: number;
  /** No plan with these fills, early goals, arrivals and kilometres needs fewer. */
  bound: number;
  stopped: boolean;
}

/**
 * Draws shipments together: fewer pairs of warehouse and incident, with fills, early goals and latest arrivals held and
 * tonne-kilometres within a share above the least. Prices (`shipment-prices`) bound it and say which pairs matter; slope scaling
 * (Kim and Pardalos 1999) and those pairs give two starts, dropping one pair after the other a local optimum, and ruin and recreate
 * round one or two incidents the rest. The best found, not proven. Trees and costs of the flows are put back.
 */
export function drawTogether(
  n: SupplyInstance,
  flows: readonly ItemFlow[],
  limits: SearchLimits,
  { tonneKmShare, latestMin }: { tonneKmShare: number; latestMin: readonly number[] },
): Drawn {
  const kept = flows.map(({ simplex, forbidden }) => ({
    tree: simplex.tree.copy(),
    low: simplex.low.slice(),
    forbidden: forbidden.slice(),
  }));
  for (const flow of flows)
    flow.net.roadMin.forEach((minutes, road) => {
      if (minutes > latestMin[flow.placeOf(road) % n.incidents]!) flow.forbid(road);
    });
  const search = new ShipmentSearch(n, flows, { limits, tonneKmShare });
  let stopped = false;
  try {
    search.run();
  } catch (reason) {
    if (!(reason instanceof SearchStopped)) throw reason;
    stopped = true;
  }
  flows.forEach((flow, index) => {
    const { tree, low, forbidden } = kept[index]!;
    forbidden.forEach((isForbidden, road) => (isForbidden === 1 ? flow.forbid(road) : flow.allow(road)));
    flow.simplex.low.set(low);
    flow.becomes(tree);
  });
  return { units: search.best, rounds: search.rounds, bound: search.bound, stopped };
}

class ShipmentSearch {
  best: Float64Array[];
  rounds = 0;
  /** No plan within the limits needs fewer. */
  bound = 0;
  private likely = new Map<number, number>();
  private readonly state: ShipmentState;
  private readonly budget: number;
  private readonly random: Random;
  /** What a shipment is charged in tonne-kilometres. */
  private charge: number;
  private count: number;

  constructor(
    private readonly n: SupplyInstance,
    private readonly flows: readonly ItemFlow[],
    private readonly how: { limits: SearchLimits; tonneKmShare: number },
  ) {
    this.state = new ShipmentState(n, flows, how.limits);
    for (const place of this.state.lanes.keys()) this.state.open[place] = 1;
    this.best = this.unitsNow();
    this.count = this.countNow();
    this.budget = this.state.total() * (1 + how.tonneKmShare);
    this.random = seeded(how.limits.seed);
    this.charge = (0.15 * this.state.total()) / Math.max(1, this.count);
  }

  run(): void {
    this.price();
    this.slopes();
    for (const place of this.state.lanes.keys()) this.state.setCharge(place, 0);
    this.solveAll();
    this.dropAll();
    this.startFromPrices();
    for (let round = 0; round < this.how.limits.shipmentRounds; round++) {
      if (this.how.limits.shouldStop()) throw new SearchStopped();
      this.ruin();
      this.rounds++;
    }
    this.dropAll();
  }

  private price(): void {
    const { n, flows, budget } = this;
    const roads = flows.reduce((sum, { net }) => sum + net.roadShelf.length, 0);
    const { least, most } = PRICE_ROUNDS;
    const rounds = Math.max(least, Math.min(most, Math.floor(PRICE_ROUNDS.roads / Math.max(1, roads))));
    const goal = { rounds, shipments: this.count / 2, tonneKm: budget };
    const { bound, likely } = priceShipments(n, flows, { goal, limits: this.how.limits });
    this.bound = bound;
    this.likely = likely;
  }

  /** Opens only the places that the prices speak for, as many as are needed to carry everything, and drops from there. */
  private startFromPrices(): void {
    const { state } = this;
    const { undo, keep } = state.save([...this.flows.keys()]);
    const before = this.count;
    for (const least of LIKELY) {
      if (this.how.limits.shouldStop()) throw new SearchStopped();
      for (const place of state.lanes.keys())
        if (this.likelihood(place) >= least) state.openPlace(place);
        else state.closePlace(place);
      if (this.flows.map((_, index) => state.solve(index)).includes(false) || state.total() > this.budget) continue;
      this.dropAll();
      if (this.countNow() < before) return keep();
      break;
    }
    undo();
  }

  private likelihood(place: number): number {
    return this.likely.get(place) ?? 0;
  }

  private unitsNow(): Float64Array[] {
    return this.flows.map((flow) => Float64Array.from(flow.net.roadShelf, (_, road) => flow.units(road)));
  }

  private countNow(): number {
    let count = 0;
    for (const place of this.state.lanes.keys()) if (this.state.open[place] === 1 && this.state.carries(place)) count++;
    return count;
  }

  private solveAll(): void {
    this.flows.forEach((_, index) => this.state.solve(index));
  }

  private keepIfBetter(): void {
    const count = this.countNow();
    if (count >= this.count || this.state.total() > this.budget) return;
    this.count = count;
    this.best = this.unitsNow();
  }

  /** A shipment's charge is spread over what it carried last time, so that thin ones become dear and thick ones cheap. */
  private slopes(): void {
    const { state } = this;
    const slope = new Map([...state.lanes.keys()].map((place) => [place, 1]));
    let bestOpen: number[] = [];
    for (let round = 0; round < SLOPE_ROUNDS; round++) {
      for (const place of slope.keys()) {
        const load = state.load(place);
        if (load > 0) slope.set(place, Math.min(20, 1 / load));
        state.setCharge(place, this.charge * slope.get(place)!);
      }
      this.solveAll();
      const isWithin = state.total() <= this.budget;
      if (isWithin && this.countNow() < this.count)
        bestOpen = [...slope.keys()].filter((place) => state.load(place) > 0);
      if (isWithin) this.keepIfBetter();
      this.charge *= isWithin ? 1.3 : 0.7;
    }
    const open = new Set(bestOpen);
    if (open.size > 0) for (const place of slope.keys()) if (!open.has(place)) state.closePlace(place);
  }

  private dropAll(): void {
    for (;;) {
      const loads = new Map(this.state.used().map((place) => [place, this.state.load(place)]));
      const thinFirst = [...loads.keys()].sort(
        (one, other) =>
          this.likelihood(one) - this.likelihood(other) || loads.get(one)! - loads.get(other)! || one - other,
      );
      let dropped = 0;
      for (const place of thinFirst) {
        if (this.how.limits.shouldStop()) throw new SearchStopped();
        if (this.state.open[place] === 1 && this.state.tryDrop(place, this.budget)) dropped++;
      }
      this.keepIfBetter();
      if (dropped === 0) return;
    }
  }

  /** Opens some of the closed places of one or two incidents, lets goods gather by noisy charges, and drops again. */
  private ruin(): void {
    const { state, random } = this;
    const incidents = this.pickIncidents();
    const touched = state.flowsTo(incidents);
    const { undo, keep } = state.save(touched);
    const countBefore = this.countNow();
    const places = incidents.flatMap((k) => state.placesOf[k]!);
    const openAgain = places.length > MANY * incidents.length ? OPEN_AGAIN.many : OPEN_AGAIN.few;
    for (const place of places) if (state.open[place] === 0 && random.unit() < openAgain) state.openPlace(place);
    const opened = places.filter((place) => state.open[place] === 1);
    for (const place of opened) {
      const draw = Math.max(0.2, state.coverage(place)) * (0.6 + 0.8 * random.unit());
      state.setCharge(place, (2 * this.charge) / draw);
    }
    for (const index of touched) state.solve(index);
    const loads = new Map(opened.map((place) => [place, state.load(place)]));
    for (const place of opened) {
      state.setCharge(place, 0);
      if (loads.get(place) === 0) state.closePlace(place);
    }
    for (const index of touched) state.solve(index);
    const noisy = opened
      .filter((place) => loads.get(place)! > 0)
      .map((place) => ({ place, load: loads.get(place)! * (0.7 + 0.6 * random.unit()) }))
      .sort((one, other) => one.load - other.load || one.place - other.place);
    for (const { place } of noisy) if (state.open[place] === 1) state.tryDrop(place, this.budget);
    const count = this.countNow();
    if (count > countBefore || state.total() > this.budget) return undo();
    this.keepIfBetter();
    keep();
  }

  private pickIncidents(): number[] {
    const { state, random, n } = this;
    const first = random.whole(0, n.incidents - 1);
    if (random.unit() >= 0.5) return [first];
    const senders = new Set(state.placesOf[first]!.filter((place) => state.open[place] === 1).map((place) => Math.floor(place / n.incidents))); // prettier-ignore
    const neighbours = [...Array(n.incidents).keys()].filter(
      (k) => k !== first && state.placesOf[k]!.some((place) => state.open[place] === 1 && senders.has(Math.floor(place / n.incidents))), // prettier-ignore
    );
    return neighbours.length > 0 ? [first, neighbours[random.whole(0, neighbours.length - 1)]!] : [first];
  }
}
