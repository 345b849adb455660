import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { isSealed, SEALED } from './robots.dto.js';

/** What opens a robot lies in the database as `sealed:v1:<key>:<hint>:<iv, tag and text>`; the parts are base64url but for the id of the key. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** A key by which its texts name it; it says nothing of the key itself. */
export const keyIdOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 16);

/** The key that a sealed text names; null for one that is not sealed. */
export const keyOf = (text: string): string | null =>
  isSealed(text) ? text.slice(SEALED.length).split(':')[0]! : null;

/** The last characters of an address, by which people tell robots apart: kept beside the sealed text, readable without the key. */
export function hintOf(address: string): string {
  if (!isSealed(address)) return address.slice(-4);
  return Buffer.from(address.slice(SEALED.length).split(':')[1] ?? '', 'base64url').toString('utf8');
}

/** AES-256-GCM. `about` (row and column) is authenticated with it: a text that was moved to another row does not open. `iv`: 12 random bytes, never twice. */
export function sealText(text: string, { key, iv, about, hint = '' }: { key: Buffer; iv: Buffer; about: string; hint?: string }): string {
  const head = `${SEALED}${keyIdOf(key)}:${Buffer.from(hint).toString('base64url')}:`;
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(head + about));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return head + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
} // prettier-ignore

/** Throws when the key is another one, or the text was changed or moved. */
export function openText(sealed: string, { key, about }: { key: Buffer; about: string }): string {
  const cut = sealed.lastIndexOf(':') + 1;
  const bytes = Buffer.from(sealed.slice(cut), 'base64url');
  const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(sealed.slice(0, cut) + about)).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}
