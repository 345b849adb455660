import type { Random } from '../flow/random.rules.js';
import { TeamBoard } from './team-board.rules.js';
import type { Exchange } from './team-board.rules.js';
import type { TeamInstance } from './teams.types.js';

/** What a head missing (times its weight), a hole and a weighed minute cost while it anneals, and how hot that begins. */
export interface Heat {
  moves: number;
  head: number;
  hole: number;
  minute: number;
  hot: number;
}

/** Each stage is so much cooler than the one before, in all to a fortieth. Products, not powers: the same everywhere. */
export const STAGES = 64;
export const COOLING = 0.944;
/** Changes that cost more heats than this are not taken: a chance below one in a hundred thousand. */
const HOPELESS = 12;
const LN2 = 0.6931471805599453;
/** Moves between two looks at the flag: well below a millisecond. */
const BATCH = 1024;
/** Of the moves those of one team alone, and from there on those that exchange one against two. */
const ALONE = 0.35;
const ALONE_WAITING = 0.6;
const ONE_FOR_TWO = 0.75;

/**
 * Simulated annealing (Kirkpatrick 1983) over who serves what: a team moves, or changes places with one or two others. One against
 * two is what makes groups of 8, 12, 20, 30 and 50 heads fit. Keeps the best met, in the order of the goals. Some 5 million moves a second.
 */
export class TeamAnnealer {
  best: Int32Array;
  private readonly board: TeamBoard;
  private goals: Goals;
  /** The one drawn last; a single object, since millions are drawn. */
  private readonly exchange: Exchange = { team: 0, from: 0, to: 0, one: -1, two: -1 };

  constructor(
    n: TeamInstance,
    private readonly random: Random,
    start: Int32Array,
  ) {
    this.board = new TeamBoard(n);
    this.board.become(start);
    this.best = this.board.at.slice();
    this.goals = [this.board.unmet, this.board.holes, this.board.minutes];
  }

  /** From the best on, from hot to cool. False when it was told to stop. */
  anneal({ moves, hot, ...worth }: Heat, shouldStop: () => boolean): boolean {
    let heat = hot;
    this.board.become(this.best);
    for (let stage = 0, move = 0; stage < STAGES; stage++, heat *= COOLING)
      for (const end = Math.floor((moves * (stage + 1)) / STAGES); move < end; move++) {
        if (move % BATCH === 0 && shouldStop()) return false;
        if (this.draw()) this.consider(heat, worth);
      }
    return true;
  }

  /** Takes an assignment over where it is better than the best; -1 for teams that wait. */
  goOnFrom(assigned: Int32Array): void {
    this.board.become(assigned);
    if (!isLess(this.board, this.goals)) return;
    this.goals = [this.board.unmet, this.board.holes, this.board.minutes];
    this.best.set(this.board.at);
  }

  /** -1 for teams that wait. */
  assigned(): Int32Array {
    this.board.become(this.best);
    return this.board.assigned();
  }

  /** False when nothing can be made of the draw. */
  private draw(): boolean {
    const { random, board, exchange } = this;
    const { movable, at, waiting } = board;
    if (movable.length === 0) return false;
    const team = movable[Math.floor(random.unit() * movable.length)]!;
    const from = at[team]!;
    const kind = random.unit();
    exchange.team = team;
    exchange.from = from;
    exchange.one = -1;
    exchange.two = -1;
    if (kind < (from === waiting ? ALONE_WAITING : ALONE)) {
      const choices = board.choices[team]!;
      const drawn = Math.floor(random.unit() * (choices.length + 1));
      exchange.to = drawn < choices.length ? choices[drawn]! : waiting;
      return exchange.to !== from;
    }
    const able = board.able[from]!;
    exchange.one = able[Math.floor(random.unit() * able.length)]!;
    exchange.to = at[exchange.one]!;
    if (exchange.to === from || !board.isAllowed(team, exchange.to)) return false;
    if (kind >= ONE_FOR_TWO) exchange.two = board.draw(exchange.to, random);
    return exchange.two !== exchange.one && (exchange.two < 0 || board.isAllowed(exchange.two, from));
  }

  /** Makes a change that is better, or with a chance that falls with what it costs. */
  private consider(heat: number, worth: Pick<Heat, 'head' | 'hole' | 'minute'>): void {
    const { board, exchange } = this;
    const unmet = board.unmetBy(exchange);
    const surely = unmet * worth.head + (worth.minute > 0 ? board.minutesBy(exchange) * worth.minute : 0);
    const holes = board.holesBy(exchange);
    const worse = surely + holes * worth.hole;
    if (worse > 0 && (worse > HOPELESS * heat || worse > heat * exponential(this.random)))
      return board.holesBack(exchange);
    board.carryOut(exchange, unmet, holes);
    if (isLess(board, this.goals)) {
      this.goals = [board.unmet, board.holes, board.minutes];
      this.best.set(board.at);
    }
  }

  isBetterThan(other: TeamAnnealer): boolean {
    const [unmet, holes, minutes] = this.goals;
    return isLess({ unmet, holes, minutes }, other.goals);
  }
}

/** Standard exponential; the logarithm in straight pieces, which are the same on every machine. */
export function exponential(random: Random): number {
  let unit = random.unit() + 2 ** -33;
  let halvings = 0;
  for (; unit < 0.5; unit *= 2) halvings++;
  return LN2 * (halvings + 2 * (1 - unit));
}

type Goals = [unmet: number, holes: number, minutes: number];

function isLess({ unmet, holes, minutes }: Pick<TeamBoard, 'unmet' | 'holes' | 'minutes'>, than: Goals): boolean {
  if (unmet !== than[0]) return unmet < than[0];
  return holes !== than[1] ? holes < than[1] : minutes < than[2];
}
