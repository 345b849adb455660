import { Problem } from '../../shared/problem.js';
import { endsByItself, identifierAt } from './application-identifiers.data.js';
import { dayOfGs1, hasCheckDigit } from './barcode.rules.js';

/** The separator FNC1, as scanners send it. */
export const GS = '\u001d';
const NUMBER = /^\d+$/;
/** The 82 characters of GS1 (ISO/IEC 646, General Specifications, 7.11). */
const CHARACTERS = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;
const WITH_CHECK_DIGIT = new Set(['00', '01', '02', '03', '410', '411', '412', '413', '414', '415', '416', '417']);

/** What a code says of goods. Days are `YYYY-MM-DD`; a code without a field leaves it out. */
export interface GoodsFacts {
  gtin?: string;
  lot?: string;
  expiresOn?: string;
  madeOn?: string;
  units?: number;
  serial?: string;
  sscc?: string;
}
type Elements = Map<string, string>;

/** Element string as a scanner sends it: identifiers and values one after another, FNC1 after values of open length. */
export function parseElements(text: string, today: string): GoodsFacts {
  const elements: Elements = new Map();
  let rest = text.startsWith(GS) ? text.slice(1) : text;
  while (rest.length > 0) {
    const found = identifierAt(rest);
    if (!found) throw new Problem('scan.identifier-unknown', { identifier: rest.slice(0, 4) });
    const { ai, longest } = found;
    const end = endsByItself(ai) ? ai.length + longest : endOfValue(rest);
    add(elements, ai, rest.slice(ai.length, end));
    rest = rest.slice(end);
    if (rest.startsWith(GS)) rest = rest.slice(1);
  }
  return factsOf(elements, today);
}

const endOfValue = (rest: string): number => {
  const at = rest.indexOf(GS);
  return at < 0 ? rest.length : at;
};

/** The form that is printed below a code: `(01)06901234567892(17)270731(10)A1`. */
export function parseBrackets(text: string, today: string): GoodsFacts {
  const elements: Elements = new Map();
  for (const part of text.matchAll(/\((\d{2,4})\)(.*?)(?=\(\d{2,4}\)|$)/gs)) {
    const [, ai, value] = part as unknown as [string, string, string];
    if (identifierAt(ai)?.ai !== ai) throw new Problem('scan.identifier-unknown', { identifier: ai });
    add(elements, ai, value.trim());
  }
  return factsOf(elements, today);
}

const KEYS = new Set(['00', '01', '8006']);

/** GS1 Digital Link: an address with identifiers in its path and query. Undefined when the address holds none. */
export function parseLink(address: URL, today: string): GoodsFacts | undefined {
  const parts = address.pathname.split('/').filter(Boolean).map(decoded);
  const first = parts.findIndex((part, n) => KEYS.has(part) && n + 1 < parts.length && NUMBER.test(parts[n + 1]!));
  if (first < 0) return undefined;
  const elements: Elements = new Map();
  for (let n = first; n < parts.length; n += 2) {
    const ai = parts[n]!;
    if (identifierAt(ai)?.ai !== ai) throw new Problem('scan.identifier-unknown', { identifier: ai.slice(0, 20) });
    add(elements, ai, ai === '01' ? parts[n + 1]!.padStart(14, '0') : (parts[n + 1] ?? ''));
  }
  for (const [name, value] of address.searchParams) {
    if (NUMBER.test(name) && identifierAt(name)?.ai === name) add(elements, name, value);
  }
  return factsOf(elements, today);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem('scan.malformed');
  }
}

/** 422 `scan.value-bad`, `scan.check-digit`; `scan.repeated` when an identifier comes twice with two values. */
function add(elements: Elements, ai: string, value: string): void {
  const { kind, shortest, longest } = identifierAt(ai)!;
  const fits = value.length >= shortest && value.length <= longest && (kind === 'x' ? CHARACTERS : NUMBER).test(value);
  if (!fits) throw new Problem('scan.value-bad', { identifier: ai, value: value.slice(0, 40) });
  if (WITH_CHECK_DIGIT.has(ai) && !hasCheckDigit(value)) throw new Problem('scan.check-digit', { number: value });
  const before = elements.get(ai);
  if (before !== undefined && before !== value) throw new Problem('scan.repeated', { identifier: ai });
  elements.set(ai, value);
}

/** 01 and 02 both name an item: the goods in hand, or those inside. Best before (15) counts where there is no expiry (17). */
function factsOf(elements: Elements, today: string): GoodsFacts {
  if (elements.size === 0) throw new Problem('scan.malformed');
  if (elements.has('01') && elements.has('02')) throw new Problem('scan.repeated', { identifier: '02' });
  const day = (ai: string) => (elements.has(ai) ? dayOf(elements.get(ai)!, ai, today) : undefined);
  const count = elements.get('37') ?? elements.get('30');
  const all: { [Field in keyof GoodsFacts]: GoodsFacts[Field] | undefined } = {
    gtin: elements.get('01') ?? elements.get('02'),
    lot: elements.get('10'),
    expiresOn: day('17') ?? day('15'),
    madeOn: day('11'),
    units: count === undefined ? undefined : Number(count),
    serial: elements.get('21'),
    sscc: elements.get('00'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as GoodsFacts;
}

function dayOf(value: string, identifier: string, today: string): string {
  const day = dayOfGs1(value, today);
  if (!day) throw new Problem('scan.date-bad', { identifier, value });
  return day;
}
