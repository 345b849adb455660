/** Teams that can do one thing, by how many people they are: `counts[i]` teams of `heads[i]` people. */
export interface TeamSizes {
  heads: number[];
  counts: number[];
}

/** How many teams of each size, and the heads that are missing then. */
export interface Pattern {
  counts: number[];
  missing: number;
}

export function sizesOf(headcount: Int32Array, teams: readonly number[]): TeamSizes {
  const heads = [...new Set(teams.map((team) => headcount[team]!))].toSorted((one, other) => one - other);
  return { heads, counts: countsOf(heads, headcount, teams) };
}

/** How many of the teams have each number of people. */
export function countsOf(heads: readonly number[], headcount: Int32Array, teams: readonly number[]): number[] {
  return heads.map((size) => teams.reduce((sum, team) => sum + (headcount[team] === size ? 1 : 0), 0));
}

export const fits = (pattern: readonly number[], counts: readonly number[]): boolean =>
  pattern.every((count, size) => count <= counts[size]!);

/**
 * Every way to send teams to a requirement, by sizes, that leaves at most `allowed` heads missing and has no team that could stay without more
 * being missing than none. What is sent to it at all is at least one of these. Null when there are more than `most`.
 */
export function patternsOf(asked: number, sizes: TeamSizes, allowed: number, most: number): Pattern[] | null {
  const { heads, counts } = sizes;
  const after = new Array<number>(heads.length + 1).fill(0);
  for (let size = heads.length - 1; size >= 0; size--) after[size] = after[size + 1]! + heads[size]! * counts[size]!;
  const found: Pattern[] = [];
  const chosen = heads.map(() => 0);
  const isSpare = (come: number): boolean => chosen.some((count, size) => count > 0 && come - heads[size]! >= asked);
  const choose = (size: number, come: number): void => {
    if (found.length > most || come + after[size]! < asked - allowed) return;
    if (size === heads.length) {
      if (!isSpare(come)) found.push({ counts: [...chosen], missing: Math.max(0, asked - come) });
      return;
    }
    for (let count = 0; count <= counts[size]!; count++) {
      if (count > 0 && come + (count - 1) * heads[size]! >= asked) break;
      chosen[size] = count;
      choose(size + 1, come + count * heads[size]!);
    }
    chosen[size] = 0;
  };
  choose(0, 0);
  return found.length > most ? null : found;
}
