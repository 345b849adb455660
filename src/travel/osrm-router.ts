import type { Point } from '../shared/fields.dto.js';
import { kmHOf, SPEED_KM_H, type SpeedClass } from '../shared/travel.rules.js';
import { type Leg, Router, StraightLineRouter, type Travel } from './router.js';

const TIMEOUT_MS = 2_000;
const KEEP_MS = 10 * 60_000;
const MOST_KEPT = 50_000;
/** Places in one question; public servers of the protocol refuse more than 100. */
const MOST_PLACES = 100;

interface Table {
  code: string;
  durations: (number | null)[][];
}

/**
 * A router that speaks OSRM's HTTP (`/table/v1/driving`). Its free-flow minutes are stretched by the speed: roads of 25 km/h take
 * 60/25 times as long. Answers are kept for ten minutes. When it is late, silent or wrong, all legs are answered by the straight line,
 * and the source says so.
 */
export class OsrmRouter extends Router {
  private readonly kept = new Map<string, { seconds: number | null; untilMs: number }>();
  private readonly standIn = new StraightLineRouter();

  constructor(
    private readonly baseUrl: string,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    super();
  }

  override async travel(legs: Leg[], speed: SpeedClass | number): Promise<Travel> {
    try {
      const missing = legs.filter((leg) => !this.heldFor(leg));
      for (const asked of byDestination(missing)) await this.ask(asked);
      const stretch = SPEED_KM_H.plain / kmHOf(speed);
      const minutes = legs.map((leg) => {
        const { seconds } = this.heldFor(leg)!;
        return seconds === null ? -1 : Math.ceil((seconds * stretch) / 60);
      });
      return { minutes, source: 'osrm' };
    } catch {
      const { minutes } = await this.standIn.travel(legs, speed);
      return { minutes, source: 'straight-line-router-silent' };
    }
  }

  private heldFor(leg: Leg): { seconds: number | null } | undefined {
    const held = this.kept.get(keyOf(leg));
    return held && held.untilMs > this.nowMs() ? held : undefined;
  }

  private async ask({ to, legs }: { to: Point; legs: Leg[] }): Promise<void> {
    const places = [to, ...legs.map(({ from }) => from)].map(({ lon, lat }) => `${lon},${lat}`).join(';');
    const sources = legs.map((_, at) => at + 1).join(';');
    const url = `${this.baseUrl.replace(/\/$/, '')}/table/v1/driving/${places}?sources=${sources}&destinations=0`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const table = (await answer.json()) as Table;
    if (!answer.ok || table.code !== 'Ok' || table.durations.length !== legs.length) throw new RangeError('router');
    if (this.kept.size + legs.length > MOST_KEPT) this.kept.clear();
    const untilMs = this.nowMs() + KEEP_MS;
    for (const [at, leg] of legs.entries()) {
      const seconds = table.durations[at]?.[0] ?? null;
      if (seconds !== null && !(Number.isFinite(seconds) && seconds >= 0)) throw new RangeError('router');
      this.kept.set(keyOf(leg), { seconds, untilMs });
    }
  }
}

const keyOf = ({ from, to }: Leg): string =>
  [from.lon, from.lat, to.lon, to.lat].map((degrees) => degrees.toFixed(4)).join(' ');

function byDestination(legs: readonly Leg[]): { to: Point; legs: Leg[] }[] {
  const groups = new Map<string, { to: Point; legs: Leg[] }[]>();
  for (const leg of legs) {
    const key = `${leg.to.lon} ${leg.to.lat}`;
    const parts = groups.get(key) ?? [];
    const last = parts.at(-1);
    if (last && last.legs.length < MOST_PLACES - 1) last.legs.push(leg);
    else groups.set(key, [...parts, { to: leg.to, legs: [leg] }]);
  }
  return [...groups.values()].flat();
}
