import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from './problem.js';

/** So many points a minute for each key, counted in this process. */
export const perMinute = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: 60 });

/** Takes points of a key. 429 `rate.limited` beyond what it has left, with the seconds until there is more. */
export async function takeFrom(allowance: RateLimiterMemory, key: string, points = 1): Promise<void> {
  await allowance.consume(key, points).catch((over: { msBeforeNext?: number }) => {
    throw new Problem('rate.limited', {}, { retryAfterS: Math.ceil((over.msBeforeNext ?? 1000) / 1000) });
  });
}
