import { createHash, randomBytes } from 'node:crypto';

let lastMs = 0;
let nth = 0;
const MOST_IN_A_MS = 0xfff;

/**
 * A new UUID, version 7 (RFC 9562): sorted by the millisecond it was made in and, within one process, in the order in which they were made,
 * also when its clock is turned back; random after that.
 */
export function newId(): string {
  const now = Date.now();
  if (now > lastMs) [lastMs, nth] = [now, 0];
  else if (++nth > MOST_IN_A_MS) [lastMs, nth] = [lastMs + 1, 0];
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(nth, 6);
  return format(bytes, 0x70);
}

/** The same UUID (version 8) for the same name, so that a cause keeps one id however often it is told. */
export function idFrom(...names: string[]): string {
  return format(createHash('sha256').update(names.join('\u0000')).digest().subarray(0, 16), 0x80);
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | version;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
