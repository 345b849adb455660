import type { ActorDto } from '../../../src/access/access.dto.js';
import { whenLeaving } from '../access/session.js';
import { keepReads, readAgain } from '../api/use-fetched.js';
import { clockSkewMs, learnServerTime } from '../live/clock.js';
import { live } from '../live/live.js';
import { kept } from './kept.js';
import { keptReads } from './reads.js';

const SAVE_EVERY_MS = 60_000;

/**
 * Whose work goes on without network: who keeps a store or checks there. A duty desk shows live figures or none; an old picture would
 * be taken for the present.
 */
export const worksOffline = (actor: Pick<ActorDto, 'grants'> | null): boolean =>
  (actor?.grants ?? []).some(({ role }) => role === 'keeper' || role === 'checker');

/** Keeps picture and answers of this person on the device while the page is open, and shows them when the server cannot be asked. */
export function keepForOffline(actor: ActorDto): () => void {
  let savedSeq = -1;
  const save = async (): Promise<void> => {
    const held = live.store.held();
    if (!held || live.rememberedAt !== null || held.picture.seq === savedSeq) return;
    savedSeq = held.picture.seq;
    await (await kept()).put('pictures', { userId: actor.userId, ...held, atMs: Date.now(), offsetMs: clockSkewMs() });
  };
  const quietly = () => void save().catch(() => (savedSeq = -1)); // storage forbidden or full: this page works online as before
  live.recall = async () => {
    const found = await (await kept()).get('pictures', actor.userId);
    if (!found) return null;
    const nowMs = Date.now();
    if (found.offsetMs !== 0) learnServerTime(new Date(nowMs + found.offsetMs).toISOString(), nowMs, nowMs);
    return found;
  };
  keepReads(keptReads(actor.userId));
  const hidden = () => document.visibilityState === 'hidden' && quietly();
  const timer = window.setInterval(quietly, SAVE_EVERY_MS);
  let was = live.link.state;
  const ends = [
    live.store.subscribe(['loaded'], quietly),
    live.subscribe(() => {
      const now = live.link.state;
      if (now === was) return;
      if (now === 'live' && (was === 'offline' || was === 'unanswered')) readAgain();
      else quietly();
      was = now;
    }),
  ];
  document.addEventListener('visibilitychange', hidden);
  return () => {
    window.clearInterval(timer);
    document.removeEventListener('visibilitychange', hidden);
    ends.forEach((end) => end());
    live.recall = null;
    keepReads(null);
  };
}

/** Who signs out takes along what was shown to him; what he has not sent yet stays (`relief-stock/outbox`). */
async function forget(userId: string): Promise<void> {
  const db = await kept();
  await db.delete('pictures', userId);
  const own = (await db.getAllKeys('reads')).filter((key) => key.startsWith(`${userId} `));
  await Promise.all(own.map((key) => db.delete('reads', key)));
}
whenLeaving((userId) => void forget(userId).catch(() => undefined));
