import { Problem } from '../../shared/problem.js';
import { GTIN_LENGTHS, hasCheckDigit, toGtin14 } from './barcode.rules.js';
import { type GoodsFacts, GS, parseBrackets, parseElements, parseLink } from './gs1.rules.js';
import { type OwnCode, parseOwn } from './own-code.rules.js';

/** What a scanned text says. `text`: nothing that a code would hold; perhaps a code of ours that somebody typed. */
export interface Scan extends GoodsFacts {
  kind: 'gs1' | 'link' | 'own' | 'gtin' | 'text';
  own?: OwnCode;
  text?: string;
}

export const LONGEST_SCAN = 500;
/** Scanners may say which symbology they read (ISO/IEC 15424); these carry GS1 elements. */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
const GS1_SYMBOLOGIES = new Set([']C1', ']e0', ']d2', ']Q3', ']J1']);
/** How keyboards and terminals write FNC1 that cannot send it. */
const WRITTEN_GS = /\u241d|<GS>|\{GS\}/g;
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const CONTROL = /[\u0000-\u001c\u001e\u001f\u007f]/;

/**
 * Reads any code that a keeper may scan or type: GS1 element strings (with FNC1, or with brackets), GS1 Digital Links, our own QR codes,
 * EAN, UPC and ITF-14 numbers. 422 `scan.malformed`, `scan.address-foreign`, `scan.check-digit` and what the readers refuse.
 */
export function parseScan(scanned: string, today: string): Scan {
  const symbology = SYMBOLOGY.exec(scanned)?.[0];
  const text = scanned.slice(symbology?.length ?? 0).trim().replace(WRITTEN_GS, GS); // prettier-ignore
  const bare = text.startsWith(GS) ? text.slice(1) : text;
  if (bare.length === 0 || text.length > LONGEST_SCAN || CONTROL.test(text)) throw new Problem('scan.malformed');
  if (/^\(\d{2,4}\)/.test(bare)) return { kind: 'gs1', ...parseBrackets(bare, today) };
  if (text.includes(GS) || GS1_SYMBOLOGIES.has(symbology ?? '')) return { kind: 'gs1', ...parseElements(text, today) };
  const own = parseOwn(text);
  if (own) return { kind: 'own', own };
  if (ADDRESS.test(text)) return fromAddress(text, today);
  if (GTIN_LENGTHS.includes(text.length) && /^\d+$/.test(text)) return { kind: 'gtin', gtin: gtinOf(text) };
  return unmarked(text, today) ?? { kind: 'text', text };
}

function fromAddress(text: string, today: string): Scan {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  const facts = address && parseLink(address, today);
  if (!facts) throw new Problem('scan.address-foreign', { host: address?.host ?? '' });
  return { kind: 'link', ...facts };
}

function gtinOf(digits: string): string {
  if (!hasCheckDigit(digits)) throw new Problem('scan.check-digit', { number: digits });
  return toGtin14(digits);
}

/** Some scanners drop the mark of GS1. A right item or pallet number in front is proof enough; anything else stays text. */
function unmarked(text: string, today: string): Scan | undefined {
  const number = /^(?:0[12](\d{14})|00(\d{18}))/.exec(text);
  if (!number || !hasCheckDigit(number[1] ?? number[2]!)) return undefined;
  return { kind: 'gs1', ...parseElements(text, today) };
}

/** Facts of a line so far and what a scan says. A scan may add a field, never blank or change one: what differs is named. */
export function mergeScan<T extends GoodsFacts>(
  known: T,
  scanned: GoodsFacts,
): { merged: T; differs: (keyof GoodsFacts)[] } {
  const merged: T = { ...known };
  const differs: (keyof GoodsFacts)[] = [];
  const fields = ['gtin', 'lot', 'expiresOn', 'madeOn', 'units', 'serial', 'sscc'] as const;
  for (const field of fields) {
    const said = scanned[field];
    if (said === undefined || said === null || said === '') continue;
    const held = known[field];
    if (held === undefined || held === null || held === '') Object.assign(merged, { [field]: said });
    else if (held !== said) differs.push(field);
  }
  return { merged, differs };
}
