import { Injectable } from '@nestjs/common';
import type { Reason } from '../shared/fields.dto.js';
import { ROAD_FACTOR } from '../shared/travel.rules.js';
import { type Conditions, type Speed, speedTo } from './conditions.rules.js';
import { type Leg, Router } from './router.js';
import { NO_WAY, plansOf, roadMinOf, roadsOf, type Way, type WayLeg, wayOf } from './ways.rules.js';

/** Ways to one place: in the order of the legs, what their speed is, and who named the minutes of the road. */
export interface WaysFound {
  ways: Way[];
  speed: Speed;
  source: string;
}

/** The one rule of arrival, for plans and for orders alike. Asks the router, so it is called outside any transaction. */
@Injectable()
export class Ways {
  constructor(private readonly router: Router) {}

  /** `at`: the moment of the question; `isCut`: roads that are blocked now. */
  async to(
    place: { path: string; kind: string },
    legs: readonly WayLeg[],
    { conditions, at, isCut = () => false }: { conditions: Conditions; at: Date; isCut?: (road: Leg) => boolean },
  ): Promise<WaysFound> {
    const speed = speedTo(place, conditions);
    const plans = plansOf(legs, place.path, conditions);
    const roads = roadsOf(plans);
    const { minutes, source } = await this.router.travel(roads, speed.kmH);
    const roadMin = roadMinOf(roads, minutes.map((each, n) => (isCut(roads[n]!) ? NO_WAY : each))); // prettier-ignore
    return { ways: plans.map((plan) => wayOf(plan, roadMin, at, conditions)), speed, source };
  }
}

/** What an arrival is reckoned from, in codes: the road and its speed with their sources. */
export function provenanceOf({ speed, source }: Pick<WaysFound, 'speed' | 'source'>): Reason[] {
  const { kmH, terrain, terrainBy, weather, weatherBy } = speed;
  const road = source === 'osrm' ? 'way-router' : source === 'straight-line' ? 'way-straight' : 'way-router-silent';
  return [
    { code: road, params: { factor: ROAD_FACTOR } },
    { code: `way-terrain-${terrainBy}`, params: { terrain, kmH: Math.round(kmH) } },
    ...(weatherBy === 'default' ? [] : [{ code: `way-weather-${weatherBy}`, params: { weather } }]),
  ];
}
