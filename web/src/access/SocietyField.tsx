import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { SelectField } from '../parts/TextField.js';
import { useSession } from './session.js';
import { isBelow } from './societies.js';

type Props = { value: string; set: (societyId: string) => void };

/** A society that the administrator answers for: where the role is held, and below. */
export function SocietyField({ value, set }: Props) {
  const { actor } = useSession();
  const societies = useLive(
    ['society'],
    (store) => {
      const own = (actor?.grants ?? []).filter(({ role }) => role === 'administrator');
      return store
        .rows('society')
        .filter(({ id, level }) => level !== 'township' && own.some(({ societyId }) => isBelow(store, id, societyId)))
        .sort((a, b) => a.adcode.localeCompare(b.adcode));
    },
    [actor],
  );
  return (
    <SelectField
      label={t('accounts.society')}
      required
      value={value}
      set={set}
      none={t('form.choose')}
      options={societies.map(({ id, name }) => ({ value: id, words: name }))}
    />
  );
}
