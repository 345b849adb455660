import type { ChildProcess } from 'node:child_process';
import type { Hands } from './hands.js';

/** Sequences that one process plays side by side. */
const SIDE_BY_SIDE = 5;

type Message = { seed: number; n: number; outcome: string } | { seed: number; faults: string[] };

/** What a place tells: an answer that a client got, or the end of a sequence. */
export interface Told {
  act(): void;
  ended(seed: number, faults: string[]): void;
}

/** One place at the bench: a process that plays seeds on one database and, when it is killed, the next process, until they are played. */
export class Place {
  /** The answers that clients have got, by open seed: they outlive the process that sent them. */
  private readonly heard = new Map<number, Map<number, string>>();
  private child: ChildProcess | undefined;

  constructor(
    private readonly hands: Hands,
    private readonly told: Told,
  ) {}

  async play(url: string, seeds: number[]): Promise<void> {
    const waiting = [...seeds].reverse();
    while (waiting.length > 0 || this.heard.size > 0) await this.oneProcess(url, waiting);
  }

  /** Kills the process, if it is at work. */
  kill(): boolean {
    return this.heard.size > 0 && this.child?.kill('SIGKILL') === true;
  }

  private async oneProcess(url: string, waiting: number[]): Promise<void> {
    const child = this.hands.take();
    this.child = child;
    child.send({ url });
    child.on('message', (message: Message) => this.listen(child, message, waiting));
    for (const seed of [...this.heard.keys()]) this.give(child, seed);
    while (this.heard.size < SIDE_BY_SIDE && waiting.length > 0) this.give(child, waiting.pop()!);
    await new Promise((resolve) => child.once('exit', resolve));
    this.child = undefined;
  }

  private listen(child: ChildProcess, message: Message, waiting: number[]): void {
    if ('outcome' in message) {
      this.told.act();
      this.heard.get(message.seed)!.set(message.n, message.outcome);
      return;
    }
    this.heard.delete(message.seed);
    this.told.ended(message.seed, message.faults);
    if (waiting.length > 0) this.give(child, waiting.pop()!);
    else if (this.heard.size === 0) child.disconnect();
  }

  private give(child: ChildProcess, seed: number): void {
    const heard = this.heard.get(seed) ?? new Map<number, string>();
    this.heard.set(seed, heard);
    if (child.connected) child.send({ seed, heard: [...heard] }, () => undefined); // a killed one is followed by the next
  }
}
