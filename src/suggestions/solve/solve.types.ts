/** Capacitated warehouse location: demand may be split between warehouses that are open. */
export interface CapInstance {
  kind: 'cap';
  warehouses: number;
  customers: number;
  /** Per warehouse. */
  capacities: Float64Array;
  fixedCosts: Float64Array;
  /** Per customer. */
  demands: Float64Array;
  /** Cost of serving all of customer `j` from warehouse `i` at `i * customers + j`. */
  costs: Float64Array;
}

/** p-median: open `medians` of the nodes so that the sum of the distances to the nearest one is least. */
export interface MedianInstance {
  kind: 'pmed';
  nodes: number;
  medians: number;
  /** Shortest distances, row by row; infinite where there is no path. */
  distances: Float64Array;
}

/** Generalized assignment: each job goes to one agent, within what each agent has. */
export interface AssignmentInstance {
  kind: 'gap';
  agents: number;
  jobs: number;
  /** At `agent * jobs + job`. */
  costs: Float64Array;
  uses: Float64Array;
  /** Per agent. */
  capacities: Float64Array;
}

export type Instance = CapInstance | MedianInstance | AssignmentInstance;
export type Kind = Instance['kind'];
export type Sense = 'min' | 'max';

/** What an engine may spend. Rules have no clock of their own. */
export interface Limits {
  isLate(): boolean;
}

/**
 * What an engine found. `bound` is proven (lower when minimising); `objective` is infinite while no feasible point is known.
 * Both are infinite when it is proven that there is none.
 */
export interface Solved<Choice> {
  objective: number;
  bound: number;
  choice: Choice | null;
  nodes: number;
  /** Evaluations of the relaxation. */
  evaluations: number;
}

/** Relative distance below which a bound proves an objective. */
export const PROOF_TOLERANCE = 1e-7;
