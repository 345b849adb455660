import type { Locale } from '../../shared/i18n.js';
import { wordsOf } from '../paper/words.js';
import { IMPORT_COLUMNS, type ImportKind } from './import-columns.data.js';
import { headKey } from './rows.rules.js';

const LOCALES: Locale[] = ['zh-CN', 'en'];

export const headOf = (kind: ImportKind, key: string, locale: Locale): string =>
  wordsOf(locale)(`import.${kind}.${key}`);

/** Heads and choices may be written in either language, or as the field's own name. */
export function acceptedBy(kind: ImportKind): { heads: Map<string, string>; choices: Map<string, string> } {
  const heads = new Map<string, string>();
  const choices = new Map<string, string>();
  for (const column of IMPORT_COLUMNS[kind]) {
    for (const name of [column.key, ...LOCALES.map((locale) => headOf(kind, column.key, locale))]) {
      heads.set(headKey(name), column.key);
    }
    if (column.kind !== 'choice') continue;
    for (const choice of column.choices) {
      const spellings = [choice, ...LOCALES.map((locale) => wordsOf(locale)(column.words + choice))];
      for (const spelling of spellings) choices.set(column.words + headKey(spelling), choice);
    }
  }
  return { heads, choices };
}
