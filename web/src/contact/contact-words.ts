import type { ContactSettingDto } from '../../../src/alerts/contact/contact.dto.js';
import { t } from '../i18n/i18n.js';
import './messages.js';

/** The ways in their order, as one reads them. */
export function orderWords(ways: readonly string[]): string {
  const [first, second, third] = ways.map((way) => t(`contact.way.${way}`));
  return t('contact.then', { first, second, third });
}

/** What a person has said, in a line. */
export function contactWords({ ways, waitS, quiet, version }: Omit<ContactSettingDto, 'userId'>): string {
  if (version === 0) return t('contact.none');
  const order = waitS === 0 ? t('contact.at-once') : t('contact.every', { seconds: waitS });
  return [orderWords(ways), order, quiet && t('contact.quiet-span', quiet)].filter(Boolean).join(' · ');
}
