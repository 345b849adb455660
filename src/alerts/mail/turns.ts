import { setTimeout as sleep } from 'node:timers/promises';

/** So many at a time; the others wait in order, each as long as it likes to. */
export class Turns {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** False where no turn came in time; then none will, and nothing is to be given back. */
  async take(mostMs: number): Promise<boolean> {
    if (this.free > 0) {
      this.free--;
      return true;
    }
    const stop = new AbortController();
    let mine = () => {};
    const turn = new Promise<true>((resolve) => {
      mine = () => resolve(true);
      this.waiting.push(mine);
    });
    const late = sleep(mostMs, false as const, { signal: stop.signal }).catch(() => true as const);
    const mayGo = await Promise.race([turn, late]);
    stop.abort();
    if (mayGo) return true;
    const at = this.waiting.indexOf(mine);
    if (at < 0) return true; // it came in the same moment
    this.waiting.splice(at, 1);
    return false;
  }

  give(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }
}
