import { Problem } from '../../shared/problem.js';
import { checkDigit } from '../codes/barcode.rules.js';
import type { BoxContentDto, BoxDto, BoxForm, BoxStatus } from './box.dto.js';

export type BoxStep = 'pack' | 'move' | 'break' | 'send' | 'place';
const STEPS: Record<Exclude<BoxStep, 'pack'>, { from: readonly BoxStatus[]; to: BoxStatus }> = {
  move: { from: ['packed'], to: 'packed' },
  send: { from: ['packed'], to: 'left' },
  place: { from: ['left'], to: 'packed' },
  break: { from: ['packed', 'left'], to: 'broken' },
};

/** The status after a step. 409 `box.step-not-allowed`. */
export function takeBoxStep(status: BoxStatus, step: Exclude<BoxStep, 'pack'>): BoxStatus {
  const { from, to } = STEPS[step];
  if (!from.includes(status)) throw new Problem('box.step-not-allowed', { step, status });
  return to;
}

const SSCC_BODY = 17;
/**
 * A Serial Shipping Container Code (GS1 General Specifications, AI 00): extension digit 0, company prefix, serial, check digit. 422
 * `box.numbers-used-up` when the prefix has no serial left.
 */
export function ssccOf(prefix: string, serial: number): string {
  const room = SSCC_BODY - 1 - prefix.length;
  const text = String(serial);
  if (text.length > room) throw new Problem('box.numbers-used-up', { prefix });
  const body = `0${prefix}${text.padStart(room, '0')}`;
  return body + checkDigit(body);
}

/** What lies in a cell, and how much of it in no box. */
export interface LooseCell {
  id: string;
  lotId: string;
  itemCode: string;
  condition: BoxContentDto['condition'];
  ownerSocietyId: string;
  fund: string | null;
  looseUnits: number;
}

/** B1: only units that lie in no box are packed. 422 `box.not-loose`, 404 by the caller for cells that are not there. */
export function mustBeLoose(wanted: readonly { contentId: string; units: number }[], cells: ReadonlyMap<string, LooseCell>): void {
  const sums = new Map<string, number>();
  for (const { contentId, units } of wanted) sums.set(contentId, (sums.get(contentId) ?? 0) + units);
  for (const [id, requested] of sums) {
    const { itemCode: item, looseUnits: available } = cells.get(id)!;
    if (requested > available) throw new Problem('box.not-loose', { item, requested, available });
  }
} // prettier-ignore

/**
 * Where the content of a box that arrived lies now: for each line a cell of the same lot in the bin with enough loose units; that of the
 * same condition, owner and purpose first, since an owner may have changed on the way. 422 `box.not-there` for the first that is not.
 */
export function placeContents(
  lines: readonly BoxContentDto[],
  cells: readonly LooseCell[],
): { contentId: string; units: number; boxId: string }[] {
  const left = new Map(cells.map((cell) => [cell.id, cell.looseUnits]));
  return lines.map((line) => {
    const likeness = (cell: LooseCell) =>
      Number(cell.condition === line.condition) * 4 + Number(cell.fund === line.fund) * 2 + Number(cell.ownerSocietyId === line.ownerSocietyId); // prettier-ignore
    const [found] = cells
      .filter((cell) => cell.lotId === line.lotId && left.get(cell.id)! >= line.units)
      .sort((a, b) => likeness(b) - likeness(a) || (a.id < b.id ? -1 : 1));
    if (!found) throw new Problem('box.not-there', { item: line.itemCode, lot: line.lotCode, units: line.units });
    left.set(found.id, left.get(found.id)! - line.units);
    return { contentId: found.id, units: line.units, boxId: line.boxId };
  });
}

/** A cell that lost units, and the boxes on the shelf with units of it, the first packed first. */
export interface ShortCell {
  cellId: string;
  onHand: number;
}
export interface ShelfContent {
  boxId: string;
  cellId: string;
  units: number;
}

/**
 * B1: the boxes that can no longer be whole once cells hold less. Loose units are taken to have gone first; if they do not suffice, the boxes
 * that were packed first have gone. A box that is gone gives all its cells room.
 */
export function boxesGone(cells: readonly ShortCell[], contents: readonly ShelfContent[]): string[] {
  const gone = new Set<string>();
  for (const { cellId, onHand } of cells) {
    const inCell = contents.filter((one) => one.cellId === cellId);
    let boxed = inCell.filter(({ boxId }) => !gone.has(boxId)).reduce((sum, { units }) => sum + units, 0);
    for (const { boxId, units } of inCell) {
      if (boxed <= onHand) break;
      if (gone.has(boxId)) continue;
      gone.add(boxId);
      boxed -= units;
    }
  }
  return [...gone];
}

/** The lines of a form that one scan of the box fills: units of the same kind are summed, in the order in which they were packed. */
export function linesOfBox(box: Pick<BoxDto, 'contents' | 'binId'>, form: BoxForm): Record<string, unknown>[] {
  const { key, line } = FORMS[form];
  const sums = new Map<string, { content: BoxContentDto; units: number }>();
  for (const content of box.contents) {
    const held = sums.get(key(content));
    if (held) held.units += content.units;
    else sums.set(key(content), { content, units: content.units });
  }
  return [...sums.values()].map(({ content, units }) => ({ ...line(content, box.binId), units }));
}

type FormLine = { key(content: BoxContentDto): string; line(content: BoxContentDto, binId: string): Record<string, unknown> }; // prettier-ignore
const FORMS: Record<BoxForm, FormLine> = {
  receipt: {
    key: ({ lotId }) => lotId,
    line: ({ itemId, lotCode, expiresOn }) => ({ itemId, lotCode, expiresOn }),
  },
  goods: { key: ({ itemId }) => itemId, line: ({ itemId }) => ({ itemId }) },
  count: {
    key: ({ contentId }) => contentId,
    line: ({ itemId, lotId, condition, fund, contentId }, binId) => ({ binId, itemId, lotId, condition, fund, contentId }),
  },
  'bin-move': { key: ({ contentId }) => contentId, line: ({ contentId }) => ({ contentId }) },
}; // prettier-ignore
