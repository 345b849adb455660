import { addMessages, chooseLocale, locale } from '../i18n/i18n.js';
import type { Messages } from '../i18n/i18n.js';
import zh from '../i18n/keeper.zh-CN.json';

type Table = { default: Messages };
/** Each work of the warehouse brings a table of its own: `stock-<work>.<locale>.json`. */
const worksZh = import.meta.glob<Table>('../i18n/stock-*.zh-CN.json', { eager: true });
const worksEn = import.meta.glob<Table>('../i18n/stock-*.en.json');
const together = (tables: Table[]): Messages => Object.assign({}, ...tables.map((table) => table.default)) as Messages;

addMessages({ ...zh, ...together(Object.values(worksZh)) }, async () => {
  const [own, ...works] = await Promise.all([
    import('../i18n/keeper.en.json'),
    ...Object.values(worksEn).map((load) => load()),
  ]);
  return { ...own.default, ...together(works) };
});
// This chunk may arrive after English was chosen: then its table must be here before the first word is drawn.
if (locale() !== 'zh-CN') await chooseLocale(locale(), false);
