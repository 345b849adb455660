import { locale } from './i18n.js';

const ZONE = 'Asia/Shanghai';
const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${kind}:${locale()}`;
  let found = cache.get(key);
  if (!found) cache.set(key, (found = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, hour12: false, ...options })));
  return found;
}

/** 2026-07-21 14:05, desk time, in both languages: nobody has to guess day and month. */
export const stamp = (at: string | number | Date): string =>
  formatter('stamp', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  );
export const timeOfDay = (at: string | number | Date): string =>
  formatter('time', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at));
export const hourMinute = (at: string | number | Date): string =>
  formatter('hm', { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
export const count = (value: number): string => new Intl.NumberFormat(locale()).format(value);
