import { createHash } from 'node:crypto';
import type { RecordLine } from './journal.store.js';

export const GENESIS = createHash('sha256').update('chiyuan journal v1').digest('hex');
export type Verdict =
  | { ok: true; lines: number; lastSeq: number; lastHash: string }
  | { ok: false; atSeq: number; fault: 'gap' | 'link' | 'hash' | 'text' };

/** Checks one line against the one before it (J1): next number, same link, and a hash that covers the text. */
export function verifyLine(previous: { seq: number; hash: string }, line: RecordLine): Verdict {
  const fault = (kind: 'gap' | 'link' | 'hash' | 'text'): Verdict => ({ ok: false, atSeq: line.seq, fault: kind });
  if (line.seq !== previous.seq + 1) return fault('gap');
  if (line.prevHash !== previous.hash) return fault('link');
  if (!line.text.startsWith(`${line.seq}\n`)) return fault('text');
  const hash = createHash('sha256').update(Buffer.from(line.prevHash, 'hex')).update(line.text, 'utf8').digest('hex');
  if (hash !== line.hash) return fault('hash');
  return { ok: true, lines: 1, lastSeq: line.seq, lastHash: hash };
}

/** Verifies a record from its first line, or from a known number and hash. Stops at the first fault. */
export function verifyRecord(lines: Iterable<RecordLine>, from = { seq: 0, hash: GENESIS }): Verdict {
  let last = from;
  let count = 0;
  for (const line of lines) {
    const verdict = verifyLine(last, line);
    if (!verdict.ok) return verdict;
    last = { seq: verdict.lastSeq, hash: verdict.lastHash };
    count++;
  }
  return { ok: true, lines: count, lastSeq: last.seq, lastHash: last.hash };
}
