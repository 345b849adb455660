/** What a gateway says of a message: taken over, or with the person (shown by the telephone, answered). */
export type GatewayVerdict = { stage: 'handed' | 'delivered' } | { failure: string; forGood: boolean };

/** Statuses after which the same message may be taken a moment later. */
const AGAIN = new Set([408, 425, 429]);

const statusIn = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && 'status' in json ? json.status : undefined;

/**
 * How far a message got by the answer of the gateway. Success is said in so many words: a page of a proxy with status 200 is none, and the
 * attempt after it asks what became of it.
 */
export function verdictOf({ status, json }: { status: number; json: unknown }): GatewayVerdict {
  if (status === 409) return { stage: 'handed' }; // it has a message of this reference
  if (status >= 200 && status < 300) {
    const told = statusIn(json);
    if (told === 'accepted') return { stage: 'handed' };
    return told === 'delivered' ? { stage: 'delivered' } : { failure: 'EGARBLED', forGood: false };
  }
  return { failure: `EHTTP${status}`, forGood: status < 500 && !AGAIN.has(status) };
}

/** What the status address says of several references together: the furthest that one of them got; null when it has none that is alive. */
export function heldOf(
  { status, json }: { status: number; json: unknown },
  references: readonly string[],
): 'handed' | 'delivered' | null {
  if (status < 200 || status >= 300) return null;
  const listed = typeof json === 'object' && json !== null && 'messages' in json ? json.messages : null;
  if (!Array.isArray(listed)) return null;
  const told = listed.flatMap((each: unknown) =>
    typeof each === 'object' && each !== null && 'reference' in each && references.includes(String(each.reference)) ? [statusIn(each)] : [],
  ); // prettier-ignore
  if (told.includes('delivered')) return 'delivered';
  return told.includes('accepted') ? 'handed' : null;
}
