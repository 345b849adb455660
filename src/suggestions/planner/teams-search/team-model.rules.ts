import type { Costs, LinearModel, Row, SolveAnswer } from '../linear-model.rules.js';
import { CountTable } from './team-counts.rules.js';
import type { CountPoint } from './team-counts.rules.js';
import { countsOf, fits, patternsOf, sizesOf } from './team-patterns.rules.js';
import type { TeamGuide } from './team-packing.rules.js';
import type { TeamSizes } from './team-patterns.rules.js';
import type { TeamInstance } from './teams.types.js';

/** Patterns of a requirement above which its heads are only added up. */
const MOST_PATTERNS = 400;

type Terms = Row['terms'];
type Choice = CountPoint & { column: number };
/** Columns of which one is chosen, and the requirements whose teams it counts. */
type Chosen = { requirements: number[]; sizes: TeamSizes; choices: Choice[] };

export interface TeamFloors {
  /** Weighed heads that each capability misses at least, whatever the others do. */
  floors: number[];
  /** Those whose floor is below what the plan misses, with the table that says so. */
  tables: Map<number, CountTable>;
}

/** Who can serve what, and what a plan leaves missing. */
export class TeamCase {
  readonly able: number[][];
  readonly capabilities: number[];

  constructor(readonly n: TeamInstance) {
    this.able = n.requirements.map(({ incident, capability }) =>
      [...Array(n.teams).keys()].filter(
        (team) =>
          n.resting[team] === 0 &&
          ((n.capabilities[team]! >> capability) & 1) === 1 &&
          n.etaMin[team * n.incidents + incident]! <= n.windowMin,
      ),
    );
    this.capabilities = [...new Set(n.requirements.map(({ capability }) => capability))];
  }

  weightOf(requirement: number): number {
    return this.n.weight[this.n.requirements[requirement]!.incident]!;
  }

  ofCapability(capability: number): number[] {
    return [...this.n.requirements.keys()].filter((at) => this.n.requirements[at]!.capability === capability);
  }

  teamsOf(requirements: readonly number[]): number[] {
    return [...new Set(requirements.flatMap((requirement) => this.able[requirement]!))];
  }

  /** Heads missing at each requirement. */
  missing(assigned: Int32Array): number[] {
    const missing = this.n.requirements.map(({ heads }) => heads);
    assigned.forEach((to, team) => {
      if (to >= 0) missing[to] = missing[to]! - this.n.headcount[team]!;
    });
    return missing.map((heads) => Math.max(0, heads));
  }
}

/** What each capability misses at least, by tables over the sizes of its teams; 0 where a table would be too large. */
export function teamFloors(of: TeamCase, assigned: Int32Array): TeamFloors {
  const { n } = of;
  const missing = of.missing(assigned);
  const floors: number[] = [];
  const tables = new Map<number, CountTable>();
  for (const capability of of.capabilities) {
    const requirements = of.ofCapability(capability);
    const unmet = requirements.reduce((sum, at) => sum + missing[at]! * of.weightOf(at), 0);
    floors[capability] = 0;
    if (unmet === 0) continue;
    const asked = requirements.map((at) => ({ heads: n.requirements[at]!.heads, weight: of.weightOf(at) }));
    const table = CountTable.of(asked, sizesOf(n.headcount, of.teamsOf(requirements)), unmet);
    if (!table) continue;
    floors[capability] = table.least;
    if (table.least < unmet) tables.set(capability, table);
  }
  return { floors, tables };
}

/**
 * The teams as a mixed-integer model in which each requirement chooses a pattern, so many teams of each size, and the capabilities that
 * contend choose a point of their table. Added up in heads alone, parts of teams would do in the relaxation what no whole team can; with
 * patterns it is so near that the search of the solver is short.
 */
export class TeamModel {
  readonly model: LinearModel = { columns: [], rows: [] };
  readonly unmet: Costs;
  readonly holes: Costs;
  private readonly goes: { team: number; requirement: number; column: number }[] = [];
  private readonly heads: number[];
  private readonly chosen: Chosen[] = [];
  private readonly gaps: number[];
  /** Rows in which teams are scarce. */
  private readonly bound: { row: number; teams: number[] }[] = [];

  /** @param most weighed heads that may be missing */
  constructor(
    private readonly of: TeamCase,
    private readonly known: TeamFloors,
    private readonly most: number,
  ) {
    const { n } = of;
    const requirements = [...n.requirements.keys()];
    for (const requirement of requirements)
      for (const team of of.able[requirement]!) this.goes.push({ team, requirement, column: this.column(1, true) });
    this.heads = requirements.map((requirement) => this.addRequirement(requirement));
    for (const [capability, table] of known.tables) this.addTable(capability, table);
    for (const team of of.teamsOf(requirements)) {
      this.bound.push({ row: this.model.rows.length, teams: [team] });
      this.row(this.termsOf((one) => one.team === team), '<=', 1); // prettier-ignore
    }
    this.gaps = n.covers.map((cover) => this.addCover(new Set(cover)));
    this.unmet = new Map(this.heads.map((column, at) => [column, of.weightOf(at)]));
    this.holes = new Map(this.gaps.map((column) => [column, 1]));
    this.row([...this.unmet], '<=', most);
  }

  private column(upper: number, integer: boolean): number {
    return this.model.columns.push({ lower: 0, upper, integer }) - 1;
  }

  private row(terms: Terms, sense: Row['sense'], rhs: number): void {
    if (terms.length > 0) this.model.rows.push({ terms, sense, rhs });
  }

