import { Injectable } from '@nestjs/common';
import type { Point } from '../shared/fields.dto.js';
import { type SpeedClass, travelMin } from './planner/eta.rules.js';

/** One way to be driven. `straightM` is the great circle, as the database measured it. */
export interface Leg {
  from: Point;
  to: Point;
  straightM: number;
}

/**
 * Port: how long the road takes. Bind another provider to this class to ask a road router; it is called outside any transaction, once
 * for all legs of a plan, and answers whole minutes in the order of the legs.
 */
export abstract class Router {
  abstract travelMinutes(legs: Leg[], speedClass: SpeedClass): Promise<number[]>;
}

/** The straight line times the road factor at the speed of the class (planning values, planner/eta.rules.ts). Needs no network. */
@Injectable()
export class StraightLineRouter extends Router {
  override async travelMinutes(legs: Leg[], speedClass: SpeedClass): Promise<number[]> {
    return legs.map(({ straightM }) => travelMin(straightM, speedClass));
  }
}
