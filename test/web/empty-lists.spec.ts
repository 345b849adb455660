import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(process.cwd(), 'web/src');
const tables = (locale: string) =>
  Object.assign({}, ...readdirSync(join(ROOT, 'i18n')).filter((name) => name.endsWith(`${locale}.json`)).map((name) => JSON.parse(readFileSync(join(ROOT, 'i18n', name), 'utf8')) as object)) as Record<string, string>; // prettier-ignore
const zh = tables('zh-CN');
const en = tables('en');
const SHOWN_EMPTY = [
  /\bempty=\{t\(\s*'([^']+)'/g,
  /className="empty">\s*\{t\(\s*'([^']+)'/g,
  /<Empty\s+words=\{t\(\s*'([^']+)'/g,
];
const named = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx'))
  .flatMap((name) => {
    const text = readFileSync(join(ROOT, name), 'utf8');
    return SHOWN_EMPTY.flatMap((pattern) => [...text.matchAll(pattern)].map(([, key]) => ({ name, key: key! })));
  });
/** Not lists: a page on its way, and a part that says beside itself what to do. */
const ELSE = new Set(['app.loading', 'phone.loading', 'scan.none-on-hand']);
/** What is there, and then what to do: a sentence of two parts, with a comma, a full stop or a semicolon between them. */
const saysNext = (words: string): boolean =>
  /[，。；：,.;:!?].+/u.test(words.replace(/[。.]$/u, '')) && words.length >= 12;

describe('a list with nothing in it', () => {
  it('says what that means and what to do next, in both languages', () => {
    const lists = named.filter(({ key }) => !ELSE.has(key));
    expect(lists.length).toBeGreaterThan(35);
    expect(lists.filter(({ key }) => !saysNext(zh[key] ?? '') || !saysNext(en[key] ?? ''))).toEqual([]);
  });
});
