import { useId, useState } from 'react';
import { t } from '../i18n/i18n.js';

type Props = { label: string; busy: boolean; send: (reason: string) => void };

/** Refusals, withdrawals and cancellations say why. */
export function ReasonForm({ label, busy, send }: Props) {
  const field = useId();
  const [reason, setReason] = useState('');
  return (
    <form
      className="steps-reason"
      onSubmit={(event) => {
        event.preventDefault();
        send(reason.trim());
      }}
    >
      <label htmlFor={field}>{label}</label>
      <input
        id={field}
        className="input"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required
        autoFocus
        maxLength={400}
      />
      <button type="submit" className="button small primary" disabled={busy || reason.trim() === ''}>
        {t('act.confirm')}
      </button>
    </form>
  );
}
