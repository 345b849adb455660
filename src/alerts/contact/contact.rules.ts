import type { OutgoingAlert } from '../channel.service.js';
import { ALL_CHANNELS, type AlertPerson, type Channel, channelsTo } from '../run.rules.js';
import { minuteOf, MOST_WAIT_S, type QuietHours, type Way, WAYS } from './contact.dto.js';

const MINUTE_MS = 60_000;
const DAY_MIN = 1440;
/** China has one zone and no summer time. */
const CHINA_MS = 8 * 3_600_000;
/** A call comes this long after the text message, to who has not answered by then. Our own figure. */
export const CALL_AFTER_S = 60;
const CHANNELS: Record<Way, readonly Channel[]> = {
  'in-app': ['in-app'],
  sms: ['link', 'sms', 'voice'],
  mail: ['mail'],
};

export interface OwnOrder {
  ways: readonly Way[];
  waitS: number;
}
/** When a channel of a person is tried for the first time; `passedOver`: never, because there is no address for it. */
export interface Turn {
  channel: Channel;
  dueAt: Date;
  passedOver: boolean;
}

/** The longest that any way waits for those before it, in ms: half of a step's time at most, so that the ladder never passes it (D19). */
export const longestWaitMs = (answerS: number): number =>
  Math.min(((WAYS.length - 1) * MOST_WAIT_S + CALL_AFTER_S) * 1000, answerS * 500);

/**
 * D19: when each channel of a person has its turn. Without an order of the person's own all at once. With one the first way that has an address at
 * once, each other a wait after the one before; one without an address is passed over and takes no turn. The app is never made to wait: the live
 * feed carries an alert there by itself. A call comes a minute after the text message to the same telephone.
 */
export function turnsOf(
  person: AlertPerson,
  own: OwnOrder | null,
  { channels, now, answerS }: { channels: readonly Channel[]; now: Date; answerS: number },
): Turn[] {
  const reached = channelsTo(person, channels);
  const tried = (has: readonly Channel[], waitMs: number): Turn[] =>
    has.map((channel) => {
      const callMs = channel === 'voice' && has.includes('sms') ? CALL_AFTER_S * 1000 : 0;
      return { channel, dueAt: new Date(now.getTime() + Math.min(waitMs + callMs, longestWaitMs(answerS))), passedOver: false };
    }); // prettier-ignore
  if (!own) return tried(reached, 0);
  let waitMs = 0;
  return own.ways.flatMap((way): Turn[] => {
    const asked = CHANNELS[way].filter((channel) => channels.includes(channel));
    const has = asked.filter((channel) => reached.includes(channel));
    if (has.length === 0)
      return asked
        .filter((channel) => channel !== 'voice')
        .slice(-1)
        .map((channel) => ({ channel, dueAt: now, passedOver: true }));
    const turns = tried(has, way === 'in-app' ? 0 : waitMs);
    waitMs += own.waitS * 1000;
    return turns;
  });
}

/** The ways to a person in the order of the person's own, and how many seconds after his turn each is tried; null: there is no address for it. */
export function waysTo(
  person: AlertPerson,
  own: OwnOrder | null,
  { now, answerS }: { now: Date; answerS: number },
): { way: Way; afterS: number | null }[] {
  const turns = turnsOf(person, own, { channels: ALL_CHANNELS, now, answerS });
  return (own?.ways ?? WAYS).map((way) => {
    const turn = turns.find(({ channel, passedOver }) => !passedOver && CHANNELS[way].includes(channel));
    return { way, afterS: turn ? Math.round((turn.dueAt.getTime() - now.getTime()) / 1000) : null };
  });
}

/** How many seconds after the turn of a person his telephone rings while he has not answered; null where nobody rings it. */
export function callAfterS(
  person: AlertPerson,
  own: OwnOrder | null,
  about: { channels: readonly Channel[]; now: Date; answerS: number },
): number | null {
  const call = turnsOf(person, own, about).find(({ channel, passedOver }) => channel === 'voice' && !passedOver);
  return call ? Math.round((call.dueAt.getTime() - about.now.getTime()) / 1000) : null;
}

/** D20: what may wait for quiet hours. Everything else rings through them: an alert of any kind, and what a person asked for this moment. */
export const mayWait = (kind: OutgoingAlert['kind']): boolean => kind === 'channel-test';

/** Until when a message of this kind that is due at this moment waits for the quiet hours of its person; null: it need not. */
export const waitsUntil = (kind: OutgoingAlert['kind'], quiet: QuietHours | null, at: Date): Date | null =>
  mayWait(kind) ? quietUntil(quiet, at) : null;

/** When the quiet hours end in which this moment lies, on the clock of China; null outside of them. */
export function quietUntil(quiet: QuietHours | null, now: Date): Date | null {
  if (!quiet) return null;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const whole = Math.floor((now.getTime() + CHINA_MS) / MINUTE_MS);
  const minute = whole % DAY_MIN;
  const inside = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!inside) return null;
  return new Date((whole + ((to - minute + DAY_MIN) % DAY_MIN)) * MINUTE_MS - CHINA_MS);
}
