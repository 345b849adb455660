import { addMessages } from './i18n.js';
import type { Messages } from './i18n.js';
import zh from './zh-CN.json';

type Table = { default: Messages };
/** Reasons of the server in its own words: they stand in where the desk has no shorter sentence for a code. */
const serverZh = import.meta.glob<Table>('../../../src/shared/i18n/*.zh-CN.json', { eager: true });
const serverEn = import.meta.glob<Table>('../../../src/shared/i18n/*.en.json');

const reasonsOf = (tables: Table[]): Messages =>
  Object.fromEntries(
    tables.flatMap((table) => Object.entries(table.default)).filter(([key]) => key.startsWith('reason.')),
  );

addMessages({ ...reasonsOf(Object.values(serverZh)), ...zh }, async () => {
  const [own, ...server] = await Promise.all([import('./en.json'), ...Object.values(serverEn).map((load) => load())]);
  return { ...reasonsOf(server), ...own.default };
});
