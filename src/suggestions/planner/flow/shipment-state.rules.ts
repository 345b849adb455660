import type { ItemFlow } from './item-flow.rules.js';
import type { PivotLimits } from './network-simplex.rules.js';
import type { SpanningTree } from './spanning-tree.rules.js';
import type { SupplyInstance } from './supplies.types.js';

/** Costs are counted in eighths of a hectometre, so that charges are not lost in rounding. */
const EIGHTHS = 8;
const LARGEST_COST = 1e9;

interface Lane {
  flow: number;
  road: number;
}

/**
 * Which warehouses send to which incidents, while that is being changed. A place (pair) is open or closed; roads of closed
 * places are forbidden. All flows stay best in their early goals and within the latest arrivals.
 */
export class ShipmentState {
  readonly open: Uint8Array;
  /** Roads of a place that are not too late, by place. */
  readonly lanes = new Map<number, Lane[]>();
  /** Places of an incident that have lanes. */
  readonly placesOf: number[][];
  tonneKm: number[];
  /** Copies of trees that nobody holds any more, by flow: a search copies some every round. */
  private readonly spareTrees: SpanningTree[][];
  private readonly plainHm: Int32Array[];

  constructor(
    readonly n: SupplyInstance,
    readonly flows: readonly ItemFlow[],
    private readonly limits: PivotLimits,
  ) {
    this.spareTrees = flows.map(() => []);
    this.open = new Uint8Array(n.warehouses * n.incidents);
    this.placesOf = Array.from({ length: n.incidents }, () => []);
    flows.forEach((flow, index) => {
      for (let road = 0; road < flow.net.roadShelf.length; road++)
        if (flow.forbidden[road] === 0) this.addLane(flow.placeOf(road), { flow: index, road });
    });
    for (const places of this.placesOf) places.sort((one, other) => one - other);
    this.plainHm = flows.map((flow) =>
      Int32Array.from(flow.net.roadShelf, (_, road) => Math.round(n.distanceKm[flow.placeOf(road)]! * 10)),
    );
    this.tonneKm = flows.map((_, index) => this.measure(index));
  }

  private addLane(place: number, lane: Lane): void {
    const lanes = this.lanes.get(place);
    if (lanes) lanes.push(lane);
    else {
      this.lanes.set(place, [lane]);
      this.placesOf[place % this.n.incidents]!.push(place);
    }
  }

  total(): number {
    return this.tonneKm.reduce((sum, part) => sum + part, 0);
  }

  measure(index: number): number {
    const flow = this.flows[index]!;
    return (flow.total('tonne-km') * this.n.unitKg[flow.net.item]!) / 10_000;
  }

  /** Units that go over a place, as parts of what the incident gets, summed over items; 0 when nothing goes. */
  load(place: number): number {
    let sum = 0;
    for (const { flow: index, road } of this.lanes.get(place) ?? []) {
      const flow = this.flows[index]!;
      const units = flow.units(road);
      if (units > 0) sum += units / flow.served[flow.net.roadNeed[road]!]!;
    }
    return sum;
  }

  /** How much of an incident's goods a warehouse could send, as parts, summed over items. */
  coverage(place: number): number {
    let sum = 0;
    for (const { flow: index, road } of this.lanes.get(place) ?? []) {
      const { net, served } = this.flows[index]!;
      const units = served[net.roadNeed[road]!]!;
      if (units > 0) sum += Math.min(1, net.stock[net.roadShelf[road]!]! / units);
    }
    return sum;
  }

  /** A charge in tonne-kilometres for sending all that the incident gets over the place; 0 for none. */
  /** Whether anything goes over a place. */
  carries(place: number): boolean {
    for (const { flow, road } of this.lanes.get(place) ?? []) if (this.flows[flow]!.units(road) > 0) return true;
    return false;
  }

  /** Whether what other open places hold could make up for a road: where not, it is in vain to try. */
  private canSpare({ flow: index, road }: Lane): boolean {
    const { net, served, forbidden } = this.flows[index]!;
    const { firstTo, roadsTo, roadShelf, stock } = net;
    const need = net.roadNeed[road]!;
    let short = served[need]!;
    for (let at = firstTo[need]!; at < firstTo[need + 1]! && short > 0; at++) {
      const other = roadsTo[at]!;
      if (other !== road && forbidden[other] === 0) short -= stock[roadShelf[other]!]!;
    }
    return short <= 0;
  }

