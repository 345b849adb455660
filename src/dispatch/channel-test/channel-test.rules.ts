import type { Reach, TestStage } from './channel-test.dto.js';

const HOUR_MS = 3_600_000;
/** Somebody may confirm for a day; then the result stands. */
export const TEST_LASTS_MS = 24 * HOUR_MS;
export const TEST_EVERY_MS = 7 * 24 * HOUR_MS;
/** A hand-over whose result nobody noted within this time goes again. */
export const TEST_LEASE_MS = 60_000;
export const MOST_TEST_ATTEMPTS = 3;
const RETRY_MS = 5 * 60_000;
/** By the clock of China: nobody is texted for a test at night or during a meal. */
export const FIRST_HOUR = 9;
export const LAST_HOUR = 17;

/** Whether a test may start, and its messages may leave, at this hour. */
export function isTestingHour(now: Date): boolean {
  const hour = new Date(now.getTime() + 8 * HOUR_MS).getUTCHours();
  return hour >= FIRST_HOUR && hour < LAST_HOUR;
}

/** W2: what the channels of one person say together. A person without any channel is not reached. */
export function reachOf(stages: readonly TestStage[]): Reach {
  if (stages.some((stage) => stage === 'receipt' || stage === 'confirmed')) return 'reached';
  return stages.some((stage) => stage === 'handed' || stage === 'planned') ? 'unconfirmed' : 'failed';
}

/** When to try again after a failed attempt; null after the last. */
export const retryAt = (attempts: number, now: Date): Date | null =>
  attempts >= MOST_TEST_ATTEMPTS ? null : new Date(now.getTime() + RETRY_MS * attempts);

/** An answer may come late, never undo what is known: confirmed beats a receipt, and both beat a failure. */
export const mayBecome = (from: TestStage, to: 'receipt' | 'confirmed'): boolean =>
  from !== 'confirmed' && !(from === 'receipt' && to === 'receipt');

export interface Reachable {
  userId: string | null;
  phone: string | null;
}
/** The channels that somebody has, as alerts would use them: of those by telephone only what leaves by itself. */
export const channelsOf = (
  { userId, phone }: Reachable,
  leaves: (channel: 'link' | 'sms') => boolean = () => true,
): ('in-app' | 'link' | 'sms')[] => [
  ...(userId ? (['in-app'] as const) : []),
  ...(phone ? (['link', 'sms'] as const).filter(leaves) : []),
];
