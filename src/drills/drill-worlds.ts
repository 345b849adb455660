import type { Server } from 'node:http';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { DrillSettings } from '../config.js';
import type { DirectorService } from './director.service.js';

/** How long a world that failed to open is answered with that failure before it is tried again: opening takes a second of the process. */
const FAILED_MS = 5_000;

/** A drill as this process has it open: an application of its own, whose server never listens and is handed its requests. */
export interface DrillWorld {
  server: Server;
  director: DirectorService;
  /** One of its services, by class. */
  get<T>(type: { prototype: T }): T;
  close(): Promise<void>;
}

/** The drills that this process has open. How one is opened is said by the program's top, which knows what an application is made of. */
@Injectable()
export class DrillWorlds implements BeforeApplicationShutdown {
  private readonly opened = new Map<number, Promise<DrillWorld>>();
  private opener: ((drill: DrillSettings) => Promise<DrillWorld>) | undefined;
  private closing = false;

  openBy(opener: (drill: DrillSettings) => Promise<DrillWorld>): void {
    this.opener = opener;
  }

  /** The world, if it is open or opening here. */
  get(number: number): Promise<DrillWorld> | undefined {
    return this.opened.get(number);
  }

  numbers(): number[] {
    return [...this.opened.keys()];
  }

  all(): Promise<DrillWorld>[] {
    return [...this.opened.values()];
  }

  /** Opens it, once; after a failure who asks some seconds later tries again. */
  open(drill: DrillSettings): Promise<DrillWorld> {
    const held = this.opened.get(drill.number);
    if (held) return held;
    if (!this.opener || this.closing) return Promise.reject(new Error('no drill can be opened now'));
    const opening = this.opener(drill);
    this.opened.set(drill.number, opening);
    opening.catch(() => setTimeout(() => this.forget(drill.number, opening), FAILED_MS).unref());
    return opening;
  }

  private forget(number: number, failed: Promise<DrillWorld>): void {
    if (this.opened.get(number) === failed) this.opened.delete(number);
  }

  /** Takes it out, so that who closes it is alone with it; nobody is handed to it any more. */
  async take(number: number): Promise<DrillWorld | undefined> {
    const held = this.opened.get(number);
    this.opened.delete(number);
    return held?.catch(() => undefined);
  }

  async close(number: number): Promise<void> {
    await (await this.take(number))?.close();
  }

  /** Before the database goes: a drill uses the same. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.all([...this.opened.keys()].map((number) => this.close(number)));
  }
}