  private treeOf(index: number): SpanningTree {
    const { tree } = this.flows[index]!.simplex;
    const copy = this.spareTrees[index]!.pop();
    if (!copy) return tree.copy();
    copy.become(tree);
    return copy;
  }

  private giveBack(index: number, tree: SpanningTree): void {
    this.spareTrees[index]!.push(tree);
  }

  setCharge(place: number, charge: number): void {
    for (const { flow: index, road } of this.lanes.get(place) ?? []) {
      const flow = this.flows[index]!;
      const units = Math.max(1, flow.served[flow.net.roadNeed[road]!]!);
      const perUnitHm = (charge / units / this.n.unitKg[flow.net.item]!) * 10_000;
      flow.setLow(road, Math.min(LARGEST_COST, Math.round(EIGHTHS * (this.plainHm[index]![road]! + perUnitHm))));
    }
  }

  openPlace(place: number): void {
    this.open[place] = 1;
    for (const { flow, road } of this.lanes.get(place) ?? []) this.flows[flow]!.allow(road);
  }

  closePlace(place: number): void {
    this.open[place] = 0;
    for (const { flow, road } of this.lanes.get(place) ?? []) this.flows[flow]!.forbid(road);
  }

  solve(index: number): boolean {
    const flow = this.flows[index]!;
    flow.solve(this.limits);
    this.tonneKm[index] = this.measure(index);
    return flow.highCost() === flow.leastHigh;
  }

  /** Closes places that nothing goes over; answers the others. */
  used(): number[] {
    const used: number[] = [];
    for (const [place] of this.lanes) {
      if (this.open[place] === 0) continue;
      if (this.load(place) > 0) used.push(place);
      else this.closePlace(place);
    }
    return used;
  }

  /** Closes a place if all early goals can be held and the kilometres stay within a budget; else changes nothing. */
  tryDrop(place: number, budget: number): boolean {
    const lanes = this.lanes.get(place) ?? [];
    const before: { index: number; tree: SpanningTree; tonneKm: number }[] = [];
    for (const lane of lanes) if (this.flows[lane.flow]!.units(lane.road) > 0 && !this.canSpare(lane)) return false;
    let total = this.total();
    let holds = true;
    this.open[place] = 0;
    for (const { flow: index, road } of lanes) {
      const flow = this.flows[index]!;
      const carries = flow.units(road) > 0;
      if (carries) before.push({ index, tree: this.treeOf(index), tonneKm: this.tonneKm[index]! });
      flow.forbid(road);
      if (!carries) continue;
      holds = this.solve(index);
      total += this.tonneKm[index]! - before.at(-1)!.tonneKm;
      if (!holds || total > budget) {
        holds = false;
        break;
      }
    }
    for (const { index, tree, tonneKm } of before) {
      this.giveBack(index, tree);
      if (holds) continue;
      this.flows[index]!.becomes(tree);
      this.tonneKm[index] = tonneKm;
    }
    if (holds) return true;
    this.openPlace(place);
    return false;
  }

  /** Flows that could go to some incidents. */
  flowsTo(incidents: readonly number[]): number[] {
    return [...this.flows.keys()].filter((index) => incidents.some((k) => this.flows[index]!.net.needs.includes(k)));
  }

  /** Everything that a change among some flows can touch: what goes back to it, or else lets it go. Call one of the two once. */
  save(indices: readonly number[]): { undo: () => void; keep: () => void } {
    const trees = indices.map((index) => this.treeOf(index));
    const open = this.open.slice();
    const tonneKm = [...this.tonneKm];
    const keep = (): void => indices.forEach((index, at) => this.giveBack(index, trees[at]!));
    const undo = (): void => {
      for (const place of this.lanes.keys()) {
        if (open[place] === this.open[place]) continue;
        if (open[place] === 1) this.openPlace(place);
        else this.closePlace(place);
      }
      indices.forEach((index, at) => this.flows[index]!.becomes(trees[at]!));
      this.tonneKm = tonneKm;
      keep();
    };
    return { undo, keep };
  }
}
