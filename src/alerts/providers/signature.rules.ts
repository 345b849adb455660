import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the time of a signed request may be off, either way. */
export const SIGNED_WINDOW_S = 300;
const TIME = /^\d{10}$/;
const SIGNATURE = /^v1=([0-9a-f]{64})$/;

/** What stands in `Chiyuan-Signature`: an HMAC over the time (whole seconds, `Chiyuan-Timestamp`), a full stop and the raw body. */
export function signatureOf(secret: string, timestampS: number | string, body: Buffer | string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestampS}.`).update(body).digest('hex')}`;
}

export type SignatureVerdict = 'good' | 'wrong' | 'out-of-time';

/** Whether a request was signed by who holds the secret, and now. Takes as long for one wrong signature as for another. */
export function checkSignature(
  told: { timestamp: unknown; signature: unknown },
  { secret, body, now }: { secret: string; body: Buffer; now: Date },
): SignatureVerdict {
  const time = typeof told.timestamp === 'string' && TIME.test(told.timestamp) ? told.timestamp : null;
  const given = typeof told.signature === 'string' ? SIGNATURE.exec(told.signature) : null;
  if (time === null || !given) return 'wrong';
  const wanted = signatureOf(secret, time, body).slice(3);
  if (!timingSafeEqual(Buffer.from(given[1]!, 'hex'), Buffer.from(wanted, 'hex'))) return 'wrong';
  return Math.abs(now.getTime() / 1000 - Number(time)) <= SIGNED_WINDOW_S ? 'good' : 'out-of-time';
}
