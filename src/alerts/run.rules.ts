import type { Config } from '../config.js';
import type { Reason } from '../shared/fields.dto.js';
import type { AlertDto, DeliveryDto, FunnelDto } from './alerts.dto.js';

export type Channel = DeliveryDto['channel'];
export type Stage = DeliveryDto['stage'];
export type PersonRole = DeliveryDto['personRole'];

/**
 * Someone who must be told. With an account the app reaches them, with a phone a link and a text message do, with an address a mail. `role`
 * where it differs from the step's; `email` is not in the steps of runs from before there was mail.
 */
export interface AlertPerson {
  role?: PersonRole;
  memberId: string | null;
  userId: string | null;
  name: string;
  phone: string | null;
  email?: string | null;
}
/** One rung of the ladder: everyone on it is told at the same time. */
export interface AlertStep {
  role: PersonRole;
  people: AlertPerson[];
}
/** A rung as the run keeps it from its start, so that later changes of a roster never touch a running alert. */
export interface KeptStep extends AlertStep {
  skipped: Reason | null;
}

/** What costs nobody's sleep but the reader's: everything but calls. */
export const ALL_CHANNELS: readonly Channel[] = ['in-app', 'link', 'sms', 'mail'];
/** Orders and calls for help ring the telephone as well, where somebody makes calls for us (`VOICE_GATEWAY_URL`). */
export const urgentChannels = ({ VOICE_GATEWAY_URL }: Pick<Config, 'VOICE_GATEWAY_URL'>): readonly Channel[] =>
  VOICE_GATEWAY_URL ? [...ALL_CHANNELS, 'voice'] : ALL_CHANNELS;
/** Three hand-overs a person and channel, 5 s and 20 s apart; our figures. */
export const MOST_ATTEMPTS = 3;
const FIRST_RETRY_MS = 5000;
/** A hand-over whose process has not renewed its claim for this long has died with it; so a new process takes it up within seconds. */
export const HAND_OVER_LEASE_MS = 6000;
/** No message is due later than this from now; what is was written by another clock. */
export const LONGEST_RETRY_MS = FIRST_RETRY_MS * 4 ** (MOST_ATTEMPTS - 2);
/** What the clocks of processes that follow the same one may differ by. Our own figure. */
export const CLAMP_TOLERANCE_MS = 5000;

export function channelsTo(person: AlertPerson, channels: readonly Channel[]): Channel[] {
  const { userId, phone, email = null } = person;
  const ways: Record<Channel, string | null> = { 'in-app': userId, link: phone, sms: phone, voice: phone, mail: email };
  return channels.filter((channel) => ways[channel] !== null);
}

/** The steps with the reason why a step cannot be taken, decided once when the run starts. */
export function keepSteps(steps: AlertStep[], channels: readonly Channel[]): KeptStep[] {
  return steps.map((step) => {
    const people = step.people.filter((person) => channelsTo(person, channels).length > 0);
    const code = step.people.length === 0 ? 'step.nobody' : 'step.unreachable';
    return { role: step.role, people, skipped: people.length > 0 ? null : { code, params: { role: step.role } } };
  });
}

/** The next step that has someone to tell, counted from 1; null when the ladder has no more rungs. */
export function stepAfter(steps: KeptStep[], step: number): number | null {
  const index = steps.findIndex((each, n) => n >= step && each.skipped === null);
  return index < 0 ? null : index + 1;
}

export const waitingFor = (steps: KeptStep[], step: number): string | null =>
  steps[step - 1]?.people.map((person) => person.name).join('、') || null;

const FORWARD: Stage[] = ['planned', 'handed', 'delivered', 'displayed', 'opened'];

/** Stages never go back, and an end stays an end; a late call-back changes nothing. */
export function mayMove(from: Stage, to: Stage): boolean {
  const at = FORWARD.indexOf(from);
  if (at < 0) return false;
  const then = FORWARD.indexOf(to);
  if (then >= 0) return then > at;
  return to === 'failed' ? from === 'handed' : from === 'planned';
}

/** An order or a call for help must reach a person who answers; a notice has done its work when it was sent. */
export const wantsAnswer = (kind: AlertDto['kind']): boolean => kind === 'deploy' || kind === 'duty-call';

/** When to try again after a failed attempt, in milliseconds; null after the last. */
export function retryAfterMs(attempt: number): number | null {
  return attempt >= MOST_ATTEMPTS ? null : FIRST_RETRY_MS * 4 ** (attempt - 1);
}

/** Who knows, who answered, who is silent: one line a person and alert, with the newest stage of each attempt. */
export function funnelOf(incidentId: string, alerts: AlertDto[]): FunnelDto {
  return { incidentId, people: alerts.flatMap(peopleOf) };
}

function peopleOf(alert: AlertDto): FunnelDto['people'] {
  const people = new Map<string, DeliveryDto[]>();
  for (const delivery of alert.deliveries) {
    const key = `${delivery.step} ${delivery.memberId ?? ''} ${delivery.userId ?? ''}`;
    people.set(key, [...(people.get(key) ?? []), delivery]);
  }
  return [...people.values()].map((deliveries) => {
    const { personName, personRole, step } = deliveries[0]!;
    const said = alert.answers.findLast((answer) => [answer.byName, answer.onBehalfOf].includes(personName));
    return {
      alertId: alert.id, teamName: alert.teamName, personName, personRole, step, open: alert.doneReason === null,
      channels: deliveries.map(({ channel, attempt, stage, stageAt, handedAt, failure, throughQuiet }) => ({
        channel, attempt, stage, stageAt, handedAt, failure, throughQuiet,
      })),
      answer: said?.answer ?? null, answeredAt: said?.occurredAt ?? null,
    }; // prettier-ignore
  });
}
