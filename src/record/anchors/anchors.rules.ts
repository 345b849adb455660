import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { AnchorFault } from './anchors.dto.js';

/** How often a worker looks whether the anchor of the day is there. */
export const LOOK_MS = 10 * 60_000;
/** An anchor that is not there so long after its day began, or after the first line, is late. */
export const LATE_MS = 30 * 60_000;
const DAY_MS = 86_400_000;
/** Asia/Shanghai, which has had no summer time since 1991. */
const CHINA_MS = 8 * 3_600_000;

/** What is signed. `day` is the China day on which it was; `missedDays` the days since the anchor before that have none. */
export interface AnchorFacts {
  number: number;
  day: string;
  missedDays: number;
  seq: number;
  hash: string;
  signedAt: Date;
  previous: string;
  /** Base64 of SPKI DER. */
  publicKey: string;
}
export interface Anchor extends AnchorFacts {
  /** Base64. */
  signature: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const VERSION = 'chiyuan anchor v1';
/** What the first anchor links to. */
export const FIRST_LINK = sha256(VERSION);

/** The China day of an instant, `YYYY-MM-DD`. */
export const chinaDay = (at: Date): string => new Date(at.getTime() + CHINA_MS).toISOString().slice(0, 10);
const dayBegins = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const daysBetween = (from: string, to: string): number => Math.round((dayBegins(to) - dayBegins(from)) / DAY_MS);

/** The exact text under the signature; `.ci/journal-verify.mjs` builds the same from an exported anchor. */
export const anchorText = (facts: AnchorFacts): string =>
  [VERSION, facts.number, facts.day, facts.missedDays, facts.seq, facts.hash, facts.signedAt.toISOString(), facts.previous, facts.publicKey].join('\n'); // prettier-ignore

/** What the next anchor links to: text and signature of this one. */
export const linkOf = (anchor: Anchor): string => sha256(`${anchorText(anchor)}\n${anchor.signature}`);

/** The first 16 hex digits of the SHA-256 of the key's SPKI DER: short enough to be read out by telephone. */
export const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);

/** Whether the day of `now` has no anchor yet. A clock that was turned back makes none. */
export const isDue = (last: { day: string } | undefined, now: Date): boolean => !last || chinaDay(now) > last.day;

/** The anchor that is due after `last` for the newest line; null when that of the day is there. */
export function nextAnchor(
  last: Anchor | undefined,
  line: { seq: number; hash: string },
  { now, publicKey }: { now: Date; publicKey: string },
): AnchorFacts | null {
  if (!isDue(last, now)) return null;
  const day = chinaDay(now);
  const missedDays = last ? daysBetween(last.day, day) - 1 : 0;
  const previous = last ? linkOf(last) : FIRST_LINK;
  return { number: (last?.number ?? 0) + 1, day, missedDays, ...line, signedAt: now, previous, publicKey };
}

/** Ed25519 over the text. */
export const signAnchor = (facts: AnchorFacts, key: KeyObject): Anchor => ({
  ...facts,
  signature: sign(null, Buffer.from(anchorText(facts), 'utf8'), key).toString('base64'),
});

function isSigned(anchor: Anchor): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(anchor.publicKey, 'base64'), format: 'der', type: 'spki' });
    const text = Buffer.from(anchorText(anchor), 'utf8');
    return key.asymmetricKeyType === 'ed25519' && verify(null, text, key, Buffer.from(anchor.signature, 'base64'));
  } catch {
    return false; // no key at all
  }
}

/** Numbers without a gap, days and lines that only go on, and the missed days as they were. */
function isInOrder(before: Anchor | null, anchor: Anchor): boolean {
  if (anchor.day !== chinaDay(anchor.signedAt)) return false;
  if (!before) return anchor.number === 1 && anchor.missedDays === 0;
  const days = daysBetween(before.day, anchor.day);
  return anchor.number === before.number + 1 && days > 0 && anchor.missedDays === days - 1 && anchor.seq >= before.seq;
}

/**
 * What is wrong with an anchor, the gravest first; null when it holds. `before`: the one before it, null for the first. `lineHash`: of its line
 * in the record of now, undefined when there is none.
 */
export function anchorFault(before: Anchor | null, anchor: Anchor, lineHash: string | undefined): AnchorFault | null {
  if (!isSigned(anchor)) return 'signature';
  if (!isInOrder(before, anchor)) return 'order';
  if (anchor.previous !== (before ? linkOf(before) : FIRST_LINK)) return 'link';
  if (lineHash === undefined) return 'gone';
  return lineHash === anchor.hash ? null : 'line';
}

/** Whether the newest anchor is in time, and by when the next one is expected; `firstLineAt`: null while the record is empty. */
export function anchorState(
  last: { day: string } | undefined,
  { firstLineAt, now }: { firstLineAt: Date | null; now: Date },
): { state: 'made' | 'awaited' | 'late'; expectedBy: Date | null } {
  const today = chinaDay(now);
  if (!isDue(last, now)) return { state: 'made', expectedBy: new Date(dayBegins(last!.day) + DAY_MS + LOOK_MS) };
  if (!last && !firstLineAt) return { state: 'awaited', expectedBy: null };
  const from = last ? dayBegins(today) : firstLineAt!.getTime();
  return { state: now.getTime() > from + LATE_MS ? 'late' : 'awaited', expectedBy: new Date(from + LOOK_MS) };
}
