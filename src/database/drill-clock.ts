import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config.js';
import { Clock } from '../shared/clock.js';
import { type DatabaseClock, ServerClock } from './database-clock.js';
import { type Database, read } from './database.js';
import { type ClockFace, clockFace, drillTime } from './drill-schema.js';
import { FollowingClock } from './following-clock.js';

/** "Now" in a drill: shifted, faster than the day, or standing. */
export class DrillClock extends Clock implements BeforeApplicationShutdown {
  constructor(
    private face: ClockFace,
    private readonly real: FollowingClock,
  ) {
    super();
  }
  override now(): Date {
    return drillTime(this.face, this.real.now());
  }
  override pace(): number {
    return this.face.speed;
  }
  set(face: ClockFace): void {
    this.face = face;
  }
  async beforeApplicationShutdown(): Promise<void> {
    await this.real.beforeApplicationShutdown();
  }
}

/** The clock of an application: that of the database, or of its drill. */
export async function openClock(config: Pick<Config, 'drill'>, db: Database, clock: DatabaseClock): Promise<Clock> {
  if (!config.drill) return FollowingClock.start(db, clock);
  return new DrillClock(await read(db, clockFace), await FollowingClock.start(db, new ServerClock()));
}
