import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Field } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';

/** Gives reserved goods back to the stock. It cannot be undone, so it asks why. */
export function CancelOrder({ order }: { order: SupplyOrderDto }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, problem, send, clear } = useCommand();
  if (!open) {
    return (
      <button type="button" className="button cancel-order" onClick={() => setOpen(true)}>
        {t('keeper.cancel-order')}
      </button>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { version: order.version, reason: reason.trim() };
    if (await send(`/supply-orders/${order.id}/cancel`, body))
      say(t('keeper.said-cancelled', { number: order.number }));
  };
  const back = () => {
    clear();
    setOpen(false);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <Field label={t('keeper.cancel-reason')} required>
        <input
          className="input"
          value={reason}
          maxLength={400}
          onChange={(event) => setReason(event.target.value)}
          required
          autoFocus
        />
      </Field>
      <Refusal problem={problem} />
      <div className="form-acts">
        <button type="submit" className="button" disabled={busy || reason.trim() === ''}>
          {t('keeper.cancel-order')}
        </button>
        <button type="button" className="button bare" onClick={back}>
          {t('keeper.back')}
        </button>
      </div>
    </form>
  );
}
