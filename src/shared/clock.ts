import { Injectable } from '@nestjs/common';

/** The one source of "now" for services: in a running process the time of the database (`FollowingClock`). Tests replace it; nothing else may. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
  /** How many seconds pass on it in one: only the clock of a drill differs. */
  pace(): number {
    return 1;
  }
}
