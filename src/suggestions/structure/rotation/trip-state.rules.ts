import type { SpanningTree } from '../../planner/flow/spanning-tree.rules.js';
import { keyOfLane, laneOf, usefulUnits } from './lanes.rules.js';
import { netOf, type RotationNet, solveNet, unitsIn } from './rotation-net.rules.js';
import type { Lane, RotationProblem } from './rotation.types.js';

interface LaneWay {
  net: number;
  arc: number;
  km10: number;
}
export interface LaneState extends Lane {
  key: string;
  ways: LaneWay[];
  nets: number[];
  isOpen: boolean;
  /** Goods that it could bring of use. */
  useful: number;
}

/** The networks of all items side by side, with trips that are open or closed to all of them, each solved again from where it stands. */
export class TripState {
  readonly lanes: LaneState[] = [];
  readonly arcs: number;
  private readonly nets: RotationNet[];
  private readonly weightG: number[];
  private readonly expired: number[];

  /** Only what could be of use where it goes is a way at all. */
  constructor(
    private readonly problem: RotationProblem,
    items: readonly number[],
  ) {
    this.nets = items.map((item) => netOf(problem, item, (way) => usefulUnits(problem, way)));
    this.weightG = items.map((item) => problem.items[item]!.weightG);
    this.expired = items.map(() => 0);
    this.arcs = this.nets.reduce((sum, { simplex }) => sum + simplex.arcs, 0);
    this.nets.forEach((net, at) => this.addLanes(net, at));
    this.solve(items.map((_, at) => at));
  }

  private addLanes({ ways, arcs }: RotationNet, net: number): void {
    const known = new Map(this.lanes.map((lane) => [lane.key, lane]));
    for (const { arc, ...way } of ways) {
      const lane = laneOf(this.problem, way);
      const key = keyOfLane(lane);
      const own = known.get(key) ?? { ...lane, key, ways: [], nets: [], isOpen: true, useful: 0 };
      if (!known.has(key)) this.lanes.push(own);
      known.set(key, own);
      own.ways.push({ net, arc, km10: arcs.low[arc]! });
      own.useful += usefulUnits(this.problem, way);
      if (own.nets.at(-1) !== net) own.nets.push(net);
    }
  }

  /** Units that expire unused, over all items. */
  get expiring(): number {
    return this.expired.reduce((sum, units) => sum + units, 0);
  }

  load({ ways }: LaneState): number {
    return ways.reduce((sum, { net, arc }) => sum + this.nets[net]!.simplex.tree.flow[arc]!, 0);
  }

  used(): LaneState[] {
    return this.lanes.filter((lane) => lane.isOpen && this.load(lane) > 0);
  }

  gramKm10(): number {
    let sum = 0;
    for (const { ways } of this.lanes)
      for (const { net, arc, km10 } of ways) sum += this.nets[net]!.simplex.tree.flow[arc]! * km10 * this.weightG[net]!;
    return sum;
  }

  set(lane: LaneState, isOpen: boolean): void {
    lane.isOpen = isOpen;
    for (const { net, arc } of lane.ways) this.nets[net]!.simplex.high[arc] = isOpen ? 0 : this.nets[net]!.closed;
  }

  /** What a unit on the lane costs beside its way, among plans that let as few expire. */
  charge({ ways }: LaneState, perUnit: number): void {
    for (const { net, arc, km10 } of ways) this.nets[net]!.simplex.low[arc] = km10 + perUnit;
  }

  solve(nets: Iterable<number>): void {
    for (const at of nets) {
      const net = this.nets[at]!;
      net.simplex.reprice();
      solveNet(net);
      this.expired[at] = unitsIn(net, net.waste);
    }
  }

  /** Remembers networks and lanes as they are; answers how they become so again. */
  mark(nets: readonly number[], lanes: readonly LaneState[]): () => void {
    const trees = nets.map((at): [number, SpanningTree, number] => [at, this.nets[at]!.simplex.tree.copy(), this.expired[at]!]);
    const open = lanes.map((lane): [LaneState, boolean] => [lane, lane.isOpen]);
    return () => {
      for (const [lane, isOpen] of open) this.set(lane, isOpen);
      for (const [at, tree, expired] of trees) {
        this.nets[at]!.simplex.tree.become(tree);
        this.expired[at] = expired;
      }
    };
  }
} // prettier-ignore
