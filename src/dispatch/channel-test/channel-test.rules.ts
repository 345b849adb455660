import type { Reach, TestChannel, TestStage } from './channel-test.dto.js';

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

/**
 * D20: until when a message of a test waits for the quiet hours of its person, of which `quietUntil` says at any moment when they end; null: it need not. Then it goes in testing hours, where some are left
 * outside of the quiet ones before the test ends; else when the quiet hours end, whatever the hour; and at once where the test would end before.
 */
export function afterQuiet(
  quietUntil: (at: Date) => Date | null,
  { now, endsAt }: { now: Date; endsAt: Date },
): Date | null {
  const end = quietUntil(now);
  if (!end || end >= endsAt) return null;
  if (isTestingHour(end)) return end;
  const morning = nextMorning(end);
  return morning < endsAt && !quietUntil(morning) ? morning : end;
}

/** When testing hours begin next, on the clock of China. */
function nextMorning(now: Date): Date {
  const today = new Date(now.getTime() + 8 * HOUR_MS).setUTCHours(FIRST_HOUR, 0, 0, 0) - 8 * HOUR_MS;
  return new Date(today > now.getTime() ? today : today + 24 * HOUR_MS);
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
  email?: string | null;
}
/** The channels that somebody has, as alerts would use them: of those that leave the house only what leaves by itself. */
export const channelsOf = (
  { userId, phone, email }: Reachable,
  leaves: (channel: 'link' | 'sms' | 'mail') => boolean = () => true,
): TestChannel[] => [
  ...(userId ? (['in-app'] as const) : []),
  ...(phone ? (['link', 'sms'] as const).filter(leaves) : []),
  ...(email ? (['mail'] as const).filter(leaves) : []),
];
