import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../shared/problem.js';
import { endsByItself, identifierAt } from './application-identifiers.data.js';
import { checkDigit, dayOfGs1 } from './barcode.rules.js';
import type { GoodsFacts } from './gs1.rules.js';
import { OWN_KINDS, ownAddress, ownCode, type OwnKind, parseOwn } from './own-code.rules.js';
import { mergeScan, parseScan, type Scan } from './scan.rules.js';

const TODAY = '2026-07-21';
const GS = '\u001d';
const GTIN = '06901234567892';

describe('a scanned text', () => {
  const read: [string, string, Scan][] = [
    ['an EAN-13', '6901234567892', { kind: 'gtin', gtin: GTIN }],
    ['an EAN-8', '96385074', { kind: 'gtin', gtin: '00000096385074' }],
    ['a UPC-A', '036000291452', { kind: 'gtin', gtin: '00036000291452' }],
    ['an ITF-14', '16901234567899', { kind: 'gtin', gtin: '16901234567899' }],
    ['an EAN-13 whose scanner says so', ']E06901234567892', { kind: 'gtin', gtin: GTIN }],
    ['elements of fixed length', `]C101${GTIN}17270731`, { kind: 'gs1', gtin: GTIN, expiresOn: '2027-07-31' }],
    ['elements with FNC1', `]d201${GTIN}10A1/B${GS}17270700${GS}21X`, { kind: 'gs1', gtin: GTIN, lot: 'A1/B', expiresOn: '2027-07-31', serial: 'X' }],
    ['FNC1 in front only', `${GS}01${GTIN}10LOT`, { kind: 'gs1', gtin: GTIN, lot: 'LOT' }],
    ['FNC1 written out', `01${GTIN}10A<GS>3724`, { kind: 'gs1', gtin: GTIN, lot: 'A', units: 24 }],
    ['FNC1 as a sign', `01${GTIN}10A\u241d3724`, { kind: 'gs1', gtin: GTIN, lot: 'A', units: 24 }],
    ['elements whose mark was dropped', `01${GTIN}17270228`, { kind: 'gs1', gtin: GTIN, expiresOn: '2027-02-28' }],
    ['brackets', `(01)${GTIN}(17)270731(11)250801(10)A1(30)12`, { kind: 'gs1', gtin: GTIN, expiresOn: '2027-07-31', madeOn: '2025-08-01', lot: 'A1', units: 12 }],
    ['best before, where no expiry is', `(01)${GTIN}(15)270600`, { kind: 'gs1', gtin: GTIN, expiresOn: '2027-06-30' }],
    ['expiry before best before', `(01)${GTIN}(15)270600(17)270815`, { kind: 'gs1', gtin: GTIN, expiresOn: '2027-08-15' }],
    ['a pallet with what is on it', '(00)006141411234567890(02)06901234567892(37)48', { kind: 'gs1', sscc: '006141411234567890', gtin: GTIN, units: 48 }],
    ['identifiers that we know and do not use', `(01)${GTIN}(3103)000500(422)156(10)A`, { kind: 'gs1', gtin: GTIN, lot: 'A' }],
    ['a digital link', 'https://id.gs1.org/01/6901234567892/10/A%2FB/21/7?17=270731&utm=x', { kind: 'link', gtin: GTIN, lot: 'A/B', serial: '7', expiresOn: '2027-07-31' }],
    ['a digital link below a path', 'https://brand.example/zh/p/01/06901234567892?3103=000500', { kind: 'link', gtin: GTIN }],
    ['a digital link of a pallet', 'http://x.example/00/006141411234567890', { kind: 'link', sscc: '006141411234567890' }],
    ['something typed', ' WH-331000-1\r\n', { kind: 'text', text: 'WH-331000-1' }],
    ['digits of no known length', '20260701001', { kind: 'text', text: '20260701001' }],
  ]; // prettier-ignore
  it.each(read)('reads %s', (_, text, scan) => expect(parseScan(text, TODAY)).toEqual(scan));

  const refused: [string, string, string][] = [
    ['nothing', '  ', 'scan.malformed'],
    ['only a separator', GS, 'scan.malformed'],
    ['control characters', 'a\u0000b', 'scan.malformed'],
    ['a text without end', 'x'.repeat(501), 'scan.malformed'],
    ['an EAN-13 misread', '6901234567893', 'scan.check-digit'],
    ['an EAN-8 misread', '96385075', 'scan.check-digit'],
    ['an item number misread', `]C10106901234567893`, 'scan.check-digit'],
    ['a pallet number misread', '(00)006141411234567891', 'scan.check-digit'],
    ['an unknown identifier', ']C105123', 'scan.identifier-unknown'],
    ['an unknown identifier in brackets', '(05)123', 'scan.identifier-unknown'],
    ['a month that does not exist', `(01)${GTIN}(17)271301`, 'scan.date-bad'],
    ['a day that does not exist', `(01)${GTIN}(17)270229`, 'scan.date-bad'],
    ['a date that is no number', `(01)${GTIN}(17)27O731`, 'scan.value-bad'],
    ['a value cut off', ']C1010690', 'scan.value-bad'],
    ['a lot that is too long', `(01)${GTIN}(10)${'A'.repeat(21)}`, 'scan.value-bad'],
    ['a lot in characters that GS1 does not have', `(01)${GTIN}(10)批次`, 'scan.value-bad'],
    ['an empty value', `(01)${GTIN}(10)`, 'scan.value-bad'],
    ['two lots', `]d201${GTIN}10A${GS}10B`, 'scan.repeated'],
    ['goods in hand and goods inside', `(01)${GTIN}(02)${GTIN}`, 'scan.repeated'],
    ["somebody else's address", 'https://example.org/pay?x=1', 'scan.address-foreign'],
    ['an address that is none', 'https://', 'scan.address-foreign'],
    ['a link with a broken part', 'https://id.gs1.org/01/06901234567892/10/%E0%A4%A', 'scan.malformed'],
  ]; // prettier-ignore
  it.each(refused)('refuses %s', (_, text, code) => {
    expect(() => parseScan(text, TODAY)).toThrow(expect.objectContaining({ code }));
  });

  it('never does anything but read or refuse with a code', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }), fc.constantFrom(GS, '(', ')', '01', '10', '17', '/01/', 'https://', '/s/L', ']C1', GTIN, '%E0', '?'),
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          const scan = parseScan(pieces.join(''), TODAY);
          expect(['gs1', 'link', 'own', 'gtin', 'text']).toContain(scan.kind);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          expect((error as Problem).code).toMatch(/^scan\.[a-z-]+$/);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

const gtin = fc.stringMatching(/^\d{13}$/).map((body) => body + checkDigit(body));
const lot = fc.stringMatching(/^[A-Z0-9/.:-]{1,20}$/);
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2070-12-31'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10)); // prettier-ignore
const facts = fc.record(
  { gtin, lot, expiresOn: day, madeOn: day, serial: lot, units: fc.integer({ min: 0, max: 99_999_999 }) },
  { requiredKeys: ['gtin'] },
);
const short = (text: string) => text.slice(2).replaceAll('-', '');

describe('a code that says facts', () => {
  const elements = (said: Partial<GoodsFacts>): [string, string][] =>
    [
      ['01', said.gtin], ['17', said.expiresOn && short(said.expiresOn)], ['10', said.lot], ['11', said.madeOn && short(said.madeOn)],
      ['21', said.serial], ['37', said.units?.toString()],
    ].filter((pair): pair is [string, string] => pair[1] !== undefined); // prettier-ignore

  it('is read back from elements, brackets and a link alike', () => {
    fc.assert(
      fc.property(facts, (said) => {
        const parts = elements(said);
        const scanned = parts.map(([ai, value]) => ai + value + (endsByItself(ai) ? '' : GS)).join('');
        const printed = parts.map(([ai, value]) => `(${ai})${value}`).join('');
        const path = parts.filter(([ai]) => ['01', '10', '21'].includes(ai)).map(([ai, value]) => `/${ai}/${encodeURIComponent(value)}`).join(''); // prettier-ignore
        const query = new URLSearchParams(parts.filter(([ai]) => !['01', '10', '21'].includes(ai)));
        expect(parseScan(`]d2${scanned}`, TODAY)).toEqual({ kind: 'gs1', ...said });
        expect(parseScan(printed, TODAY)).toEqual({ kind: 'gs1', ...said });
        // "." and ".." would be steps of a path
        if (!/^\.+$/.test(said.lot ?? '') && !/^\.+$/.test(said.serial ?? '')) {
          expect(parseScan(`https://id.gs1.org${path}?${query.toString()}`, TODAY)).toEqual({ kind: 'link', ...said });
        }
      }),
    );
  });

  it('has a century: the year within fifty of today', () => {
    const years = [['2026-07-21', '760101', '2076-01-01'], ['2026-07-21', '770101', '1977-01-01'], ['2026-07-21', '990101', '1999-01-01'],
      ['2099-01-01', '490101', '2149-01-01'], ['2099-01-01', '500101', '2050-01-01'], ['2099-01-01', '480101', '2148-01-01']] as const; // prettier-ignore
    for (const [today, text, full] of years) expect(dayOfGs1(text, today)).toBe(full);
    expect(dayOfGs1('280200', TODAY)).toBe('2028-02-29');
  });
});

describe('the table of identifiers', () => {
  it('has none that begins another, so that a text is read one way', () => {
    const known: string[] = [];
    for (let n = 0; n < 10_000; n++) {
      const ai = identifierAt(String(n).padStart(4, '0'))?.ai;
      if (ai) known.push(ai);
    }
    const all = [...new Set(known)];
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter((ai) => all.some((other) => other !== ai && other.startsWith(ai)))).toEqual([]);
    for (const ai of ['00', '01', '10', '17', '3103', '3925', '422', '8200', '99']) expect(identifierAt(`${ai}123456`)?.ai).toBe(ai); // prettier-ignore
    for (const text of ['05', '09', '29', '6', '4', '', 'ab']) expect(identifierAt(text)).toBeUndefined();
  });
});

