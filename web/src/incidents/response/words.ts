import type { Reached } from './types.js';
import type { Requirement } from '../../../../src/incidents/response/plans.dto.js';
import { count } from '../../i18n/format.js';
import { locale, named, t, tCode, unitOf } from '../../i18n/i18n.js';
import type { LiveStore } from '../../live/store.js';

type Line = Pick<Requirement, 'kind' | 'code' | 'count' | 'title' | 'titleEn'>;

/** A line of a plan in words: the duty itself, people of a speciality, or units of an item. */
export function lineText({ kind, code, count: wanted, title, titleEn }: Line, store: LiveStore): string {
  if (kind === 'task') return (locale() === 'en' && titleEn) || title;
  if (kind === 'team') return t('plan-line.team', { speciality: tCode('speciality.', code), count: count(wanted) });
  const item = store.rows('item').find((one) => one.code === code);
  return t('plan-line.goods', { item: named(item) || code, count: count(wanted), unit: unitOf(item) });
}

/** A title in the reader's language, where the plan has both. */
export const titled = (of: { title: string; titleEn?: string }): string =>
  (locale() === 'en' && of.titleEn) || of.title;

export function triggerText(trigger: Reached): string {
  const words = t('plan-trigger.line', {
    measure: t(`measure.${trigger.by}`),
    from: count(trigger.from),
    level: t(`response-level.${trigger.level}`),
  });
  return trigger.onlyWhen ? t('plan-trigger.only-when', { words, when: t(`fact.${trigger.onlyWhen}`) }) : words;
}

export const sourceText = (source: string): string => tCode('plan-source.', source);
