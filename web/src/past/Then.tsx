import { ageOf, elapsedText } from '../live/ageing.rules.js';
import type { Limit } from '../live/ageing.rules.js';

/** How long something had lasted at the moment that is shown: a clock that stands. */
export function Then({ since, atMs, limit = null }: { since: string; atMs: number; limit?: Limit | null }) {
  const elapsedMs = atMs - Date.parse(since);
  return (
    <time className={`clock age-${ageOf(elapsedMs, limit)}`} dateTime={since}>
      {elapsedText(elapsedMs)}
    </time>
  );
}
