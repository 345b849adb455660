import { at } from '../../app/world.js';
import { learnServerTime } from '../../live/clock.js';

/** The clock of a phone that is not signed in: any answer carries the server's time, to the second (C-06). */
export async function askServerTime(): Promise<void> {
  const askedAtMs = Date.now();
  try {
    const response = await fetch(at('/api/health/live'), { cache: 'no-store' });
    const date = response.headers.get('date');
    // The header is cut to the second: half a second is its middle.
    if (date) learnServerTime(new Date(Date.parse(date) + 500).toISOString(), askedAtMs, Date.now());
  } catch {
    // Without network the phone's own clock has to do; the page asks again when it is back.
  }
}
