import { loadedRoads } from './item-flow.rules.js';
import type { ItemFlow } from './item-flow.rules.js';
import type { SupplyInstance, SupplyPolicy, SupplyStages } from './supplies.types.js';

/** What a person of an incident served with an item is worth, per unit. */
export function unitValue(n: SupplyInstance, { levelWeight }: SupplyPolicy, incident: number, item: number): number {
  return (levelWeight[n.level[incident]!] ?? 0) * n.itemWeight[item]!;
}

export function wantedValue(n: SupplyInstance, policy: SupplyPolicy): number {
  let sum = 0;
  for (let k = 0; k < n.incidents; k++)
    for (let i = 0; i < n.items; i++) sum += n.need[k * n.items + i]! * unitValue(n, policy, k, i);
  return sum;
}

/** Value of what a set of items serves. */
export function servedValue(n: SupplyInstance, policy: SupplyPolicy, flows: readonly ItemFlow[]): number {
  let sum = 0;
  for (const { net, served } of flows)
    net.needs.forEach((k, need) => (sum += served[need]! * unitValue(n, policy, k, net.item)));
  return sum;
}

/** The goals of what is on the roads now. Items are added up in their order, so that the sums are the same everywhere. */
export function stagesOf(n: SupplyInstance, policy: SupplyPolicy, flows: readonly ItemFlow[]): SupplyStages {
  const latestMin = new Array<number>(n.incidents).fill(0);
  const sending = new Uint8Array(n.warehouses * n.incidents);
  const sums = { late: 0, reserveBreach: 0, adminSteps: 0, personMinutes: 0, tonneKm: 0 };
  for (const flow of flows) {
    const { net } = flow;
    const persons = 1 / n.unitsPerPerson[net.item]!;
    const loaded = loadedRoads(flow);
    if (n.lateWeight) sums.late += flow.total('late', loaded) * persons;
    sums.reserveBreach += flow.total('reserve', loaded) * persons;
    sums.adminSteps += flow.total('admin', loaded) * persons;
    sums.personMinutes += flow.total('person-minutes', loaded) * persons;
    sums.tonneKm += (flow.total('tonne-km', loaded) * n.unitKg[net.item]!) / 10_000;
    for (const road of loaded) {
      const place = flow.placeOf(road);
      const incident = place % n.incidents;
      sending[place] = 1;
      latestMin[incident] = Math.max(latestMin[incident]!, net.roadMin[road]!);
    }
  }
  const wanted = wantedValue(n, policy);
  const needMet = wanted > 0 ? servedValue(n, policy, flows) / wanted : 1;
  return { needMet, ...sums, latestMin, shipments: sending.reduce((sum, one) => sum + one, 0) };
}
