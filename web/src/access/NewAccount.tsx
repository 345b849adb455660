import { useState } from 'react';
import type { FormEvent } from 'react';
import type { UserDto } from '../../../src/access/access.dto.js';
import { useCommand } from '../api/use-command.js';
import { go } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { LEAST_PASSWORD } from './OwnPassword.js';
import { SocietyField } from './SocietyField.js';

const EMPTY = { account: '', name: '', phone: '', email: '', societyId: '', password: '' };
const ACCOUNT = /^[a-z0-9][a-z0-9._-]{2,59}$/;

/** A new account can do nothing until it has a role: the next page gives it one. */
export function NewAccount() {
  const [values, setValues] = useState(EMPTY);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<typeof EMPTY>) => setValues({ ...values, ...part });
  const { account, name, phone, email, societyId, password } = values;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ways = { ...(phone.trim() ? { phone: phone.trim() } : {}), ...(email.trim() ? { email: email.trim() } : {}) };
    const body = { account, name: name.trim(), societyId, password, ...ways };
    const made = await send<UserDto>('/users', body);
    if (!made) return;
    say(t('accounts.said-new', { name: made.name }));
    go(`accounts/${made.id}`);
  };
  const whole = ACCOUNT.test(account) && name.trim() !== '' && societyId !== '' && password.length >= LEAST_PASSWORD;
  return (
    <form className="keeper-form" data-tour="account-form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('accounts.new')}</h2>
      <div className="form-grid">
        <TextField
          label={t('session.account')}
          hint={t('accounts.account-hint')}
          type="code"
          required
          maxLength={60}
          value={account}
          set={(text) => set({ account: text })}
        />
        <TextField
          label={t('accounts.name')}
          required
          maxLength={80}
          value={name}
          set={(text) => set({ name: text })}
        />
        <SocietyField value={societyId} set={(id) => set({ societyId: id })} />
        <WaysFields values={values} set={set} />
        <TextField
          label={t('accounts.first-password')}
          hint={t('accounts.password-hint', { least: LEAST_PASSWORD })}
          type="password"
          required
          autoComplete="new-password"
          maxLength={200}
          value={password}
          set={(text) => set({ password: text })}
        />
      </div>
      <Refusal problem={problem} />
      <Submit label={t('accounts.create')} busy={busy} lacks={whole ? null : t('accounts.new-incomplete')} />
    </form>
  );
}

type WaysProps = { values: typeof EMPTY; set: (part: Partial<typeof EMPTY>) => void };

/** By what the person is told, beside the app. */
function WaysFields({ values: { phone, email }, set }: WaysProps) {
  return (
    <>
      <TextField
        label={t('accounts.phone')}
        type="tel"
        maxLength={20}
        value={phone}
        set={(text) => set({ phone: text })}
      />
      <TextField
        label={t('accounts.email')}
        hint={t('accounts.email-hint')}
        type="code"
        maxLength={254}
        value={email}
        set={(text) => set({ email: text })}
      />
    </>
  );
}
