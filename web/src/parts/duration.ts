import { t } from '../i18n/i18n.js';

/** Whole minutes under an hour, then hours and minutes. */
export function minutesText(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 60) return t('duration.minutes', { count: whole });
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  return rest === 0 ? t('duration.hours', { hours }) : t('duration.hours-minutes', { hours, rest });
}
