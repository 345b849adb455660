import type { Role } from '../../../src/access/access.dto.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { SelectField } from '../parts/TextField.js';
import { useSession } from './session.js';
import { isBelow } from './societies.js';

type Props = { value: string; set: (societyId: string) => void; /** Who may choose it. */ roles?: readonly Role[] };
const ADMINISTRATORS: readonly Role[] = ['administrator'];

/** A society that the administrator (or who else holds one of the roles) answers for: where the role is held, and below. */
export function SocietyField({ value, set, roles = ADMINISTRATORS }: Props) {
  const { actor } = useSession();
  const societies = useLive(
    ['society'],
    (store) => {
      const own = (actor?.grants ?? []).filter(({ role }) => roles.includes(role));
      return store
        .rows('society')
        .filter(({ id, level }) => level !== 'township' && own.some(({ societyId }) => isBelow(store, id, societyId)))
        .sort((a, b) => a.adcode.localeCompare(b.adcode));
    },
    [actor, roles],
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
