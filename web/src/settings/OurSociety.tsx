import { type ReactNode, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { Action } from '../../../src/access/actions.data.js';
import { mayAt } from '../access/may.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { SelectField } from '../parts/TextField.js';

/** The societies for which I may do this; those where I hold the role come first, as the tree has them. */
export function useOurSocieties(action: Action): SocietyDto[] {
  return useLive(
    ['society'],
    (store) =>
      store
        .rows('society')
        .filter(({ id, level }) => level !== 'township' && mayAt(store, action, id))
        .sort((a, b) => a.adcode.localeCompare(b.adcode)),
    [action],
  );
}

/** The society that a page is about: the first of ours until another is chosen. */
export function useOurSociety(action: Action): { society: SocietyDto | undefined; field: ReactNode } {
  const [chosen, setChosen] = useState<string | null>(null);
  const societies = useOurSocieties(action);
  const society = societies.find(({ id }) => id === chosen) ?? societies[0];
  const field =
    societies.length > 1 && society ? (
      <SelectField
        label={t('admin.society')}
        value={society.id}
        set={setChosen}
        options={societies.map(({ id, name }) => ({ value: id, words: name }))}
      />
    ) : null;
  return { society, field };
}
