/** What providers of robots allow one robot; who says more is shut out for minutes. */
export const MESSAGES_PER_MINUTE = 20;
const REFILL_MS = 60_000 / MESSAGES_PER_MINUTE;
/**
 * How many may leave at once. A bucket of twenty that refills in a minute would let nearly forty through in some minute; half full at most and
 * refilled at half the rate, no minute ever has more than twenty.
 */
export const MOST_AT_ONCE = MESSAGES_PER_MINUTE / 2;

export interface Bucket {
  tokens: number;
  tokensAt: Date;
}
export const fullBucket = (now: Date): Bucket => ({ tokens: MOST_AT_ONCE, tokensAt: now });

/** What a robot may say now. A clock that was turned back gives nothing and takes nothing. */
export function refilled({ tokens, tokensAt }: Bucket, now: Date): Bucket {
  const passedMs = Math.max(0, now.getTime() - tokensAt.getTime());
  return { tokens: Math.min(MOST_AT_ONCE, tokens + passedMs / (2 * REFILL_MS)), tokensAt: now };
}

/**
 * The messages in which waiting notices leave now, oldest first: each by itself while there is room for all, else the last message takes all
 * that are left. None is left out; without a token all of them wait.
 */
export function shareOut<T>(waiting: readonly T[], tokens: number): T[][] {
  const room = Math.floor(tokens);
  if (room < 1 || waiting.length === 0) return [];
  if (waiting.length <= room) return waiting.map((one) => [one]);
  return [...waiting.slice(0, room - 1).map((one) => [one]), waiting.slice(room - 1)];
}

export const MOST_NOTICE_ATTEMPTS = 3;
const FIRST_RETRY_MS = 5000;
/** A robot that said too much for its provider is silent for this long; what waits meanwhile is told together. */
export const TOO_MUCH_PAUSE_MS = 60_000;
/** A message whose process has died with it goes again after this; twice in a group is better than not at all. */
export const NOTICE_LEASE_MS = 30_000;

/** When to try again after a failed attempt, in milliseconds; null after the last. */
export const noticeRetryMs = (attempts: number): number | null =>
  attempts >= MOST_NOTICE_ATTEMPTS ? null : FIRST_RETRY_MS * 4 ** (attempts - 1);
