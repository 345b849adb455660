import type { LotDto } from '../relief-stock.dto.js';
import type { Notice } from './codes.dto.js';
import type { GoodsFacts } from './gs1.rules.js';

/**
 * What must be known about scanned goods. Expired goods and lots set aside block; an unknown number or lot, or another expiry than the
 * record has, are said.
 */
export function noticesOf(
  said: GoodsFacts,
  known: { lots: readonly LotDto[]; hasItem: boolean; itemCode: string; today: string },
): Notice[] {
  const notices: Notice[] = [];
  const tell = (code: string, params: Notice['params'], blocks: boolean) => notices.push({ code, params, blocks });
  const item = known.itemCode;
  const [lot] = known.lots;
  const expiresOn = earlier(said.expiresOn, known.lots.length === 1 ? lot!.expiresOn : null);
  const named = lot?.code ?? said.lot ?? '';
  if (expiresOn && expiresOn < known.today) tell('scan.lot-expired', { item, lot: named, expiresOn }, true);
  if (lot && known.lots.every((one) => one.state !== 'good')) tell('scan.lot-held', { item, lot: lot.code, state: lot.state }, true); // prettier-ignore
  if (said.gtin && !known.hasItem) tell('scan.gtin-unknown', { gtin: said.gtin }, false);
  if (said.lot && known.lots.length === 0) tell('scan.lot-unknown', { lot: said.lot }, false);
  if (said.expiresOn && lot && !known.lots.some((one) => one.expiresOn === said.expiresOn)) {
    tell('scan.expiry-differs', { lot: lot.code, said: said.expiresOn, known: lot.expiresOn ?? '' }, false);
  }
  return notices;
}

const earlier = (a: string | undefined, b: string | null): string | null => (a && (!b || a < b) ? a : b);
