import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ownFirst, pictureOf, type Article, type Said, type Word } from '../../web/src/help/help.rules.js';
import { TOUR_ROLES } from '../../web/src/tour/tour.rules.js';

const WEB = join(process.cwd(), 'web');
const json = <T>(path: string): T => JSON.parse(readFileSync(join(WEB, path), 'utf8')) as T;
const articles = TOUR_ROLES.map((role) => ({ role, shelf: json<Article[]>(`src/help/articles/${role}.json`) }));
const all = articles.flatMap(({ shelf }) => shelf);
const glossary = json<Record<string, Word>>('src/help/words.json');
const pages = readFileSync(join(WEB, 'src/app/pages.ts'), 'utf8');
const works = readFileSync(join(WEB, 'src/relief-stock/works.ts'), 'utf8');
const LOCALES = ['zh-CN', 'en'] as const;
const PICTURES_MAX_BYTES = 2_000_000;
const PICTURE_MAX_BYTES = 150_000;

const isSaid = (said: Said) => /\p{Script=Han}/u.test(said['zh-CN']) && said.en.length > 2 && !/\p{Script=Han}/u.test(said.en); // prettier-ignore
/** Sentences that may name something that is spelt the same in both languages. */
const saidOf = (article: Article): Said[] => [article.title, article.what, ...article.steps, ...article.wrong, ...(article.links ?? []).map(({ words }) => words)]; // prettier-ignore

describe('the help', () => {
  it('has a shelf for every role, and each article says what, how, and what if not', () => {
    for (const { role, shelf } of articles) {
      expect({ role, some: shelf.length > 0 }).toEqual({ role, some: true });
      for (const { key, steps, wrong } of shelf) {
        expect(key).toMatch(new RegExp(`^${role}\\.[a-z-]+$`));
        expect({ key, steps: steps.length >= 2, wrong: wrong.length >= 1 }).toEqual({ key, steps: true, wrong: true });
      }
    }
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  });

  it('says everything in both languages', () => {
    expect(all.flatMap((article) => saidOf(article).filter((said) => !isSaid(said)).map(({ en }) => `${article.key}: ${en}`))).toEqual([]); // prettier-ignore
    expect(Object.entries(glossary).filter(([, { name, meaning }]) => !isSaid(name) || !isSaid(meaning))).toEqual([]);
    const [zh, en] = LOCALES.map((locale) => json<Record<string, string>>(`src/i18n/help.${locale}.json`));
    expect(Object.keys(en!)).toEqual(Object.keys(zh!));
    const [tourZh, tourEn] = LOCALES.map((locale) => json<Record<string, string>>(`src/i18n/tour.${locale}.json`));
    expect(Object.keys(tourEn!)).toEqual(Object.keys(tourZh!));
  });

  it('uses words that the glossary has, and explains none that nobody uses', () => {
    const used = new Set(all.flatMap(({ words }) => words));
    expect([...used].sort()).toEqual(Object.keys(glossary).sort());
  });

  it('leads to pages that exist, with words for each way', () => {
    const words = json<Record<string, string>>('src/i18n/help.zh-CN.json');
    for (const page of new Set(all.flatMap((article) => article.pages))) {
      const [first, work] = page.split('/');
      const known =
        page === '' ||
        (pages.includes(`  ${first}: lazy`) && (first !== 'keeper' || !work || ['orders', 'levels', 'receipt'].includes(work) || works.includes(`'${work}'`))); // prettier-ignore
      expect({ page, known }).toEqual({ page, known: true });
      expect(words).toHaveProperty([`help.to.${page === '' ? 'console' : page.replace('/', '-')}`]);
    }
  });

  it('has every picture that it names in both languages, small enough, and none that it does not', () => {
    const named = [...new Set(all.flatMap(({ picture }) => picture ?? []))];
    const wanted = named.flatMap((name) => LOCALES.map((locale) => pictureOf(name, locale)));
    expect(wanted.filter((path) => !existsSync(join(WEB, 'public', path)))).toEqual([]);
    expect(readdirSync(join(WEB, 'public/help')).map((file) => `/help/${file}`).sort()).toEqual(wanted.sort()); // prettier-ignore
    const sizes = wanted.map((path) => statSync(join(WEB, 'public', path)).size);
    expect(Math.max(...sizes)).toBeLessThan(PICTURE_MAX_BYTES);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(PICTURES_MAX_BYTES);
  });

  it('puts the reader’s own roles first', () => {
    expect(ownFirst(['dutyOfficer', 'keeper', 'checker'], ['checker', 'member'])).toEqual([
      'checker',
      'dutyOfficer',
      'keeper',
    ]);
  });
});
