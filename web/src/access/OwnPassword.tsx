import { useState } from 'react';
import type { FormEvent } from 'react';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { useSession } from './session.js';

/** As the server asks it (`access.dto.ts`). */
export const LEAST_PASSWORD = 10;
const EMPTY = { current: '', next: '', again: '' };

/** One changes one's own password and stays signed in here; all other devices are signed out. */
export function OwnPassword() {
  const [values, setValues] = useState(EMPTY);
  const { busy, problem, send } = useCommand();
  const set = (part: Partial<typeof EMPTY>) => setValues({ ...values, ...part });
  const short = values.next.length < LEAST_PASSWORD;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send('/me/password', { current: values.current, next: values.next }))) return;
    setValues(EMPTY);
    say(t('accounts.said-own'));
  };
  const whole = values.current !== '' && !short && values.again === values.next;
  return (
    <form className="receipt-line" onSubmit={(event) => void submit(event)}>
      <h2>{t('accounts.own')}</h2>
      <Who />
      <div className="form-grid">
        <TextField
          label={t('accounts.current')}
          type="password"
          required
          autoComplete="current-password"
          maxLength={200}
          value={values.current}
          set={(current) => set({ current })}
        />
        <NewTwice next={values.next} again={values.again} set={set} />
      </div>
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('accounts.change')}
        busy={busy}
        lacks={whole ? null : t('accounts.password-incomplete')}
      />
    </form>
  );
}

type TwiceProps = { next: string; again: string; set: (part: { next?: string; again?: string }) => void };

/** The new password twice, so that a slip of the finger shuts nobody out. */
function NewTwice({ next, again, set }: TwiceProps) {
  const apart = again !== '' && again !== next;
  return (
    <>
      <TextField
        label={t('accounts.next')}
        hint={t('accounts.password-hint', { least: LEAST_PASSWORD })}
        type="password"
        required
        autoComplete="new-password"
        maxLength={200}
        value={next}
        set={(text) => set({ next: text })}
      />
      <TextField
        label={t('accounts.again')}
        type="password"
        required
        autoComplete="new-password"
        maxLength={200}
        value={again}
        set={(text) => set({ again: text })}
        fault={apart ? t('accounts.apart') : null}
      />
    </>
  );
}

/** Whose account it is; the hidden field tells a password manager. */
function Who() {
  const { actor } = useSession();
  return (
    <>
      <p>
        <b>{actor?.name}</b> <span className="quiet">{actor?.account}</span>
      </p>
      <ul className="quiet">
        {(actor?.grants ?? []).map((grant) => (
          <li key={`${grant.role} ${grant.societyId} ${grant.teamId} ${grant.warehouseId}`}>
            {t(`role.${grant.role}`)} · {grant.societyName}
          </li>
        ))}
      </ul>
      <input
        className="visually-hidden"
        type="text"
        autoComplete="username"
        tabIndex={-1}
        readOnly
        aria-hidden="true"
        value={actor?.account ?? ''}
      />
    </>
  );
}
