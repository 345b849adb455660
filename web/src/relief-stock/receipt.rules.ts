import type { ReceiveGoods } from '../../../src/relief-stock/receiving/receipt.dto.js';
import type { LotDto } from '../../../src/relief-stock/relief-stock.dto.js';
import type { ScannedLine } from './scan/line.rules.js';

export type LineDraft = {
  itemId: string;
  lotCode: string;
  expiresOn: string;
  units: string;
  binId: string;
  overrideReason: string;
};
export type ReceiptDraft = {
  /** Made once for a draft, so that a receipt posted twice is one receipt. */
  id: string;
  source: LotDto['source'];
  sourceName: string;
  note: string;
  /** The donation that the goods belong to, when it was recorded. */
  donationId: string;
  /** Who counted donated goods for the donor's side. */
  countedWith: string;
  lines: LineDraft[];
};
export type Fault = { field: string; code: string };
type Refusal = {
  code: string;
  params: Record<string, unknown>;
  errors: readonly { pointer: string; code: string }[];
};

export const EMPTY_LINE: LineDraft = {
  itemId: '',
  lotCode: '',
  expiresOn: '',
  units: '',
  binId: '',
  overrideReason: '',
};
export const EMPTY_RECEIPT: ReceiptDraft = {
  id: '',
  source: 'purchase',
  sourceName: '',
  note: '',
  donationId: '',
  countedWith: '',
  lines: [EMPTY_LINE],
};

/** What a scan brings into a line; a bin only where goods are put somewhere. */
export const receiptPart = (scanned: ScannedLine, withBin: boolean): Partial<LineDraft> => ({
  ...(scanned.itemId ? { itemId: scanned.itemId } : {}),
  ...(scanned.lotCode ? { lotCode: scanned.lotCode } : {}),
  ...(scanned.expiresOn ? { expiresOn: scanned.expiresOn } : {}),
  ...(scanned.units ? { units: String(scanned.units) } : {}),
  ...(withBin && scanned.binId ? { binId: scanned.binId } : {}),
});

/** What is plainly missing, before the server is asked. Fields are named as on the wire: `lines/0/units`. */
export function faultsOf(draft: ReceiptDraft): Fault[] {
  const faults: Fault[] = [];
  if (draft.sourceName.trim() === '') faults.push({ field: 'sourceName', code: 'required' });
  draft.lines.forEach((line, n) => {
    if (line.itemId === '') faults.push({ field: `lines/${n}/itemId`, code: 'required' });
    if (line.lotCode.trim() === '') faults.push({ field: `lines/${n}/lotCode`, code: 'required' });
    if (!/^[1-9]\d{0,7}$/.test(line.units)) faults.push({ field: `lines/${n}/units`, code: 'units' });
  });
  return faults;
}

export function receiptBody(draft: ReceiptDraft, warehouseId: string): Omit<ReceiveGoods, 'note'> & { note: string } {
  return {
    id: draft.id,
    warehouseId,
    source: draft.source,
    sourceName: draft.sourceName.trim(),
    note: draft.note.trim(),
    ...(draft.source === 'donation' && draft.countedWith.trim() ? { countedWith: draft.countedWith.trim() } : {}),
    ...(draft.source === 'donation' && draft.donationId ? { donationId: draft.donationId } : {}),
    lines: draft.lines.map((line) => ({
      itemId: line.itemId,
      lotCode: line.lotCode.trim(),
      expiresOn: line.expiresOn || null,
      units: Number(line.units),
      ...(line.binId ? { binId: line.binId } : {}),
      ...(line.overrideReason.trim() ? { overrideReason: line.overrideReason.trim() } : {}),
    })),
  };
}

/** The same goods while they are on their way: without bins and without reasons to take them in all the same. */
export function announceBody(draft: ReceiptDraft, warehouseId: string) {
  const { countedWith: _, lines, ...body } = receiptBody(draft, warehouseId);
  return { ...body, lines: lines.map(({ binId: _b, overrideReason: _o, ...line }) => line) };
}

/** The field that a rule of the stock speaks about; it counts lines from 1. */
const FIELD_OF_CODE: Record<string, string> = {
  'stock.lot-expired': 'expiresOn',
  'stock.life-too-short': 'expiresOn',
  'stock.expiry-missing': 'expiresOn',
};
/** Refusals that a keeper may override with a reason (donated goods only). */
const MAY_OVERRIDE = ['stock.life-too-short', 'stock.expiry-missing'];

/** Where a refusal of the server belongs on the form; nothing when it is about the whole receipt. */
export function faultsOfRefusal(refusal: Refusal): Fault[] {
  if (refusal.errors.length > 0)
    return refusal.errors.map(({ pointer, code }) => ({ field: pointer.replace(/^\//, ''), code }));
  const field = FIELD_OF_CODE[refusal.code];
  const line = Number(refusal.params.line);
  return field && line >= 1 ? [{ field: `lines/${line - 1}/${field}`, code: refusal.code }] : [];
}

/** The line that needs a reason to be taken in all the same, or null. */
export function lineToOverride(refusal: Refusal): number | null {
  const line = Number(refusal.params.line);
  return MAY_OVERRIDE.includes(refusal.code) && line >= 1 ? line - 1 : null;
}
