/** What one look at the time of the database told: asked and answered on the process's own steady counter, in milliseconds. */
export interface ClockLook {
  askedMs: number;
  answeredMs: number;
  databaseMs: number;
}

/**
 * What must be added to the steady counter to have the time of the database. A look fixes it to within half of its round trip; what lies in
 * there stays, so that a slow answer never moves a good clock and a turned clock is followed by the next look.
 */
export function followedOffsetMs(heldMs: number | null, { askedMs, answeredMs, databaseMs }: ClockLook): number {
  const [least, most] = [databaseMs - answeredMs, databaseMs - askedMs];
  if (heldMs !== null && heldMs >= least && heldMs <= most) return heldMs;
  return (least + most) / 2;
}

/** Smaller steps back are the common work of a time service. Our own figure. */
const TOLERANCE_MS = 2000;

/** By how much a clock was turned back between two looks at it; 0 when it went on. */
export function turnedBackMs(seen: Date, now: Date): number {
  const back = seen.getTime() - now.getTime();
  return back > TOLERANCE_MS ? back : 0;
}
