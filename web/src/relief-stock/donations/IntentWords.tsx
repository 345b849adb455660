import type { IntentDto } from '../../../../src/relief-stock/receiving/donation.dto.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';

/** The giver's wish in one line. */
export function IntentWords({ intent }: { intent: IntentDto }) {
  const { store } = live;
  const limits = [
    intent.societyId && t('donations.only-in', { name: store.row('society', intent.societyId)?.shortName ?? '' }),
    intent.incidentKind && t('donations.only-for', { name: t(`kind.${intent.incidentKind}`) }),
    intent.incidentId && t('donations.only-for', { name: store.row('incident', intent.incidentId)?.title ?? '' }),
    intent.itemId && t('donations.only-item', { name: named(store.row('item', intent.itemId)) }),
    intent.until && t('donations.until', { day: intent.until }),
  ].filter((words) => Boolean(words));
  return <p className="quiet">{limits.length === 0 ? t('donations.free') : limits.join(t('list.separator'))}</p>;
}
