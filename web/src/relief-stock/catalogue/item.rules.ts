import type { AddItem } from '../../../../src/relief-stock/relief-stock.dto.js';

export type ItemDraft = {
  code: string;
  name: string;
  nameEn: string;
  /** Class of GB/T 38565: 1, 2 or 3. */
  gbClass: '1' | '2' | '3';
  unit: string;
  weightG: string;
  volumeCm3: string;
  shelfMonths: string;
  priceYuan: string;
  minimumUseDays: string;
};
export const EMPTY_ITEM: ItemDraft = {
  code: '', name: '', nameEn: '', gbClass: '1', unit: '', weightG: '', volumeCm3: '', shelfMonths: '', priceYuan: '', minimumUseDays: '',
}; // prettier-ignore

const CODE = /^[A-Z0-9][A-Z0-9-]{1,19}$/;
/** Yuan with at most two decimals; fen are whole. */
const PRICE = /^\d{1,8}(\.\d{1,2})?$/;
const isSaid = (text: string): boolean => text.trim() !== '';

export const isWholeItem = (draft: ItemDraft): boolean =>
  CODE.test(draft.code.trim()) &&
  [draft.name, draft.nameEn, draft.unit, draft.weightG, draft.volumeCm3].every(isSaid) &&
  (draft.priceYuan === '' || PRICE.test(draft.priceYuan.trim()));

export function itemBody(draft: ItemDraft): AddItem {
  const { code, name, nameEn, gbClass, unit, weightG, volumeCm3, shelfMonths, priceYuan, minimumUseDays } = draft;
  return {
    code: code.trim(), name: name.trim(), nameEn: nameEn.trim(), gbClass: Number(gbClass), unit: unit.trim(), weightG: Number(weightG),
    volumeCm3: Number(volumeCm3), minimumUseDays: Number(minimumUseDays),
    ...(shelfMonths === '' ? {} : { shelfMonths: Number(shelfMonths) }),
    ...(priceYuan === '' ? {} : { priceFen: Math.round(Number(priceYuan) * 100) }),
  }; // prettier-ignore
}
