import type { Tx } from '../database/index.js';
import type { Point, Reason } from '../shared/fields.dto.js';
import { distanceM } from '../shared/geo.js';
import { LOADING_MIN, roadMin } from '../shared/travel.rules.js';
import { speedTo } from './conditions.rules.js';
import { readConditions } from './travel.store.js';
import { provenanceOf } from './ways.js';
import { NO_WAY, plansOf, roadMinOf, roadsOf, wayOf } from './ways.rules.js';

/** Where a lorry goes: to a place on the ground of a society, over roads as the kind of the incident leaves them. */
export interface OrderTo extends Point {
  societyPath: string;
  kind: string;
}
/** minutes: to the arrival, loading included, null where no way leads there; atLeastMin: by the straight line, whatever lies between. */
export interface OrderWay {
  minutes: number | null;
  atLeastMin: number;
  way: Reason[];
}

/** Says when lorries from stores arrive at a place, by the rule that plans reckon with. Inside a transaction no router is asked: straight lines. */
export async function orderWays(tx: Tx, to: OrderTo, at: Date): Promise<(from: Point & { societyPath: string }) => OrderWay> {
  const conditions = await readConditions(tx, at);
  const place = { lon: to.lon, lat: to.lat };
  const speed = speedTo({ path: to.societyPath, kind: to.kind }, conditions);
  const said = provenanceOf({ speed, source: 'straight-line' });
  return ({ lon, lat, societyPath }) => {
    const straightM = distanceM({ lon, lat }, place);
    const leg = { from: { lon, lat }, to: place, straightM, fromPath: societyPath, load: 'lorry' as const, leavesInMin: LOADING_MIN };
    const [plan] = plansOf([leg], to.societyPath, conditions);
    const roads = roadsOf([plan!]);
    const known = roadMinOf(roads, roads.map((road) => roadMin(road.straightM, speed.kmH)));
    const { minutes, over } = wayOf(plan!, known, at, conditions);
    return {
      minutes: minutes === NO_WAY ? null : LOADING_MIN + minutes,
      atLeastMin: LOADING_MIN + roadMin(straightM, speed.kmH),
      way: minutes === NO_WAY ? over : [...said, ...over],
    };
  };
} // prettier-ignore
