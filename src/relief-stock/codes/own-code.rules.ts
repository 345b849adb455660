import { Problem } from '../../shared/problem.js';

/** What our own labels and papers can name. One letter each; a letter once printed is never given to something else. */
export const OWN_KINDS = {
  L: 'lot',
  B: 'bin',
  W: 'warehouse',
  I: 'item',
  S: 'shipment',
  X: 'box',
  R: 'goods-receipt',
  V: 'stock-level',
  C: 'stock-count',
  T: 'transfer',
  A: 'adjustment',
  Q: 'request',
  H: 'issue',
  K: 'stock-return',
} as const;
export type OwnKind = (typeof OWN_KINDS)[keyof typeof OWN_KINDS];
export interface OwnCode {
  kind: OwnKind;
  id: string;
}

/** Crockford's alphabet: no I, L, O, U, so that people can type it; upper case only, so that a QR code stays small. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE = ALPHABET.length;
const ID_LENGTH = 26;
const TYPED_AS: Record<string, string> = { I: '1', L: '1', O: '0' };
const OWN =
  /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/[^/\s]{1,200}(?:\/[^?#\s]{0,100})?)?\/?\bs\/([a-z])([0-9a-z]{26})([0-9a-z])\/?$/i;
const BARE = /^([a-z])([0-9a-z]{26})([0-9a-z])$/i;

const LETTERS = Object.fromEntries(Object.entries(OWN_KINDS).map(([letter, kind]) => [kind, letter])) as Record<OwnKind, string>; // prettier-ignore

/** Our code: a letter, the id in base 32, a check character. */
export function ownCode({ kind, id }: OwnCode): string {
  const body = LETTERS[kind] + encodeId(id);
  return body + checkCharacter(body);
}

/** The text of our QR codes: an address that any phone opens; upper case where the address allows it. */
export function ownAddress(publicUrl: string, code: OwnCode): string {
  const { origin, pathname } = new URL(publicUrl);
  const path = pathname.replace(/\/+$/, '');
  return path ? `${origin}${path}/s/${ownCode(code)}` : `${origin}/s/${ownCode(code)}`.toUpperCase();
}

/** What a text of ours names; undefined when it is not of ours. 422 `scan.check-character`, `scan.own-unknown`. */
export function parseOwn(text: string): OwnCode | undefined {
  const match = OWN.exec(text) ?? BARE.exec(text);
  if (!match) return undefined;
  const [letter, idText, check] = match.slice(1).map((part) => part.toUpperCase()) as [string, string, string];
  const typed = [...idText].map((c) => TYPED_AS[c] ?? c).join('');
  if (checkCharacter(letter + typed) !== (TYPED_AS[check] ?? check)) throw new Problem('scan.check-character');
  const kind = (OWN_KINDS as Record<string, OwnKind>)[letter];
  const id = decodeId(typed);
  if (!kind || id === null) throw new Problem('scan.own-unknown', { letter });
  return { kind, id };
}

function encodeId(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '')}`);
  let text = '';
  for (let n = 0; n < ID_LENGTH; n++) {
    text = ALPHABET[Number(rest % BigInt(BASE))]! + text;
    rest /= BigInt(BASE);
  }
  return text;
}

function decodeId(text: string): string | null {
  let value = 0n;
  for (const c of text) {
    const digit = ALPHABET.indexOf(c);
    if (digit < 0) return null;
    value = value * BigInt(BASE) + BigInt(digit);
  }
  const hex = value.toString(16).padStart(32, '0');
  if (hex.length > 32) return null;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Luhn's sum in base 32: finds one wrong character, and most pairs that were swapped. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (let n = 0; n < body.length; n++) {
    const digit = Math.max(0, ALPHABET.indexOf(TYPED_AS[body[body.length - 1 - n]!] ?? body[body.length - 1 - n]!));
    const weighed = digit * (n % 2 === 0 ? 2 : 1);
    sum += Math.floor(weighed / BASE) + (weighed % BASE);
  }
  return ALPHABET[(BASE - (sum % BASE)) % BASE]!;
}
