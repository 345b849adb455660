export type LinkState = 'live' | 'delayed' | 'offline';

/** Seconds without a sign of life after which the link is amber, then red (C-26). */
export const LINK_LIMITS_S = { delayed: 5, offline: 15 };

/** @param silentMs time since the last sign of life of the server */
export function linkState(silentMs: number): LinkState {
  if (silentMs >= LINK_LIMITS_S.offline * 1000) return 'offline';
  return silentMs >= LINK_LIMITS_S.delayed * 1000 ? 'delayed' : 'live';
}

/** How far the clock of this computer is off, judged by an answer of the server and when it was asked and read (C-06). */
export function clockOffsetMs(serverAt: string, askedAtMs: number, readAtMs: number): number {
  return Math.round(Date.parse(serverAt) - (askedAtMs + readAtMs) / 2);
}
/** A skew that people must be told about; smaller ones are corrected silently. */
export const isClockFault = (offsetMs: number): boolean => Math.abs(offsetMs) > 30_000;

/**
 * A beat names the newest change of all. If we are behind it although nothing waits, the difference is either outside our
 * scope or lost: after this long the server is asked to replay (C-28).
 */
export const GAP_PATIENCE_MS = 3000;
export type Gap = { beatSeq: number; sinceMs: number } | null;
export function watchGap(
  held: Gap,
  input: { beatSeq: number; appliedSeq: number; pending: number; nowMs: number },
): Gap {
  if (input.pending > 0 || input.beatSeq <= input.appliedSeq) return null;
  return held ?? { beatSeq: input.beatSeq, sinceMs: input.nowMs };
}
export const gapIsReal = (gap: Gap, nowMs: number): boolean => gap !== null && nowMs - gap.sinceMs >= GAP_PATIENCE_MS;
