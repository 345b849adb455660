import { useState } from 'react';
import type { FormEvent } from 'react';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';

type Props = { words: string; path: string; body: object; done: () => void };

/** A step that others will ask about: it opens into one line for the reason. */
export function ReasonAct({ words, path, body, done }: Props) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, problem, send, clear } = useCommand();
  if (!open) {
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t(`request.act.${words}`)}
      </button>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(path, { ...body, reason: reason.trim() }))) return;
    say(t(`request.said.${words}`));
    setOpen(false);
    setReason('');
    done();
  };
  return (
    <form className="keeper-form request-reason" onSubmit={(event) => void submit(event)}>
      <Field label={t('request.reason')} required>
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
          {t(`request.act.${words}`)}
        </button>
        <button
          type="button"
          className="button bare"
          onClick={() => {
            clear();
            setOpen(false);
          }}
        >
          {t('keeper.back')}
        </button>
      </div>
    </form>
  );
}
