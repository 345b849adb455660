import type { AlertPerson } from '../alerts/index.js';

/**
 * In which order a desk is called: who is on duty now first, then everybody, so that nobody is lost when the roster is wrong or nobody on it
 * answers. Without a roster, in a gap of it, or with the whole desk on duty it is everybody at once.
 */
export function deskSteps(desk: AlertPerson[], onDuty: readonly string[]): AlertPerson[][] {
  const first = desk.filter(({ userId }) => userId !== null && onDuty.includes(userId));
  return first.length === 0 || first.length === desk.length ? [desk] : [first, desk];
}
