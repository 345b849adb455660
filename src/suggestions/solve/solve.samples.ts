import { randomFrom } from './random.rules.js';
import type { AssignmentInstance, CapInstance } from './solve.types.js';

/** Seeded instances in the manner of the published ones, as numbers and as the text of a file. */

export interface Random {
  whole(from: number, to: number): number;
  share(): number;
}

export function seeded(seed: number): Random {
  const share = randomFrom(seed);
  return { share, whole: (from, to) => from + Math.floor(share() * (to - from + 1)) };
}

export function sampleCap(seed: number, warehouses: number, customers: number): CapInstance {
  const random = seeded(seed);
  const demands = Float64Array.from({ length: customers }, () => random.whole(seed % 3 === 0 ? 0 : 1, 60));
  const total = demands.reduce((sum, units) => sum + units, 0);
  const tight = 1.3 + random.share() * 2;
  const equal = Math.ceil((total * tight) / warehouses);
  const capacities = Float64Array.from({ length: warehouses }, () =>
    seed % 2 === 0 ? equal : Math.ceil(equal * (0.6 + 0.8 * random.share())),
  );
  const places = Array.from({ length: warehouses + customers }, () => [random.whole(0, 100), random.whole(0, 100)]);
  const costs = Float64Array.from({ length: warehouses * customers }, (_, at) => {
    const [i, j] = [Math.floor(at / customers), at % customers];
    const [site, customer] = [places[i]!, places[warehouses + j]!];
    const distance = Math.hypot(site[0]! - customer[0]!, site[1]! - customer[1]!);
    return Number((distance * (demands[j]! + 1) * 0.05).toFixed(4));
  });
  const fixedCosts = Float64Array.from({ length: warehouses }, () => random.whole(50, 400));
  return { kind: 'cap', warehouses, customers, capacities, fixedCosts, demands, costs };
}

export function sampleNetwork(seed: number, nodes: number, medians: number): string {
  const random = seeded(seed);
  const edges: string[] = [];
  for (let node = 2; node <= nodes; node += 1)
    edges.push(`${random.whole(1, node - 1)} ${node} ${random.whole(1, 99)}`);
  for (let extra = 0; extra < nodes * 2; extra += 1)
    edges.push(`${random.whole(1, nodes)} ${random.whole(1, nodes)} ${random.whole(1, 99)}`);
  return ` ${nodes} ${edges.length} ${medians}\n ${edges.join('\n ')}\n`;
}

/** `correlated`: what costs little takes much, as in the hardest published type. */
export function sampleAssignment(
  seed: number,
  { agents, jobs, correlated }: { agents: number; jobs: number; correlated: boolean },
): AssignmentInstance {
  const random = seeded(seed);
  const cells = agents * jobs;
  const uses = Float64Array.from({ length: cells }, () => (correlated ? random.whole(1, 100) : random.whole(5, 25)));
  const costs = Float64Array.from({ length: cells }, (_, at) =>
    correlated ? 111 - uses[at]! + random.whole(-10, 10) : random.whole(10, 50),
  );
  const capacities = Float64Array.from({ length: agents }, (_, agent) =>
    Math.floor((0.8 * uses.subarray(agent * jobs, (agent + 1) * jobs).reduce((sum, one) => sum + one, 0)) / agents),
  );
  return { kind: 'gap', agents, jobs, costs, uses, capacities };
}

export function capText({ warehouses, customers, capacities, fixedCosts, demands, costs }: CapInstance): string {
  const lines = [` ${warehouses} ${customers} `];
  for (let i = 0; i < warehouses; i += 1) lines.push(` ${capacities[i]} ${fixedCosts[i]}. `);
  for (let j = 0; j < customers; j += 1) {
    lines.push(` ${demands[j]} `);
    lines.push(` ${Array.from({ length: warehouses }, (_, i) => costs[i * customers + j]!.toFixed(5)).join(' ')} `);
  }
  return `${lines.join('\n')}\n`;
}

export function assignmentText({ agents, jobs, costs, uses, capacities }: AssignmentInstance): string {
  const rows = (values: Float64Array): string[] =>
    Array.from(
      { length: agents },
      (_, agent) => ` ${[...values.subarray(agent * jobs, (agent + 1) * jobs)].join(' ')}`,
    );
  return `${[` ${agents} ${jobs}`, ...rows(costs), ...rows(uses), ` ${[...capacities].join(' ')}`].join('\n')}\n`;
}
