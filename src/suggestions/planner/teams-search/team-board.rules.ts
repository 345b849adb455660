import type { Random } from '../flow/random.rules.js';
import type { TeamInstance } from './teams.types.js';

/** Teams that change places: `team` goes from one group to another, `one` and `two` (-1 for none) come back for it. */
export interface Exchange {
  team: number;
  from: number;
  to: number;
  one: number;
  two: number;
}

/** Waiting teams miss nobody. */
const ENOUGH = -1e9;

/**
 * The same as `TeamState`, in flat arrays for millions of changes a second: each requirement is a group of teams, and after them
 * those that wait are one more.
 */
export class TeamBoard {
  unmet = 0;
  holes = 0;
  minutes = 0;
  readonly at: Int32Array;
  readonly waiting: number;
  /** Teams that can serve anything. */
  readonly movable: Int32Array;
  /** By group the teams that may be there; by team the requirements that it can serve. */
  readonly able: Int32Array[];
  readonly choices: Int32Array[];
  private readonly headcount: Int32Array;
  private readonly may: Uint8Array;
  private readonly weighedMin: Int32Array;
  private readonly missing: Int32Array;
  private readonly weight: Int32Array;
  private readonly ready: Int32Array;
  private readonly coversOf: Int32Array[];
  private readonly groups: Groups;

  constructor(n: TeamInstance) {
    const groups = n.requirements.length + 1;
    const teams = [...Array(n.teams).keys()];
    this.waiting = groups - 1;
    this.headcount = n.headcount;
    this.missing = Int32Array.from([...n.requirements.map(({ heads }) => heads), ENOUGH]);
    this.weight = Int32Array.from([...n.requirements.map(({ incident }) => n.weight[incident]!), 0]);
    this.may = new Uint8Array(n.teams * groups);
    this.weighedMin = new Int32Array(n.teams * groups);
    for (const team of teams) this.readChoices(n, team);
    this.choices = teams.map((team) => Int32Array.from([...Array(this.waiting).keys()].filter((to) => this.isAllowed(team, to)))); // prettier-ignore
    this.movable = Int32Array.from(teams.filter((team) => this.choices[team]!.length > 0));
    this.able = Array.from({ length: groups }, (_, to) => this.movable.filter((team) => this.isAllowed(team, to)));
    const covers = [...n.covers.keys()];
    this.coversOf = teams.map((team) => Int32Array.from(covers.filter((cover) => n.covers[cover]!.includes(team))));
    this.ready = Int32Array.from(n.covers, (cover) => cover.length);
    this.at = new Int32Array(n.teams).fill(this.waiting);
    this.groups = new Groups(groups, n.teams);
    for (const team of this.movable) this.groups.add(team, this.waiting);
    for (let to = 0; to < this.waiting; to++) this.unmet += this.missing[to]! * this.weight[to]!;
  }

  private readChoices(n: TeamInstance, team: number): void {
    const first = team * (this.waiting + 1);
    this.may[first + this.waiting] = 1;
    n.requirements.forEach(({ incident, capability }, to) => {
      const minutes = n.etaMin[team * n.incidents + incident]!;
      const isAble = n.resting[team] === 0 && ((n.capabilities[team]! >> capability) & 1) === 1;
      this.may[first + to] = isAble && minutes <= n.windowMin ? 1 : 0;
      this.weighedMin[first + to] = minutes * n.weight[incident]!;
    });
  }

  isAllowed(team: number, to: number): boolean {
    return this.may[team * (this.waiting + 1) + to] === 1;
  }

  /** Any team of a group; -1 when it is empty. */
  draw(group: number, random: Random): number {
    return this.groups.draw(group, random);
  }

  /** Takes an assignment over, -1 for teams that wait. */
  become(assigned: Int32Array): void {
    for (const team of this.movable) {
      const to = assigned[team]! < 0 ? this.waiting : assigned[team]!;
      const exchange = { team, from: this.at[team]!, to, one: -1, two: -1 };
      if (to !== exchange.from) this.carryOut(exchange, this.unmetBy(exchange), this.holesBy(exchange));
    }
  }

