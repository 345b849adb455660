import { useState } from 'react';
import type { FormEvent } from 'react';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';

/** An improvement is done: the button opens one line for what was done. */
export function Finish({ path, version, done }: { path: string; version: number; done: () => void }) {
  const [note, setNote] = useState<string | null>(null);
  const { busy, problem, send } = useCommand();
  if (note === null)
    return (
      <button type="button" className="button" onClick={() => setNote('')}>
        {t('drills.finish')}
      </button>
    );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await send(`${path}/finish`, { version, note: note.trim() })) done();
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
      <TextField label={t('drills.what-was-done')} value={note} set={setNote} required focus />
      <Refusal problem={problem} />
      <div className="drill-acts">
        <Submit
          label={t('drills.finish')}
          busy={busy}
          lacks={note.trim() === '' ? t('drills.what-was-done-missing') : null}
          look="primary"
        />
        <button type="button" className="button bare" onClick={() => setNote(null)}>
          {t('act.back')}
        </button>
      </div>
    </form>
  );
}