describe('our own code', () => {
  const own = fc.record({ kind: fc.constantFrom(...(Object.values(OWN_KINDS) as OwnKind[])), id: fc.uuid() });
  const base = fc.constantFrom('http://127.0.0.1:3000', 'https://stock.example.org', 'https://example.org/relief/');

  it('is read back as it was printed, typed in any case, with and without its address', () => {
    fc.assert(
      fc.property(own, base, (code, url) => {
        expect(parseScan(ownAddress(url, code), TODAY)).toEqual({ kind: 'own', own: code });
        expect(parseScan(ownAddress(url, code).toLowerCase(), TODAY)).toEqual({ kind: 'own', own: code });
        expect(parseOwn(ownCode(code).toLowerCase())).toEqual(code);
        expect(parseOwn(`/s/${ownCode(code)}`)).toEqual(code);
      }),
    );
  });

  it('is all upper case where the address allows it, so that its QR code stays small', () => {
    const code = { kind: 'lot', id: '018f5e00-0000-7000-8000-000000000001' } as const;
    expect(ownAddress('https://stock.example.org', code)).toMatch(/^HTTPS:\/\/STOCK\.EXAMPLE\.ORG\/S\/L[0-9A-Z]{27}$/);
    expect(ownAddress('https://example.org/Relief/', code)).toMatch(
      /^https:\/\/example\.org\/Relief\/s\/L[0-9A-Z]{27}$/,
    );
  });

  it('is refused when one character is wrong', () => {
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(own, fc.integer({ min: 1, max: 27 }), fc.integer({ min: 1, max: 31 }), (code, at, by) => {
        const text = ownCode(code);
        const wrong = letters[(letters.indexOf(text[at]!) + by) % 32]!;
        const misread = text.slice(0, at) + wrong + text.slice(at + 1);
        expect(() => parseOwn(misread)).toThrow(expect.objectContaining({ code: 'scan.check-character' }));
      }),
    );
  });
});

describe('a second scan', () => {
  it('adds what is missing, blanks nothing, and names what differs', () => {
    const line = { gtin: GTIN, expiresOn: '2027-07-31', note: 'kept' };
    expect(mergeScan(line, { lot: 'A' })).toEqual({ merged: { ...line, lot: 'A' }, differs: [] });
    expect(mergeScan(line, { gtin: GTIN, expiresOn: '2027-08-01' })).toEqual({ merged: line, differs: ['expiresOn'] });
    expect(mergeScan({ lot: '' }, { lot: 'A' }).merged).toEqual({ lot: 'A' });
  });

  it('never loses a field, whatever is scanned', () => {
    fc.assert(
      fc.property(facts, facts, (known, scanned) => {
        const { merged } = mergeScan<GoodsFacts>(known, scanned);
        for (const [field, value] of Object.entries(known)) expect(merged[field as keyof GoodsFacts]).toBe(value);
        for (const field of Object.keys(scanned)) expect(merged[field as keyof GoodsFacts]).toBeDefined();
      }),
    );
  });
});
