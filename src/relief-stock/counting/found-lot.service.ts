import type { Tx } from '../../database/index.js';
import { idFrom } from '../../shared/ids.js';
import { ensure, notFound } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { makeLots } from '../item.store.js';
import type { LotDto } from '../relief-stock.dto.js';
import type { AddFoundLine } from './count.dto.js';
import { lotById } from './found-lot.store.js';

/** The lot of found goods: the one named, or the one of that code and date, made as of unknown source when nobody has met it. 404 `lot.not-found`. */
export async function lotOfFound(tx: Tx, found: AddFoundLine, moment: Date): Promise<Pick<LotDto, 'id' | 'code'>> {
  const { itemId, lotId, lotCode } = found;
  if (lotId !== undefined) {
    const lot = await lotById(tx, lotId);
    if (!lot || lot.itemId !== itemId) throw notFound('lot', lotId);
    return lot;
  }
  const expiresOn = found.expiresOn ?? null;
  const id = idFrom('lot', itemId, lotCode!, expiresOn ?? '', 'other');
  const name = { id, itemId, code: lotCode!, expiresOn, source: 'other' as const, receivedOn: dayOf(moment) };
  const [lot] = await makeLots(tx, [name]);
  ensure(lot !== undefined, 'S3 goods that were found belong to a lot');
  return lot;
}
