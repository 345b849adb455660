import type { AssignmentInstance } from './solve.types.js';
import { FormatFault, type Tokens } from './tokens.rules.js';

/** `tables` bounds jobs x capacity: what the knapsack tables of one agent hold. */
export const ASSIGNMENT_LIMITS = {
  problems: 100,
  agents: 100,
  jobs: 2000,
  cells: 50_000,
  capacity: 50_000,
  tables: 10_000_000,
};

/** How many problems, then each of them; or one problem alone, without the number before it. */
export function parseAssignments(tokens: Tokens): AssignmentInstance[] {
  if (isSingle(tokens)) return [parseOne(tokens, '')];
  const problems = tokens.whole('number of problems', 1, ASSIGNMENT_LIMITS.problems);
  const instances: AssignmentInstance[] = [];
  for (let problem = 1; problem <= problems; problem += 1)
    instances.push(parseOne(tokens, problems > 1 ? ` (problem ${problem})` : ''));
  tokens.end(`problem ${problems}`);
  return instances;
}

/** `m n`, then the costs agent by agent, the uses agent by agent, and what each agent has. */
function parseOne(tokens: Tokens, which: string): AssignmentInstance {
  const agents = tokens.whole(`number of agents${which}`, 1, ASSIGNMENT_LIMITS.agents);
  const jobs = tokens.whole(`number of jobs${which}`, 1, ASSIGNMENT_LIMITS.jobs);
  if (agents * jobs > ASSIGNMENT_LIMITS.cells)
    throw new FormatFault(`${agents} x ${jobs}${which} is more than ${ASSIGNMENT_LIMITS.cells} costs`);
  const instance: AssignmentInstance = {
    kind: 'gap',
    agents,
    jobs,
    costs: new Float64Array(agents * jobs),
    uses: new Float64Array(agents * jobs),
    capacities: new Float64Array(agents),
  };
  const cell = (at: number): string => `job ${(at % jobs) + 1} at agent ${Math.floor(at / jobs) + 1}${which}`;
  for (let at = 0; at < agents * jobs; at += 1) instance.costs[at] = readCost(tokens, `cost of ${cell(at)}`);
  for (let at = 0; at < agents * jobs; at += 1)
    instance.uses[at] = tokens.whole(`use of ${cell(at)}`, 0, ASSIGNMENT_LIMITS.capacity * 1000);
  for (let agent = 0; agent < agents; agent += 1)
    instance.capacities[agent] = tokens.whole(
      `capacity of agent ${agent + 1}${which}`,
      0,
      Math.min(ASSIGNMENT_LIMITS.capacity, Math.floor(ASSIGNMENT_LIMITS.tables / jobs)),
    );
  return instance;
}

/** Costs are counted in whole millionths at most: the search steps from one possible cost to the next. */
function readCost(tokens: Tokens, what: string): number {
  const token = tokens.peek();
  const cost = tokens.number(what);
  const millionths = cost * 1e6;
  if (Math.abs(millionths - Math.round(millionths)) <= 1e-9 * Math.max(1e5, Math.abs(millionths))) return cost;
  throw new FormatFault(`${what}: expected a number with at most 6 decimals, found "${token}"`);
}

function sizeOf(tokens: Tokens, ahead: number): number {
  const [m, n] = [Number(tokens.peek(ahead)), Number(tokens.peek(ahead + 1))];
  return m > 0 && n > 0 ? 2 + 2 * m * n + m : Number.NaN;
}

function isSingle(tokens: Tokens): boolean {
  return tokens.left === sizeOf(tokens, 0);
}

/** Whether as many tokens follow as this format has, in either of its forms. */
export function looksLikeAssignment(tokens: Tokens): boolean {
  if (isSingle(tokens)) return true;
  const problems = Number(tokens.peek());
  let ahead = 1;
  for (let problem = 0; problem < problems && ahead < tokens.left; problem += 1) ahead += sizeOf(tokens, ahead);
  return problems > 0 && ahead === tokens.left;
}
