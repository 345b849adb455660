/** What the map remembers about who steers it (C-05). */
export type ViewLock = { locked: boolean; incidentSet: string };
export const FREE: ViewLock = { locked: false, incidentSet: '' };

export const setKey = (incidentIds: string[]): string => [...incidentIds].sort().join(' ');

/** Whether the map fits itself to the incidents now: only when their set changed, and never against a hand that moved it. */
export function shouldFit(lock: ViewLock, incidentIds: string[]): boolean {
  return !lock.locked && incidentIds.length > 0 && lock.incidentSet !== setKey(incidentIds);
}
/** Whether a window of another size has the map fit once more: what it fitted before, unless a hand moved it since. */
export const fitsAgain = (lock: ViewLock): boolean => !lock.locked && lock.incidentSet !== FREE.incidentSet;
export const fitted = (lock: ViewLock, incidentIds: string[]): ViewLock => ({
  ...lock,
  incidentSet: setKey(incidentIds),
});
export const movedByHand = (lock: ViewLock): ViewLock => ({ ...lock, locked: true });
export const unlocked = (): ViewLock => ({ ...FREE });
