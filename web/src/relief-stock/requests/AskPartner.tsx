import { useState } from 'react';
import type { FormEvent } from 'react';
import type { RequestDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { partnersFor } from './request-acts.rules.js';

type Props = { request: RequestDto; deskId: string; done: () => void };

/** The desk asks another society for what is missing. Everybody whose desk it passed keeps seeing it. */
export function AskPartner({ request, deskId, done }: Props) {
  const [open, setOpen] = useState(false);
  const [partnerId, choose] = useState('');
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const partners = partnersFor(request, useRows('society'));
  if (!open)
    return (
      <div className="act act-plain">
        <button type="button" className="button" disabled={partners.length === 0} onClick={() => setOpen(true)}>
          {t('request.act.ask')}
        </button>
      </div>
    );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { version: request.version, societyId: deskId, partnerId, reason: reason.trim() };
    if (!(await send(`/stock/requests/${request.id}/ask`, body))) return;
    say(t('request.said.ask'));
    setOpen(false);
    done();
  };
  return (
    <form className="keeper-form act-reason" onSubmit={(event) => void submit(event)} noValidate>
      <div className="form-grid">
        <SelectField
          label={t('request.partner')}
          required
          value={partnerId}
          set={choose}
          none={t('form.choose')}
          options={partners.map(({ id, name }) => ({ value: id, words: name }))}
        />
        <TextField label={t('act.reason-of', { act: t('request.act.ask') })} required value={reason} set={setReason} />
      </div>
      <Refusal problem={problem} />
      <div className="form-acts">
        <Submit
          look="primary"
          label={t('request.act.ask')}
          busy={busy}
          lacks={partnerId === '' || reason.trim() === '' ? t('form.incomplete') : null}
        />
        <button type="button" className="button bare" onClick={() => setOpen(false)}>
          {t('act.back')}
        </button>
      </div>
    </form>
  );
}
