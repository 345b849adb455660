import { count } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';

/** Goods in a few words: the first with its number, and how many more kinds. */
export function goodsWords(lines: readonly { itemId: string; units: number }[]): string {
  const [first, ...rest] = lines;
  if (!first) return '';
  const item = live.store.row('item', first.itemId);
  const goods = `${named(item)} ${count(first.units)} ${unitOf(item)}`.trim();
  return rest.length === 0 ? goods : `${goods} ${t('keeper.and-more', { count: rest.length })}`;
}
