import type { Highs } from 'highs';
import type { SupplyGoal, SupplyInstance, SupplyPolicy } from '../flow/supplies.types.js';
import { GoalModel, LpBuilder } from './lp.js';

interface Road {
  column: number;
  warehouse: number;
  incident: number;
  item: number;
}

/** All items of an instance as one linear model, written down without a thought of networks. */
export class SupplyOracle {
  private readonly builder = new LpBuilder();
  private readonly roads: Road[] = [];
  private readonly reserves: { column: number; warehouse: number; item: number }[] = [];
  private readonly needRow = new Map<number, number>();
  private readonly model: GoalModel;

  constructor(
    highs: Highs,
    private readonly n: SupplyInstance,
    private readonly policy: SupplyPolicy,
  ) {
    const cellRow = new Map<number, number>();
    for (let item = 0; item < n.items; item++)
      for (let warehouse = 0; warehouse < n.warehouses; warehouse++)
        for (let incident = 0; incident < n.incidents; incident++) this.addRoad(cellRow, { item, warehouse, incident });
    for (const [cell, row] of cellRow) {
      const stays = Math.min(n.stock[cell]!, n.reserve[cell]!);
      const place = { warehouse: Math.floor(cell / n.items), item: cell % n.items };
      if (stays > 0) this.reserves.push({ column: this.builder.column(stays, [[row, -1]]), ...place });
    }
    this.model = new GoalModel(highs, this.builder);
  }

  private addRoad(cellRow: Map<number, number>, road: Omit<Road, 'column'>): void {
    const { n, builder } = this;
    const cell = road.warehouse * n.items + road.item;
    const need = road.incident * n.items + road.item;
    const minutes = n.travelMin[road.warehouse * n.incidents + road.incident]!;
    if (n.stock[cell] === 0 || n.need[need] === 0 || minutes < 0 || minutes > n.reachMin[road.item]!) return;
    const free = n.stock[cell]! - Math.min(n.stock[cell]!, n.reserve[cell]!);
    if (!cellRow.has(cell)) cellRow.set(cell, builder.row(Number.NEGATIVE_INFINITY, free));
    if (!this.needRow.has(need)) this.needRow.set(need, builder.row(Number.NEGATIVE_INFINITY, n.need[need]!));
    const column = builder.column(Number.POSITIVE_INFINITY, [[cellRow.get(cell)!, 1], [this.needRow.get(need)!, 1]]); // prettier-ignore
    this.roads.push({ column, ...road });
  }

  private costs(road: (road: Road) => number, reserve: (warehouse: number, item: number) => number = () => 0) {
    const costs = new Float64Array(this.builder.upper.length);
    for (const one of this.roads) costs[one.column] = road(one);
    for (const { column, warehouse, item } of this.reserves) costs[column] = reserve(warehouse, item);
    return costs;
  }

  /** The largest weighted need that can be met, as a value. */
  mostNeedMet(): number {
    const { n, policy } = this;
    const worth = ({ incident, item }: Road): number =>
      (policy.levelWeight[n.level[incident]!] ?? 0) * n.itemWeight[item]!;
    return -this.model.minimize(
      this.costs((road) => -worth(road)),
      false,
    )!;
  }

  /** From here on every need gets just these units. */
  fixServed(served: (incident: number, item: number) => number): void {
    const needs = [...this.needRow.keys()];
    this.model.setRows(
      needs.map((need) => this.needRow.get(need)!),
      needs.map((need) => served(Math.floor(need / this.n.items), need % this.n.items)),
    );
  }

  /** From here on no road to the incident may be longer. */
  limitArrival(incident: number, latestMin: number): void {
    const { n } = this;
    const later = this.roads.filter(
      (road) => road.incident === incident && n.travelMin[road.warehouse * n.incidents + incident]! > latestMin,
    );
    this.model.setUpper(later.map(({ column }) => column), later.map(() => 0)); // prettier-ignore
  }

  /** The least value of a goal, in the units of `SupplyStages`; null when it cannot be done at all. */
  least(goal: SupplyGoal): number | null {
    const { n } = this;
    const place = ({ warehouse, incident }: Road): number => warehouse * n.incidents + incident;
    const persons = (item: number): number => 1 / n.unitsPerPerson[item]!;
    switch (goal) {
      case 'reserve':
        return this.model.minimize(this.costs(() => 0, (w, item) => n.reserveWeight[w]! * persons(item))); // prettier-ignore
      case 'late':
        return this.model.minimize(this.costs((road) => (n.lateWeight?.[place(road)] ?? 0) * persons(road.item)));
      case 'admin':
        return this.model.minimize(this.costs((road) => n.adminStep[place(road)]! * persons(road.item)));
      case 'person-minutes': {
        // Hours and tonnes keep the duals far from the solver's tolerances.
        const hours = this.model.minimize(this.costs((road) => (n.travelMin[place(road)]! / 60) * persons(road.item)));
        return hours === null ? null : hours * 60;
      }
      default:
        return this.model.minimize(this.costs((road) => (n.unitKg[road.item]! / 1000) * n.distanceKm[place(road)]!));
    }
  }

  dispose(): void {
    this.model.dispose();
  }
}
