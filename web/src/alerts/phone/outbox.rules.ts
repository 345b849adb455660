/** Something a phone has said that the server may not have heard yet. Its id is also its Idempotency-Key. */
export type Sending = {
  id: string;
  /** What it speaks about, e.g. `link/TOKEN`: sendings about one thing, and about its progress, leave in the order in which they were written. */
  about: string;
  /** Whose word it is; null behind a one-time link, which speaks for its person by itself. */
  owner: string | null;
  path: string;
  body: Record<string, unknown>;
  writtenAtMs: number;
  tries: number;
  nextTryAtMs: number;
  state: 'waiting' | 'delivered' | 'refused';
  settledAtMs: number | null;
  refusal: { status: number; code: string; words: string } | null;
};

/** Settled sendings are kept so that a reload without network still knows what was answered. */
export const KEPT_MS = 3 * 24 * 3600_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** A call for help is tried again this soon at most. */
const LONGEST_URGENT_MS = 5000;
/** Calls for help leave before everything else, and nothing that hangs on the line holds them back. */
export const isUrgent = ({ about }: Pick<Sending, 'about'>): boolean => about.endsWith('/help');

export type Outcome = 'delivered' | 'retry' | 'refused';

/** 0 is no network. 401 waits too: the sending leaves after the next sign-in. */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'delivered';
  return status === 0 || status === 401 || status === 408 || status === 425 || status === 429 || status >= 500
    ? 'retry'
    : 'refused';
}

/** Doubles from one second up to half a minute, for a call for help to five seconds; `chance` (0 to 1) spreads phones that lost the same mast. */
export function retryDelayMs(tries: number, chance: number, longestMs = LONGEST_RETRY_MS): number {
  const plain = Math.min(longestMs, FIRST_RETRY_MS * 2 ** Math.max(0, tries - 1));
  return Math.round(plain * (0.8 + 0.4 * chance));
}

/** Who may send it: a link's word leaves always, a person's only while that person is signed in. */
export const leavesWith = (sending: Pick<Sending, 'owner'>, person: string | null): boolean =>
  sending.owner === null || sending.owner === person;

/** The sending to try now: only the oldest waiting one about each thing may leave, so steps never overtake each other. */
export function dueNow(sendings: readonly Sending[], nowMs: number, person: string | null): Sending | null {
  return heads(sendings, person).find((head) => head.nextTryAtMs <= nowMs) ?? null;
}

/** When to look again, or null when nothing waits. */
export function nextLookMs(sendings: readonly Sending[], person: string | null): number | null {
  const times = heads(sendings, person).map((head) => head.nextTryAtMs);
  return times.length === 0 ? null : Math.min(...times);
}

/** The first step waits for the yes that makes it possible. */
const lineOf = ({ about }: Sending): string => about.replace(/\/progress$/, '');

function heads(sendings: readonly Sending[], person: string | null): Sending[] {
  const seen = new Set<string>();
  return sendings.filter((sending) => {
    const line = lineOf(sending);
    if (sending.state !== 'waiting' || !leavesWith(sending, person) || seen.has(line)) return false;
    seen.add(line);
    return true;
  });
}

export function tried(
  sending: Sending,
  result: { status: number; code: string; words: string; nowMs: number; chance: number },
): Sending {
  const tries = sending.tries + 1;
  // Another person is signed in by now: it waits for who said it.
  const outcome = result.code === 'auth.other-person' ? 'retry' : outcomeOf(result.status);
  if (outcome === 'retry') {
    const longestMs = isUrgent(sending) ? LONGEST_URGENT_MS : LONGEST_RETRY_MS;
    return { ...sending, tries, nextTryAtMs: result.nowMs + retryDelayMs(tries, result.chance, longestMs) };
  }
  const { status, code, words } = result;
  const refusal = outcome === 'refused' ? { status, code, words } : null;
  return { ...sending, tries, state: outcome, settledAtMs: result.nowMs, refusal };
}

export const stillKept = (sending: Sending, nowMs: number): boolean =>
  sending.settledAtMs === null || nowMs - sending.settledAtMs < KEPT_MS;
