import { type Locale, localeOf, sentence } from '../../shared/i18n.js';
import type { Config } from '../../config.js';
import type { ProblemParams } from '../../shared/problem.js';

/** The sentence of a key in the reader's language. */
export type Words = (key: string, params?: ProblemParams) => string;
export const wordsOf =
  (locale: Locale): Words =>
  (key, params = {}) =>
    sentence(locale, key, params);

/** What stands on every paper and sheet of a drill, in both languages: nobody knows who picks it up. */
export const DRILL_MARK = `${sentence('zh-CN', 'paper.exercise', {})} ${sentence('en', 'paper.exercise', {}).trim()}`;
/** The mark of everything that leaves a drill. Null in reality. */
export const drillMark = ({ drill }: Pick<Config, 'drill'>): string | null => drill && DRILL_MARK;

/** The language that the request asks for, or else the reader's own. */
export const readerLocale = (asked: string | undefined, actor: { locale: Locale }): Locale =>
  asked ? localeOf(asked) : actor.locale;
