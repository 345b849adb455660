import { Injectable } from '@nestjs/common';
import type { Point } from '../shared/fields.dto.js';
import { type SpeedClass, travelMin } from '../shared/travel.rules.js';

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
  abstract travel(legs: Leg[], speedClass: SpeedClass): Promise<Travel>;
}

/** The straight line times the road factor at the speed of the class (planning values, shared/travel.rules.ts). Needs no network. */
@Injectable()
export class StraightLineRouter extends Router {
  override async travel(legs: Leg[], speedClass: SpeedClass): Promise<Travel> {
    return { minutes: legs.map(({ straightM }) => travelMin(straightM, speedClass)), source: 'straight-line' };
  }
}
