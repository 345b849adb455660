import { useSyncExternalStore } from 'react';
import { fillIn } from './fill-in.rules.js';

export type Locale = 'zh-CN' | 'en';
export type Messages = Record<string, string>;
export type Params = Record<string, string | number | null | undefined>;

const KEY = 'chiyuan.locale';
const held: Record<Locale, Messages> = { 'zh-CN': {}, en: {} };
const loaders: Record<Locale, (() => Promise<Messages>)[]> = { 'zh-CN': [], en: [] };
const listeners = new Set<() => void>();
let current: Locale = 'zh-CN';

/** Each page brings its own tables: zh-CN at once, because it is default and fallback; English when it is asked for. */
export function addMessages(zh: Messages, loadEnglish: () => Promise<Messages>): void {
  Object.assign(held['zh-CN'], zh);
  loaders.en.push(loadEnglish);
}

/** The sentence of a key in the reader's language; `{name}` is filled from params. An unknown key shows itself. */
export function t(key: string, params: Params = {}): string {
  return fillIn(held[current][key] ?? held['zh-CN'][key] ?? key, params);
}

export const hasMessage = (key: string): boolean => key in held['zh-CN'];

/** A code from the server in words, or `fallback` when this page has no words for it. */
export const tCode = (prefix: string, code: string, params: Params = {}, fallback = code): string =>
  hasMessage(`${prefix}${code}`) ? t(`${prefix}${code}`, params) : fallback;

export const locale = (): Locale => current;
export const storedLocale = (): Locale | null => {
  const value = localStorage.getItem(KEY);
  return value === 'en' || value === 'zh-CN' ? value : null;
};

export async function chooseLocale(wanted: Locale, remember = true): Promise<void> {
  for (const load of loaders[wanted].splice(0)) Object.assign(held[wanted], await load());
  if (remember) localStorage.setItem(KEY, wanted);
  current = wanted;
  document.documentElement.lang = wanted;
  listeners.forEach((listener) => listener());
}

export const useLocale = (): Locale =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

/** What units of an item are called; a unit that has no word here, or only one, stays as it was written. */
export const unitOf = (row: { unit: string } | null | undefined): string => (row ? tCode('unit.', row.unit) : '');

/** A name in the reader's language, where the record has both. */
export const named = (row: { name: string; nameEn?: string } | undefined): string =>
  row ? (current === 'en' && row.nameEn ? row.nameEn : row.name) : '';
