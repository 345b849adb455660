import { useState } from 'react';
import type { FormEvent } from 'react';
import { ROLES, type UserDto } from '../../../src/access/access.dto.js';
import { useCommand } from '../api/use-command.js';
import { named, t } from '../i18n/i18n.js';
import { useRows } from '../live/hooks.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { grantBody, type GrantDraft, isWholeGrant, placeOfRole } from './grant.rules.js';
import { SocietyField } from './SocietyField.js';

type Props = { user: UserDto; done: () => void; blocked: string | null };

/** A role of a person: at a society, of one team, or of one warehouse. */
export function GrantForm({ user, done, blocked }: Props) {
  const empty: GrantDraft = { role: '', societyId: user.societyId, teamId: '', warehouseId: '' };
  const [draft, setDraft] = useState(empty);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<GrantDraft>) => setDraft({ ...draft, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(`/users/${user.id}/roles`, grantBody(draft)))) return;
    say(t('accounts.said-granted', { role: t(`role.${draft.role}`) }));
    setDraft(empty);
    done();
  };
  return (
    <form className="receipt-line" data-tour="grant-form" onSubmit={(event) => void submit(event)} noValidate>
      <h3>{t('accounts.grant')}</h3>
      <div className="form-grid">
        <SelectField
          label={t('accounts.role')}
          required
          value={draft.role}
          set={(role) => set({ role: role as GrantDraft['role'], teamId: '', warehouseId: '' })}
          none={t('form.choose')}
          options={ROLES.map((role) => ({ value: role, words: t(`role.${role}`) }))}
        />
        <SocietyField value={draft.societyId} set={(societyId) => set({ societyId, teamId: '', warehouseId: '' })} />
        <Place draft={draft} set={set} />
      </div>
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('accounts.grant')}
        busy={busy}
        lacks={blocked ?? (isWholeGrant(draft) ? null : t('form.incomplete'))}
      />
    </form>
  );
}

function Place({ draft, set }: { draft: GrantDraft; set: (part: Partial<GrantDraft>) => void }) {
  const teams = useRows('team').filter(({ societyId }) => societyId === draft.societyId);
  const warehouses = useRows('warehouse').filter(({ societyId }) => societyId === draft.societyId);
  const kind = draft.role === '' ? null : placeOfRole(draft.role);
  if (kind === 'team')
    return (
      <SelectField
        label={t('accounts.team')}
        required
        value={draft.teamId}
        set={(teamId) => set({ teamId })}
        none={t('form.choose')}
        options={teams.map(({ id, name }) => ({ value: id, words: name }))}
        hint={teams.length === 0 ? t('accounts.no-team') : undefined}
      />
    );
  if (kind === 'warehouse')
    return (
      <SelectField
        label={t('accounts.warehouse')}
        value={draft.warehouseId}
        set={(warehouseId) => set({ warehouseId })}
        none={t('accounts.all-warehouses')}
        options={warehouses.map((each) => ({ value: each.id, words: named(each) }))}
      />
    );
  return null;
}
