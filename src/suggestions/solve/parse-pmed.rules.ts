import type { MedianInstance } from './solve.types.js';
import { FormatFault, type Tokens } from './tokens.rules.js';

export const MEDIAN_LIMITS = { nodes: 1500, edges: 1_125_000 };

/** `n e p`, then per edge both ends and the cost. Distances are shortest paths. */
export function parseMedian(tokens: Tokens): MedianInstance {
  const nodes = tokens.whole('number of nodes', 1, MEDIAN_LIMITS.nodes);
  const edges = tokens.whole('number of edges', 0, MEDIAN_LIMITS.edges);
  const medians = tokens.whole('number of medians', 1, nodes);
  const distances = new Float64Array(nodes * nodes).fill(Number.POSITIVE_INFINITY);
  for (let node = 0; node < nodes; node += 1) distances[node * nodes + node] = 0;
  for (let edge = 1; edge <= edges; edge += 1) {
    const from = tokens.whole(`first end of edge ${edge}`, 1, nodes) - 1;
    const to = tokens.whole(`second end of edge ${edge}`, 1, nodes) - 1;
    const cost = tokens.amount(`cost of edge ${edge}`);
    if (from === to) continue;
    // The published files name some edges twice, and their optima hold for the last one named.
    distances[from * nodes + to] = cost;
    distances[to * nodes + from] = cost;
  }
  tokens.end(`edge ${edges}`);
  shortestPaths(distances, nodes);
  const apart = distances.subarray(0, nodes).indexOf(Number.POSITIVE_INFINITY);
  if (apart >= 0)
    throw new FormatFault(`no path leads from node 1 to node ${apart + 1}: the network must be connected`);
  return { kind: 'pmed', nodes, medians, distances };
}

/** Floyd and Warshall. */
function shortestPaths(distances: Float64Array, nodes: number): void {
  for (let via = 0; via < nodes; via += 1) {
    const viaRow = distances.subarray(via * nodes, (via + 1) * nodes);
    for (let from = 0; from < nodes; from += 1) {
      const row = distances.subarray(from * nodes, (from + 1) * nodes);
      const first = row[via]!;
      if (first === Number.POSITIVE_INFINITY) continue;
      for (let to = 0; to < nodes; to += 1) {
        const length = first + viaRow[to]!;
        if (length < row[to]!) row[to] = length;
      }
    }
  }
}

/** Whether as many tokens follow as this format has. */
export function looksLikeMedian(tokens: Tokens): boolean {
  const [n, e] = [Number(tokens.peek()), Number(tokens.peek(1))];
  return n > 0 && e >= 0 && tokens.left === 3 + 3 * e;
}
