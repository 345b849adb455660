import { useState } from 'react';
import type { FormEvent } from 'react';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';

type Props = { label: string; path: string; body?: object; done: () => void };

/** An act that needs a reason: the button opens one field, never a dialog on a dialog. */
export function ReasonAct({ label, path, body = {}, done }: Props) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, problem, send, clear } = useCommand();
  if (!open)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {label}
      </button>
    );
  const close = () => {
    clear();
    setReason('');
    setOpen(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(path, { ...body, reason: reason.trim() }))) return;
    close();
    done();
  };
  return (
    <form className="keeper-form reason-act" onSubmit={(event) => void submit(event)}>
      <Field label={t('changing.reason-of', { act: label })} required>
        <input
          className="input"
          value={reason}
          maxLength={400}
          required
          autoFocus
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <Refusal problem={problem} />
      <div className="form-acts">
        <button type="submit" className="button primary" disabled={busy || reason.trim() === ''}>
          {label}
        </button>
        <button type="button" className="button bare" onClick={close}>
          {t('keeper.back')}
        </button>
      </div>
    </form>
  );
}

/** An act without words of its own: one press. */
export function PlainAct({ label, path, body = {}, done, primary = false }: Props & { primary?: boolean }) {
  const { busy, problem, send } = useCommand();
  const act = async () => {
    if (await send(path, body)) done();
  };
  return (
    <span className="plain-act">
      <button type="button" className={`button${primary ? ' primary' : ''}`} disabled={busy} onClick={() => void act()}>
        {label}
      </button>
      <Refusal problem={problem} />
    </span>
  );
}
