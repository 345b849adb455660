import { readdirSync, readFileSync } from 'node:fs';
import type { ProblemParams } from './problem.js';

export type Locale = 'zh-CN' | 'en';
const CATALOGUE: Record<Locale, Record<string, string>> = { 'zh-CN': load('zh-CN'), en: load('en') };

/** All sentences of a language: `i18n/<module>.<locale>.json`, flat keys. */
function load(locale: Locale): Record<string, string> {
  const folder = new URL('./i18n/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(`.${locale}.json`));
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))) as Record<
    string,
    string
  >;
}

/** The sentence of a key with its `{name}` places filled; the key itself when there is none, so that nothing is hidden. */
export function sentence(locale: Locale, key: string, params: ProblemParams = {}): string {
  const text = CATALOGUE[locale][key] ?? CATALOGUE['zh-CN'][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place));
}

/** Chinese unless the reader prefers English. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = (acceptLanguage ?? '').split(',')[0]!.trim().toLowerCase();
  return first.startsWith('en') ? 'en' : 'zh-CN';
}
export const catalogue = (locale: Locale): Readonly<Record<string, string>> => CATALOGUE[locale];
