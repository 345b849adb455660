import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { ANSWER_EXPECTED_MS, type InboundReply, phoneKey } from '../alerts/index.js';
import { Database, read } from '../database/index.js';
import { type DrillsBeside, type DrillTexts, ReplyWorlds } from '../dispatch/index.js';
import { Clock } from '../shared/clock.js';
import { DrillHost } from './drill-host.service.js';
import { type DrillRow, drillsSince } from './drill.store.js';
import { DrillTextsService } from './drill-texts.service.js';

/** Words of real people wait for a drill no longer than this. */
const DRILL_MS = 15_000;
/** A drill that did not answer is not asked again for so long: the words of others stand behind. */
const SILENT_MS = 60_000;

/** In reality: which drills wrote to a number, and the way of words into one. Only people on the list of a drill can have got a message of it. */
@Injectable()
export class DrillRepliesService implements DrillsBeside {
  private readonly log = new Logger('drills');
  patienceMs = DRILL_MS;
  /** By number, until when a drill that did not answer is left alone, by the steady clock of the process. */
  private readonly silent = new Map<number, number>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly host: DrillHost,
    worlds: ReplyWorlds,
  ) {
    worlds.askDrills(this);
  }

  /** Of a running drill what it says itself; one that ended lately, or does not answer, may have written. */
  async wroteTo(phone: string): Promise<DrillTexts[]> {
    const since = new Date(this.clock.now().getTime() - ANSWER_EXPECTED_MS);
    const drills = await read(this.db, (tx) => drillsSince(tx, since));
    const key = phoneKey(phone);
    const listing = drills.filter(({ listed }) => listed.some((one) => phoneKey(one.phone) === key));
    return (await Promise.all(listing.map((drill) => this.textsOf(drill, phone)))).flat();
  }

  async give(number: number, message: InboundReply): Promise<void> {
    const drill = (await read(this.db, (tx) => drillsSince(tx, this.clock.now()))).find((one) => one.number === number);
    if (drill?.state !== 'running') throw new Error('it does not run any more');
    await this.ask(drill, (texts) => texts.take(message));
  }

  private async textsOf(drill: DrillRow, phone: string): Promise<DrillTexts[]> {
    const { number, endedAt } = drill;
    const unsure: DrillTexts = { number, open: false, firstAt: null, endedAt };
    if (drill.state !== 'running') return [unsure];
    try {
      const firstAt = await this.ask(drill, (texts) => texts.firstTo(phone));
      return firstAt ? [{ number, open: true, firstAt, endedAt }] : [];
    } catch (error) {
      this.log.warn(`drill ${number} does not say whom it wrote to: ${String(error)}`);
      return [unsure];
    }
  }

  /** Throws when the drill says nothing in time, or did so a moment ago. */
  private async ask<T>(drill: DrillRow, question: (texts: DrillTextsService) => Promise<T>): Promise<T> {
    if (performance.now() < (this.silent.get(drill.number) ?? 0)) throw new Error('it did not answer a moment ago');
    const answer = this.host.world(drill).then((world) => question(world.get(DrillTextsService)));
    const late = sleep(this.patienceMs, SILENCE, { ref: false });
    const first = await Promise.race([answer, late]);
    if (first !== SILENCE) return first as T;
    answer.catch(() => undefined);
    this.silent.set(drill.number, performance.now() + SILENT_MS);
    throw new Error('it did not answer in time');
  }
}

const SILENCE = Symbol('nothing was said in time');