  /** -1 for teams that wait. */
  assigned(): Int32Array {
    return this.at.map((to) => (to === this.waiting ? -1 : to));
  }

  unmetBy({ team, from, to, one, two }: Exchange): number {
    const { headcount, missing, weight } = this;
    const heads = headcount[team]! - (one < 0 ? 0 : headcount[one]!) - (two < 0 ? 0 : headcount[two]!);
    const [left, reached] = [missing[from]!, missing[to]!];
    return (
      weight[from]! * (Math.max(0, left + heads) - Math.max(0, left)) +
      weight[to]! * (Math.max(0, reached - heads) - Math.max(0, reached))
    );
  }

  minutesBy({ team, from, to, one, two }: Exchange): number {
    let minutes = this.moved(team, from, to);
    if (one >= 0) minutes += this.moved(one, to, from);
    if (two >= 0) minutes += this.moved(two, to, from);
    return minutes;
  }

  private moved(team: number, from: number, to: number): number {
    const first = team * (this.waiting + 1);
    return this.weighedMin[first + to]! - this.weighedMin[first + from]!;
  }

  /** Changes what is ready on the way: an exchange that is not carried out has to be taken back by `holesBack`. */
  holesBy({ team, from, to, one, two }: Exchange): number {
    if (from === this.waiting) return this.comes(one) + this.comes(two) + this.goes(team);
    return to === this.waiting ? this.comes(team) + this.goes(one) + this.goes(two) : 0;
  }

  holesBack({ team, from, to, one, two }: Exchange): void {
    if (from === this.waiting) {
      this.comes(team);
      this.goes(one);
      this.goes(two);
    } else if (to === this.waiting) {
      this.goes(team);
      this.comes(one);
      this.comes(two);
    }
  }

  private goes(team: number): number {
    if (team < 0) return 0;
    let holes = 0;
    for (const cover of this.coversOf[team]!) {
      const left = this.ready[cover]! - 1;
      this.ready[cover] = left;
      if (left === 0) holes++;
    }
    return holes;
  }

  private comes(team: number): number {
    if (team < 0) return 0;
    let holes = 0;
    for (const cover of this.coversOf[team]!) {
      const before = this.ready[cover]!;
      this.ready[cover] = before + 1;
      if (before === 0) holes--;
    }
    return holes;
  }

  carryOut(exchange: Exchange, unmet: number, holes: number): void {
    const { team, from, to, one, two } = exchange;
    this.minutes += this.minutesBy(exchange);
    this.unmet += unmet;
    this.holes += holes;
    this.carry(team, from, to);
    if (one >= 0) this.carry(one, to, from);
    if (two >= 0) this.carry(two, to, from);
  }

  private carry(team: number, from: number, to: number): void {
    const heads = this.headcount[team]!;
    this.missing[from] = this.missing[from]! + heads;
    this.missing[to] = this.missing[to]! - heads;
    this.at[team] = to;
    this.groups.remove(team, from);
    this.groups.add(team, to);
  }
}

/** Members of each group side by side, so that one can be drawn. */
class Groups {
  private readonly members: Int32Array;
  private readonly sizes: Int32Array;
  private readonly places: Int32Array;

  constructor(
    groups: number,
    private readonly most: number,
  ) {
    this.members = new Int32Array(groups * most);
    this.sizes = new Int32Array(groups);
    this.places = new Int32Array(most);
  }

  add(member: number, group: number): void {
    const place = this.sizes[group]!;
    this.members[group * this.most + place] = member;
    this.places[member] = place;
    this.sizes[group] = place + 1;
  }

  remove(member: number, group: number): void {
    const last = this.members[group * this.most + this.sizes[group]! - 1]!;
    const place = this.places[member]!;
    this.members[group * this.most + place] = last;
    this.places[last] = place;
    this.sizes[group] = this.sizes[group]! - 1;
  }

  draw(group: number, random: Random): number {
    const size = this.sizes[group]!;
    return size === 0 ? -1 : this.members[group * this.most + Math.floor(random.unit() * size)]!;
  }
}
