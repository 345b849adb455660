import { INCIDENT_KINDS } from '../../../../src/incidents/incidents.dto.js';
import { t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { ItemPicker } from '../ItemPicker.js';
import { IncidentField } from '../parts/IncidentField.js';
import type { IntentDraft } from './donation.rules.js';

type Props = { intent: IntentDraft; set: (part: Partial<IntentDraft>) => void };
const NAMED_LEVELS = new Set(['province', 'city', 'county']);

/** What the giver asks for: only there, only for such incidents or that one, only this item, until a day. Nothing asked: free. */
export function IntentFields({ intent, set }: Props) {
  const societies = useRows('society').filter(({ level }) => NAMED_LEVELS.has(level));
  return (
    <details className="receipt-line" open={Object.values(intent).some((value) => value !== '')}>
      <summary className="button bare">{t('donations.intent')}</summary>
      <div className="form-grid">
        <SelectField
          label={t('donations.intent-society')}
          value={intent.societyId}
          set={(societyId) => set({ societyId })}
          none={t('donations.anywhere')}
          options={[...societies]
            .sort((a, b) => a.adcode.localeCompare(b.adcode))
            .map(({ id, name }) => ({ value: id, words: name }))}
        />
        <SelectField
          label={t('donations.intent-kind')}
          value={intent.incidentKind}
          set={(incidentKind) => set({ incidentKind })}
          none={t('donations.any')}
          options={INCIDENT_KINDS.map((kind) => ({ value: kind, words: t(`kind.${kind}`) }))}
        />
        <IncidentField
          label={t('donations.intent-incident')}
          none={t('donations.any')}
          value={intent.incidentId}
          set={(incidentId) => set({ incidentId })}
        />
        <TextField
          label={t('donations.intent-until')}
          hint={t('donations.intent-until-hint')}
          type="date"
          value={intent.until}
          set={(until) => set({ until })}
        />
      </div>
      <ItemPicker itemId={intent.itemId} choose={(itemId) => set({ itemId })} fault={null} optional />
    </details>
  );
}
