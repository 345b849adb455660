import type { AlarmHealthDto } from '../alarms/alarms.dto.js';
import type { AlarmMeasureDto } from './reports.dto.js';

const PERCENT = 100;
const HUNDREDTHS = 100;
const rounded = (value: number): number => Math.round(value * HUNDREDTHS) / HUNDREDTHS;
const percent = (share: number | null): number | null => (share === null ? null : rounded(share * PERCENT));
const sum = (shares: (number | null)[]): number | null =>
  shares.every((share) => share === null) ? null : shares.reduce<number>((total, share) => total + (share ?? 0), 0);

/**
 * The figures of alarm health in their order (C-18), each beside what the standards ask for. met: null where there is no goal to meet or nothing
 * to measure; the shares of the levels are told beside theirs, not judged.
 */
export function measuresOf(health: AlarmHealthDto): AlarmMeasureDto[] {
  const { goal } = health;
  const share = (...levels: string[]) =>
    percent(sum(health.bySeverity.filter(({ severity }) => levels.includes(severity)).map((one) => one.share)));
  const told = (code: AlarmMeasureDto['code'], kind: AlarmMeasureDto['kind'], value: number | null, of: number | null = null) =>
    ({ code, kind, value, goal: of, met: null }); // prettier-ignore
  const judged = (one: AlarmMeasureDto, isMet: (value: number) => boolean): AlarmMeasureDto => ({
    ...one,
    met: one.value === null ? null : isMet(one.value),
  });
  const rate = health.perOperatorHour === null ? null : rounded(health.perOperatorHour);
  const flood = percent(goal.floodShare)!;
  const [i, ii, rest] = goal.severityShares.map(percent);
  return [
    told('raised', 'count', health.raised),
    judged(told('per-operator-hour', 'rate', rate, goal.perOperatorHour), (value) => value <= goal.perOperatorHour),
    judged(told('flood-share', 'percent', percent(health.floodShare), flood), (value) => value < flood),
    told('most-in-ten-minutes', 'count', health.mostInTenMinutes),
    judged(told('stale', 'count', health.stale, goal.stale), (value) => value < goal.stale),
    judged(told('chattering', 'count', health.chattering, goal.chattering), (value) => value <= goal.chattering),
    told('share-I', 'percent', share('I'), i),
    told('share-II', 'percent', share('II'), ii),
    told('share-rest', 'percent', share('III', 'IV'), rest),
    told('answered', 'count', health.answered),
    told('unanswered', 'count', health.unanswered),
    told('acknowledge-p50', 'duration', whole(health.acknowledgeP50S)),
    told('acknowledge-p90', 'duration', whole(health.acknowledgeP90S)),
  ];
}

const whole = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds));
