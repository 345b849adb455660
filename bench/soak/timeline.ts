import type { SimClock } from './count-store.js';

interface Event {
  at: number;
  order: number;
  act: () => void | Promise<void>;
}

/**
 * Simulated time. What people do happens in the order of time; what they tell the server is under way meanwhile, several requests at
 * once, so that the database decides who comes first.
 */
export class Timeline {
  private readonly events: Event[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly failed: string[] = [];
  private order = 0;

  constructor(
    private readonly clock: SimClock,
    private readonly atOnce: number,
  ) {}

  after(ms: number, act: Event['act']): void {
    const event = { at: this.clock.at.getTime() + ms, order: this.order++, act };
    let low = 0;
    for (let high = this.events.length; low < high;) {
      const middle = (low + high) >> 1;
      if (isLater(event, this.events[middle]!)) high = middle;
      else low = middle + 1;
    }
    this.events.splice(low, 0, event); // the next event is the last of the list
  }

  /** Tells the server something, again when it was busy; it begins at the simulated moment of now. A refusal is a fault of the run. */
  send(request: () => Promise<unknown>): Promise<void> {
    const begun: Promise<void> = untilHeard(request)
      .then(
        () => undefined,
        (error: { code?: string; params?: unknown }) =>
          void this.failed.push(`refused: ${error.code ?? String(error)} ${JSON.stringify(error.params ?? {})}`),
      )
      .finally(() => this.underWay.delete(begun));
    this.underWay.add(begun);
    return begun;
  }

  /** Lets time pass until nothing is left to happen, or until the given moment. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (let next = this.events.at(-1); next && next.at <= until; next = this.events.at(-1)) {
      this.events.pop();
      while (this.underWay.size >= this.atOnce) await Promise.race(this.underWay);
      this.clock.at = new Date(Math.max(this.clock.at.getTime(), next.at));
      await next.act();
    }
    if (until === Number.POSITIVE_INFINITY) await this.settled();
    else this.clock.at = new Date(Math.max(this.clock.at.getTime(), until));
  }

  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  takeFaults(): string[] {
    return this.failed.splice(0);
  }
}

const isLater = (a: Event, b: Event): boolean => a.at > b.at || (a.at === b.at && a.order > b.order);

type Refusal = { code?: string };
const untilHeard = (request: () => Promise<unknown>): Promise<unknown> =>
  request().catch((error: Refusal) => (error.code === 'busy' ? untilHeard(request) : Promise.reject(error as Error)));