  private termsOf(which: (one: TeamModel['goes'][number]) => boolean, factor = (_team: number) => 1): Terms {
    return this.goes.filter(which).map(({ team, column }) => [column, factor(team)]);
  }

  /** Weighed heads that a capability may miss when all others miss no more than they must. */
  private allowed(capability: number): number {
    const { floors } = this.known;
    return this.most - floors.reduce((sum, floor) => sum + floor, 0) + floors[capability]!;
  }

  private addRequirement(requirement: number): number {
    const { n, able } = this.of;
    const { heads, capability } = n.requirements[requirement]!;
    const most = Math.min(heads, Math.floor(this.allowed(capability) / this.of.weightOf(requirement)));
    const missing = this.column(most, false);
    const sent = this.termsOf((one) => one.requirement === requirement, (team) => n.headcount[team]!); // prettier-ignore
    this.row([...sent, [missing, 1]], '>=', heads);
    const sizes = sizesOf(n.headcount, able[requirement]!);
    const patterns = patternsOf(heads, sizes, most, MOST_PATTERNS) ?? [];
    const weight = this.of.weightOf(requirement);
    const options = patterns.map(({ counts, missing: left }) => ({ counts, unmet: left * weight }));
    this.addChoice([requirement], sizes, options, [[missing, weight]]);
    return missing;
  }

  private addTable(capability: number, table: CountTable): void {
    const requirements = this.of.ofCapability(capability);
    const sizes = sizesOf(this.of.n.headcount, this.of.teamsOf(requirements));
    const missing = requirements.map((at): [number, number] => [this.heads[at]!, this.of.weightOf(at)]);
    this.addChoice(requirements, sizes, table.points(this.allowed(capability)), missing);
  }

  /** One of the options is chosen: so many teams come, and so much is missing at least. */
  private addChoice(requirements: number[], sizes: TeamSizes, options: CountPoint[], missing: Terms): void {
    if (options.length === 0) return;
    const choices = options.map((option) => ({ ...option, column: this.column(1, true) }));
    this.row(choices.map(({ column }) => [column, 1]), '=', 1); // prettier-ignore
    this.row([...missing, ...choices.flatMap(({ column, unmet }): Terms => (unmet > 0 ? [[column, -unmet]] : []))], '>=', 0); // prettier-ignore
    sizes.heads.forEach((heads, size) => {
      const come = this.termsOf(
        ({ team, requirement }) => requirements.includes(requirement) && this.of.n.headcount[team] === heads,
      );
      const needed = choices.flatMap(({ column, counts }): Terms => (counts[size]! > 0 ? [[column, -counts[size]!]] : [])); // prettier-ignore
      if (needed.length > 0) this.row([...come, ...needed], '>=', 0);
    });
    this.chosen.push({ requirements, sizes, choices });
  }

  private addCover(cover: ReadonlySet<number>): number {
    const gap = this.column(1, false);
    const leaving = this.termsOf(({ team }) => cover.has(team));
    this.bound.push({ row: this.model.rows.length, teams: [...cover] });
    this.row([[gap, 1], ...leaving.map(([column]): [number, number] => [column, -1])], '>=', 1 - cover.size);
    return gap;
  }

  /** The columns of an assignment that misses no more than the model allows. */
  startFrom(assigned: Int32Array): number[] {
    const { n } = this.of;
    const columns = this.model.columns.map(() => 0);
    for (const { team, requirement, column } of this.goes) if (assigned[team] === requirement) columns[column] = 1;
    const missing = this.of.missing(assigned);
    missing.forEach((heads, at) => (columns[this.heads[at]!] = heads));
    for (const { requirements, sizes, choices } of this.chosen) {
      const sent = [...assigned.keys()].filter((team) => requirements.includes(assigned[team]!));
      const counts = countsOf(sizes.heads, n.headcount, sent);
      const unmet = requirements.reduce((sum, at) => sum + missing[at]! * this.of.weightOf(at), 0);
      const choice = choices.find((one) => one.unmet <= unmet && fits(one.counts, counts));
      if (choice) columns[choice.column] = 1;
    }
    n.covers.forEach((cover, at) => {
      if (cover.every((team) => assigned[team]! >= 0)) columns[this.gaps[at]!] = 1;
    });
    return columns;
  }

  /** The same model without whole numbers. */
  relaxed(): LinearModel {
    return { columns: this.model.columns.map((column) => ({ ...column, integer: false })), rows: this.model.rows };
  }

  /** What its answer asks for a team and sends where; `worth`: what one of the goal costs in packing. */
  guide({ columns, rowDuals }: SolveAnswer, worth: number): TeamGuide {
    const price = new Float64Array(this.of.n.teams);
    for (const { row, teams } of this.bound) for (const team of teams) price[team]! += worth * Math.abs(rowDuals[row]!);
    const sent = new Map(this.goes.map(({ team, requirement, column }) => [requirement * this.of.n.teams + team, columns[column]!])); // prettier-ignore
    return { price, sends: (team, requirement) => sent.get(requirement * this.of.n.teams + team) ?? 0 };
  }

  /** Who serves what, -1 for teams that stay. */
  read(columns: readonly number[]): Int32Array {
    const assigned = new Int32Array(this.of.n.teams).fill(-1);
    for (const { team, requirement, column } of this.goes) if (columns[column]! > 0.5) assigned[team] = requirement;
    return assigned;
  }
}
