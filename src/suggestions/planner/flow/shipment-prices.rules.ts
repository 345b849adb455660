import { SearchStopped } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import type { PivotLimits } from './network-simplex.rules.js';
import { ItemFace } from './shipment-cuts.rules.js';
import type { SupplyInstance } from './supplies.types.js';

/** Charges per unit are counted in parts of a shipment, rounded down, so that they are whole and the bound is sure. */
const PARTS = 2 ** 30;
/** Rounds without a better bound before the steps get shorter. */
const PATIENCE = 5;
/** Cuts are looked for after some of the rounds, where those are many enough for prices to settle on them. */
const CUTS = { worthRounds: 100, from: 0.12, until: 0.85, every: 16, stride: 1.5 };
/** How quickly what a traveller asks for follows the last round: for the steps, and to look for cuts. */
const PULL_STEP = 0.25;
const MEAN_STEP = 0.1;
/** Steps aim so far above the best bound at least. */
const AIM = 1.03;

/** Somebody who could travel in the shipment of a place, and so bears a share of it: an item on its road, or a cut. */
interface Traveller {
  share: number;
  /** How much of a shipment it asked for, 0 to 1: in this round, lately, and over many rounds. */
  use: number;
  pull: number;
  mean: number;
}

/** A road of an item between a warehouse and an incident, with the most units that it can carry. */
interface Lane extends Traveller {
  flow: number;
  road: number;
  most: number;
  tonneKm: number;
}

/** A cut and what each of its places bears. */
interface PricedCut {
  key: string;
  lanes: (Traveller & { part: number })[];
}

export interface ShipmentGoal {
  rounds: number;
  /** Shipments of a plan at hand: where the prices aim. */
  shipments: number;
  /** Tonne-kilometres that may not be exceeded. */
  tonneKm: number;
}

export interface PricedShipments {
  /** No plan that keeps fills, early goals and the roads allowed needs fewer. */
  bound: number;
  /** Per place: how much of a shipment the prices say is needed there, 0 to 1 (mean over the later rounds). */
  likely: Map<number, number>;
}

/**
 * Bounds the number of shipments by sharing out the one shipment of a place among the items that could travel in it (Lagrange,
 * Held, Wolfe and Crowder 1974): whatever the shares, as long as they add up to one, the items' own least charges together are a
 * bound. Shares move to the items that use their road most (projected subgradient, steps after Polyak); in the limit the bound is
 * that of the linear program with a link for every item. Cuts (`shipment-cuts`) that the uses so far miss then take shares as items
 * do, which lifts it above that. Low costs and trees of the flows are left changed.
 */
export function priceShipments(
  n: SupplyInstance,
  flows: readonly ItemFlow[],
  { goal, limits }: { goal: ShipmentGoal; limits: PivotLimits },
): PricedShipments {
  if (goal.tonneKm <= 0) return { bound: 0, likely: new Map() };
  const search = new ShareSearch(n, flows, { goal, limits });
  try {
    for (let round = 0; round < goal.rounds; round++) search.round(round);
  } catch (stopped) {
    if (!(stopped instanceof SearchStopped)) throw stopped;
  }
  return { bound: Math.ceil(search.bound - 1e-6), likely: search.likely() };
}

class ShareSearch {
  bound = 0;
  private readonly lanes: Lane[] = [];
  private readonly places = new Map<number, Traveller[]>();
  private readonly faces: ItemFace[];
  private readonly cuts: PricedCut[] = [];
  private readonly used = new Map<number, number>();
  private noted = 0;
  private stride = 1;
  private withoutGain = 0;
  /** What a tonne-kilometre is charged, in shipments. */
  private kmPrice = 0;
  private kmPull = 0;

  constructor(
    private readonly n: SupplyInstance,
    private readonly flows: readonly ItemFlow[],
    private readonly how: { goal: ShipmentGoal; limits: PivotLimits },
  ) {
    this.faces = flows.map((flow) => new ItemFace(flow));
    this.faces.forEach(({ lanes }, flow) => {
      for (const { place, road, most } of lanes) {
        const { item } = flows[flow]!.net;
        const tonneKm = (n.unitKg[item]! * n.distanceKm[place]!) / 1000;
        const lane = { flow, road, most, tonneKm, share: 0, use: 0, pull: 0, mean: 0 };
        this.lanes.push(lane);
        this.join(place, lane);
      }
    });
    for (const travellers of this.places.values()) for (const one of travellers) one.share = 1 / travellers.length;
  }

  private join(place: number, traveller: Traveller): void {
    const travellers = this.places.get(place);
    if (travellers) travellers.push(traveller);
    else this.places.set(place, [traveller]);
  }

