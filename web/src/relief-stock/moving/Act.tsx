import { useState } from 'react';
import type { FormEvent } from 'react';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';

type Props = { path: string; version: number; words: string; said: string; done: () => void };

/** One step, one press. */
export function Act({ path, version, words, said, done }: Props) {
  const { busy, problem, send } = useCommand();
  const act = async () => {
    if (!(await send(path, { version }))) return;
    say(said);
    done();
  };
  return (
    <>
      <Refusal problem={problem} />
      <button type="button" className="button primary huge" disabled={busy} onClick={() => void act()}>
        {words}
      </button>
    </>
  );
}

/** A step that cannot be taken back: it asks why first. */
export function ReasonedAct({ path, version, words, said, done }: Props) {
  const [reason, setReason] = useState<string | null>(null);
  const { busy, problem, send, clear } = useCommand();
  if (reason === null) {
    return (
      <button type="button" className="button cancel-order" onClick={() => setReason('')}>
        {words}
      </button>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(path, { version, reason: reason.trim() }))) return;
    say(said);
    done();
  };
  const back = () => {
    clear();
    setReason(null);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <Field label={t('moving.reason')} required>
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
        <button type="submit" className="button" disabled={busy || reason.trim() === ''}>
          {words}
        </button>
        <button type="button" className="button bare" onClick={back}>
          {t('keeper.back')}
        </button>
      </div>
    </form>
  );
}
