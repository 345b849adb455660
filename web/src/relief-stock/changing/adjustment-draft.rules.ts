import type {
  AdjustmentKind, CellDto, StockReasonDto,
} from '../../../../src/relief-stock/changing/adjustment.dto.js'; // prettier-ignore

/** A line being written: goods that lie there, or, when something is found, a lot of an item and where it was put. */
export type LineDraft = {
  reason: string;
  direction: '' | 'in' | 'out';
  itemId: string;
  cell: CellDto | null;
  lotCode: string;
  expiresOn: string;
  binId: string;
  units: string;
  /** The pack that `units` counts; empty: single units. */
  packId: string;
};
export type PaperDraft = {
  id: string;
  kind: AdjustmentKind;
  note: string;
  lines: LineDraft[];
  replacement: { itemId: string; units: string; dueOn: string; supplier: string };
};
export const EMPTY_LINE: LineDraft = {
  reason: '', direction: '', itemId: '', cell: null, lotCode: '', expiresOn: '', binId: '', units: '', packId: '',
}; // prettier-ignore
export const EMPTY_PAPER: PaperDraft = {
  id: '', kind: 'adjustment', note: '', lines: [EMPTY_LINE], replacement: { itemId: '', units: '', dueOn: '', supplier: '' },
}; // prettier-ignore

const isUnits = (text: string): boolean => /^[1-9]\d{0,7}$/.test(text);

/** Only what comes in may be of a lot that nobody has seen. */
export const mayBeNew = (line: LineDraft, reason: StockReasonDto | undefined): boolean =>
  reason?.direction === 'in' || (reason?.direction === 'either' && line.direction === 'in');

export function isComplete(draft: PaperDraft, reasons: ReadonlyMap<string, StockReasonDto>): boolean {
  const whole = draft.lines.every((line) => {
    const reason = reasons.get(line.reason);
    const fresh = mayBeNew(line, reason) && line.itemId !== '' && line.lotCode.trim() !== '' && line.binId !== '';
    const said = reason?.direction !== 'either' || line.direction !== '';
    return reason !== undefined && said && isUnits(line.units) && (line.cell !== null || fresh);
  });
  const { itemId, units, dueOn, supplier } = draft.replacement;
  return (
    whole && (draft.kind !== 'rotation' || (itemId !== '' && isUnits(units) && dueOn !== '' && supplier.trim() !== ''))
  );
}

export function paperBody(draft: PaperDraft, warehouseId: string) {
  const { id, kind, note, lines, replacement } = draft;
  return {
    id, kind, warehouseId, submit: true, note: note.trim(), lines: lines.map(lineBody),
    replacements:
      kind === 'rotation'
        ? [{ ...replacement, units: Number(replacement.units), supplier: replacement.supplier.trim() }]
        : [],
  }; // prettier-ignore
}

function lineBody(line: LineDraft) {
  const { reason, direction, cell } = line;
  const units = line.packId
    ? { pack: { packId: line.packId, packs: Number(line.units) } }
    : { units: Number(line.units) };
  const way = direction === '' ? {} : { direction };
  const asked = { reason, ...units, ...way };
  if (!cell) {
    const { itemId, lotCode, expiresOn, binId } = line;
    return { ...asked, itemId, lotCode: lotCode.trim(), expiresOn: expiresOn || null, binId };
  }
  const { lotId, binId, condition, ownerSocietyId, fund } = cell;
  return { ...asked, lotId, binId, condition, ownerSocietyId, fund };
}
