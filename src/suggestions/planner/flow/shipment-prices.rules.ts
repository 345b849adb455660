import { SearchStopped } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import type { PivotLimits } from './network-simplex.rules.js';
import type { SupplyInstance } from './supplies.types.js';

/** Charges per unit are counted in parts of a shipment, rounded down, so that they are whole and the bound is sure. */
const PARTS = 2 ** 30;
/** Rounds without a better bound before the steps get shorter. */
const PATIENCE = 5;

/** A road of an item between a warehouse and an incident, with the most units that it can carry and its share of the shipment. */
interface Lane {
  flow: number;
  road: number;
  most: number;
  tonneKm: number;
  share: number;
  pull: number;
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
 * that of the linear program with a link for every item. Low costs and trees of the flows are left changed.
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
  private readonly places = new Map<number, Lane[]>();
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
    flows.forEach((flow, index) => {
      for (let road = 0; road < flow.forbidden.length; road++)
        if (flow.forbidden[road] === 0) this.addLane(flow, index, road);
    });
    for (const lanes of this.places.values()) for (const lane of lanes) lane.share = 1 / lanes.length;
  }

  private addLane(flow: ItemFlow, index: number, road: number): void {
    const { net, served } = flow;
    const most = Math.min(mostFrom(flow, net.roadShelf[road]!), served[net.roadNeed[road]!]!);
    if (most === 0 || flow.reducedEarly(flow.arcOf(road)) !== 0) return;
    const place = net.roadPlace[road]!;
    const tonneKm = (this.n.unitKg[net.item]! * this.n.distanceKm[place]!) / 1000;
    const lane = { flow: index, road, most, tonneKm, share: 0, pull: 0 };
    const lanes = this.places.get(place);
    if (lanes) lanes.push(lane);
    else this.places.set(place, [lane]);
  }

  round(round: number): void {
    for (const lanes of this.places.values())
      for (const { flow, road, most, share, tonneKm } of lanes)
        this.flows[flow]!.setLow(road, Math.floor((share / most + this.kmPrice * tonneKm) * PARTS));
    let charged = 0;
    for (const flow of this.flows) charged += this.leastCharge(flow);
    const reached = charged / PARTS - this.kmPrice * this.how.goal.tonneKm;
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

  private movePrices(reached: number, round: number): void {
    const late = round >= this.how.goal.rounds / 3;
    if (late) this.noted++;
    let length = 0;
    let tonneKm = 0;
    for (const [place, lanes] of this.places) {
      let most = 0;
      let mean = 0;
      for (const lane of lanes) {
        const units = this.flows[lane.flow]!.units(lane.road);
        const use = units / lane.most;
        tonneKm += units * lane.tonneKm;
        lane.pull = round === 0 ? use : (lane.pull + use) / 2;
        mean += lane.pull / lanes.length;
        most = Math.max(most, lane.pull);
      }
      for (const { pull } of lanes) length += (pull - mean) ** 2;
      if (late) this.used.set(place, (this.used.get(place) ?? 0) + most);
    }
    const { goal } = this.how;
    const over = ((tonneKm - goal.tonneKm) / goal.tonneKm) * goal.shipments;
    this.kmPull = round === 0 ? over : (this.kmPull + over) / 2;
    const kmPull = this.kmPrice <= 0 && this.kmPull < 0 ? 0 : this.kmPull;
    const step = (this.stride * Math.max(1, goal.shipments - reached)) / Math.max(1e-9, length + kmPull * kmPull);
    this.kmPrice = Math.max(0, this.kmPrice + (step * kmPull * goal.shipments) / goal.tonneKm);
    for (const lanes of this.places.values()) {
      for (const lane of lanes) lane.share += step * lane.pull;
      project(lanes);
    }
  }

  likely(): Map<number, number> {
    return new Map(
      [...this.places.keys()].map((place) => [place, (this.used.get(place) ?? 0) / Math.max(1, this.noted)]),
    );
  }
}

/** Units that a shelf gives at most when the early goals are held. */
function mostFrom(flow: ItemFlow, shelf: number): number {
  const { stock, reserve } = flow.net;
  const brought = 2 * shelf + 1;
  const keepsReserve = flow.reducedEarly(brought) !== 0 && flow.simplex.tree.flow[brought] === 0;
  return keepsReserve ? stock[shelf]! - reserve[shelf]! : stock[shelf]!;
}

/** The nearest shares that are not negative and add up to one. */
function project(lanes: readonly Lane[]): void {
  const sorted = lanes.map(({ share }) => share).sort((one, other) => other - one);
  let sum = 0;
  let cut = 0;
  for (let at = 0; at < sorted.length; at++) {
    sum += sorted[at]!;
    const next = (sum - 1) / (at + 1);
    if (sorted[at]! - next <= 0) break;
    cut = next;
  }
  for (const lane of lanes) lane.share = Math.max(0, lane.share - cut);
}
