import { t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { SelectField } from '../../parts/TextField.js';

type Props = { label: string; none: string; value: string; set: (incidentId: string) => void; hint?: string };

/** The incident that goods are for, of those that the desk sees; or none. */
export function IncidentField({ label, none, value, set, hint }: Props) {
  const incidents = useRows('incident');
  return (
    <SelectField
      label={label}
      hint={hint}
      value={value}
      set={set}
      none={none}
      options={incidents.map(({ id, title, exercise }) => ({
        value: id,
        words: exercise ? `${t('drill.prefix')}${title}` : title,
      }))}
    />
  );
}