  round(round: number): void {
    const { goal } = this.how;
    if (looksForCuts(round, goal)) this.findCuts();
    for (const { flow, road, most, share, tonneKm } of this.lanes)
      this.flows[flow]!.setLow(road, Math.floor((share / most + this.kmPrice * tonneKm) * PARTS));
    let charged = 0;
    for (const flow of this.flows) charged += this.leastCharge(flow);
    let reached = charged / PARTS - this.kmPrice * goal.tonneKm;
    for (const lane of this.lanes) lane.use = this.flows[lane.flow]!.units(lane.road) / lane.most;
    for (const cut of this.cuts) reached += leastOf(cut);
    if (reached > this.bound * (1 + 1e-5)) this.withoutGain = 0;
    else if (++this.withoutGain >= PATIENCE) {
      this.stride *= 0.7;
      this.withoutGain = 0;
    }
    this.bound = Math.max(this.bound, reached);
    this.movePrices(reached, round);
  }

  private leastCharge(flow: ItemFlow): number {
    flow.solve(this.how.limits);
    let sum = 0;
    for (let road = 0; road < flow.forbidden.length; road++) {
      const units = flow.units(road);
      if (units > 0) sum += units * flow.simplex.low[flow.arcOf(road)]!;
    }
    return sum;
  }

  private findCuts(): void {
    const uses = new Float64Array(this.n.warehouses * this.n.incidents);
    for (const [place, travellers] of this.places)
      for (const { mean } of travellers) uses[place] = Math.max(uses[place]!, mean);
    const known = new Set(this.cuts.map(({ key }) => key));
    for (const [index, face] of this.faces.entries()) {
      if (this.how.limits.shouldStop()) throw new SearchStopped();
      for (const { key, lanes } of face.cuts(uses)) {
        const name = `${index} ${key}`;
        if (known.has(name)) continue;
        const cut: PricedCut = { key: name, lanes: [] };
        for (const { place, part } of lanes) {
          const traveller = { part, share: 0, use: 0, pull: 0, mean: 0 };
          cut.lanes.push(traveller);
          this.join(place, traveller);
        }
        this.cuts.push(cut);
      }
    }
    this.stride = Math.max(this.stride, CUTS.stride);
  }

  private movePrices(reached: number, round: number): void {
    const { goal } = this.how;
    const late = round >= goal.rounds / 3;
    if (late) this.noted++;
    let length = 0;
    let tonneKm = 0;
    for (const lane of this.lanes) tonneKm += lane.use * lane.most * lane.tonneKm;
    for (const [place, travellers] of this.places) {
      let most = 0;
      let mean = 0;
      for (const one of travellers) {
        one.pull = round === 0 ? one.use : one.pull + PULL_STEP * (one.use - one.pull);
        one.mean = round === 0 ? one.use : one.mean + MEAN_STEP * (one.use - one.mean);
        mean += one.pull / travellers.length;
        most = Math.max(most, one.pull);
      }
      for (const { pull } of travellers) length += (pull - mean) ** 2;
      if (late) this.used.set(place, (this.used.get(place) ?? 0) + most);
    }
    const over = ((tonneKm - goal.tonneKm) / goal.tonneKm) * goal.shipments;
    this.kmPull = round === 0 ? over : (this.kmPull + over) / 2;
    const kmPull = this.kmPrice <= 0 && this.kmPull < 0 ? 0 : this.kmPull;
    const aim = Math.max(goal.shipments, this.bound * AIM);
    const step = (this.stride * Math.max(1, aim - reached)) / Math.max(1e-9, length + kmPull * kmPull);
    this.kmPrice = Math.max(0, this.kmPrice + (step * kmPull * goal.shipments) / goal.tonneKm);
    for (const travellers of this.places.values()) {
      for (const one of travellers) one.share += step * one.pull;
      project(travellers);
    }
  }

  likely(): Map<number, number> {
    return new Map(
      [...this.places.keys()].map((place) => [place, (this.used.get(place) ?? 0) / Math.max(1, this.noted)]),
    );
  }
}

/** From a part of the rounds to another, every so many. */
function looksForCuts(round: number, { rounds }: ShipmentGoal): boolean {
  if (rounds < CUTS.worthRounds || round % CUTS.every !== 0) return false;
  return round >= rounds * CUTS.from && round < rounds * CUTS.until;
}

/** The least that a cut's places can bear together for it to be met, in parts of places (a fractional knapsack); notes which. */
function leastOf({ lanes }: PricedCut): number {
  let sum = 0;
  let open = 1;
  for (const one of [...lanes].sort((a, b) => a.share * b.part - b.share * a.part)) {
    one.use = open <= 0 ? 0 : Math.min(1, open / one.part);
    sum += one.use * one.share;
    open -= one.use * one.part;
  }
  return sum;
}

/** The nearest shares that are not negative and add up to one. */
function project(travellers: readonly Traveller[]): void {
  const sorted = travellers.map(({ share }) => share).sort((one, other) => other - one);
  let sum = 0;
  let cut = 0;
  for (let at = 0; at < sorted.length; at++) {
    sum += sorted[at]!;
    const next = (sum - 1) / (at + 1);
    if (sorted[at]! - next <= 0) break;
    cut = next;
  }
  for (const one of travellers) one.share = Math.max(0, one.share - cut);
}
