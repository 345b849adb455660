import { Injectable } from '@nestjs/common';
import type { Point } from '../shared/fields.dto.js';
import { kmHOf, roadMin, type SpeedClass } from '../shared/travel.rules.js';

/** One way to be driven. `straightM` is the great circle. */
export interface Leg {
  from: Point;
  to: Point;
  straightM: number;
}

/** Whole minutes in the order of the legs, -1 where no road leads, and who said so. */
export interface Travel {
  minutes: number[];
  source: string;
}

/**
 * Port: how long the road takes. Bind another provider to this class to ask a road router; it is called outside any transaction, once
 * for all legs of a plan.
 */
export abstract class Router {
  /** speed: km/h, or the speed of a class. */
  abstract travel(legs: Leg[], speed: SpeedClass | number): Promise<Travel>;
}

/** The straight line times the road factor at that speed (planning values, shared/travel.rules.ts). Needs no network. */
@Injectable()
export class StraightLineRouter extends Router {
  override async travel(legs: Leg[], speed: SpeedClass | number): Promise<Travel> {
    const kmH = kmHOf(speed);
    return { minutes: legs.map(({ straightM }) => roadMin(straightM, kmH)), source: 'straight-line' };
  }
}
