export type LineState = 'live' | 'delayed' | 'offline';
/** unanswered: the line lives, so the picture is of now, but requests find nobody. */
export type LinkState = LineState | 'unanswered';
/** Whether requests find the server: as far as is known; not any more; not although the line was heard after that. */
export const LINK_SIGNS: Record<LinkState, string> = { live: '●', delayed: '◐', unanswered: '◑', offline: '○' };
export type Asking = 'answered' | 'cut' | 'unanswered';

/** Seconds without a sign of life after which the link is amber, then red (C-26). */
export const LINK_LIMITS_S = { delayed: 5, offline: 15 };

/** @param silentMs time since the last sign of life of the server */
export function linkState(silentMs: number): LineState {
  if (silentMs >= LINK_LIMITS_S.offline * 1000) return 'offline';
  return silentMs >= LINK_LIMITS_S.delayed * 1000 ? 'delayed' : 'live';
}

/**
 * One truth about line and requests. What speaks for a living line is the line alone, what speaks for requests is an answer alone: neither takes
 * back what the other said, so a page whose requests fail beside a living line stays with one word.
 */
export function linkOf(silentMs: number, asking: Asking): LinkState {
  const line = linkState(silentMs);
  if (asking === 'answered') return line;
  return asking === 'cut' || line === 'offline' ? 'offline' : 'unanswered';
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
