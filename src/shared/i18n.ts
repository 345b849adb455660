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

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const CODE = /^[a-z][a-z-]*$/;
/** Parameters that stand for one thing under several names. */
const ALIKE: Record<string, string> = { first: 'role', second: 'role' };

/**
 * The sentence of a refusal. What people would read as code is put into words: a state, step or role by the key `<noun>.<parameter>.<code>` (`noun`:
 * the first part of the refusal's code) where there is one, an instant by the clock on the wall in China.
 */
export function refusalSentence(locale: Locale, code: string, params: ProblemParams): string {
  const noun = code.split('.')[0]!;
  const told = Object.entries(params).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    if (INSTANT.test(value)) return [name, wallClock(value)];
    const key = `${noun}.${ALIKE[name] ?? name}.${value}`;
    return [name, CODE.test(value) ? (CATALOGUE[locale][key] ?? CATALOGUE['zh-CN'][key] ?? value) : value];
  });
  return sentence(locale, code, Object.fromEntries(told) as ProblemParams);
}

const wallClock = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** Chinese unless the reader prefers English. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = (acceptLanguage ?? '').split(',')[0]!.trim().toLowerCase();
  return first.startsWith('en') ? 'en' : 'zh-CN';
}
export const catalogue = (locale: Locale): Readonly<Record<string, string>> => CATALOGUE[locale];
