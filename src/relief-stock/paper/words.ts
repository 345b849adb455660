import { type Locale, localeOf, sentence } from '../../shared/i18n.js';
import type { ProblemParams } from '../../shared/problem.js';

/** The sentence of a key in the reader's language. */
export type Words = (key: string, params?: ProblemParams) => string;
export const wordsOf =
  (locale: Locale): Words =>
  (key, params = {}) =>
    sentence(locale, key, params);

/** The language that the request asks for, or else the reader's own. */
export const readerLocale = (asked: string | undefined, actor: { locale: Locale }): Locale =>
  asked ? localeOf(asked) : actor.locale;
