import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Role } from '../../../src/access/access.dto.js';
import { type MadeScreen, SCREEN_LIMITS } from '../../../src/screens/screens.dto.js';
import { SocietyField } from '../access/SocietyField.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';

export const MAKERS: readonly Role[] = ['dutyLead', 'administrator'];
const EMPTY = { name: '', societyId: '', days: '90', namesAllowed: false };

export function MakeScreen({ done }: { done: (made: MadeScreen) => void }) {
  const [values, setValues] = useState(EMPTY);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<typeof EMPTY>) => setValues({ ...values, ...part });
  const days = Number(values.days);
  const whole = values.name.trim() !== '' && values.societyId !== '' && days >= 1 && days <= SCREEN_LIMITS.days;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await send<MadeScreen>('/screens', { ...values, name: values.name.trim(), days });
    if (!made) return;
    say(t('screens.said-made', { name: made.screen.name }));
    setValues(EMPTY);
    done(made);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('screens.new')}</h2>
      <div className="form-grid">
        <TextField
          label={t('screens.name')}
          hint={t('screens.name-hint')}
          required
          maxLength={80}
          value={values.name}
          set={(name) => set({ name })}
        />
        <SocietyField roles={MAKERS} value={values.societyId} set={(societyId) => set({ societyId })} />
        <TextField
          label={t('screens.days')}
          hint={t('screens.days-hint', { most: SCREEN_LIMITS.days })}
          type="units"
          required
          value={values.days}
          set={(text) => set({ days: text })}
        />
      </div>
      <label className="screens-names">
        <input
          type="checkbox"
          checked={values.namesAllowed}
          onChange={({ target }) => set({ namesAllowed: target.checked })}
        />
        {t('screens.names')}
      </label>
      <Refusal problem={problem} />
      <Submit label={t('screens.make')} busy={busy} look="primary" lacks={whole ? null : t('form.incomplete')} />
    </form>
  );
}
