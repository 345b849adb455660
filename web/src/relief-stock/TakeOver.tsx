import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { isOurDuty } from '../access/societies.js';
import { useCommand } from '../api/use-command.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { live } from '../live/live.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { toSend } from './ship.rules.js';
import { mayTakeFrom } from './take-over.rules.js';

/** The duty officer of a graver incident takes over what is still reserved for this one. Nothing to take: no button. */
export function TakeOver({ order }: { order: SupplyOrderDto }) {
  const [open, setOpen] = useState(false);
  const loser = live.store.row('incident', order.incidentId);
  const takers = useLive(
    ['incident', 'society'],
    (store) =>
      loser ? store.rows('incident').filter((one) => isOurDuty(store, one.societyId) && mayTakeFrom(one, loser)) : [],
    [loser],
  );
  if (takers.length === 0) return null;
  if (!open)
    return (
      <div className="act act-plain">
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('keeper.take-over')}
        </button>
      </div>
    );
  return <TakeOverForm order={order} takers={takers} close={() => setOpen(false)} />;
}

type FormProps = {
  order: SupplyOrderDto;
  takers: readonly { id: string; title: string; severity: string }[];
  close: () => void;
};

function TakeOverForm({ order, takers, close }: FormProps) {
  const [incidentId, choose] = useState(takers.length === 1 ? takers[0]!.id : '');
  const [reason, setReason] = useState('');
  const [units, setUnits] = useState<Record<string, string>>({});
  const { busy, problem, send } = useCommand();
  const lines = order.lines.flatMap((line) => {
    const taken = Number(units[line.id] ?? toSend(line));
    return taken > 0 ? [{ lineId: line.id, units: taken }] : [];
  });
  const fits = order.lines.every((line) => Number(units[line.id] ?? 0) <= toSend(line)) && lines.length > 0;
  const whole = incidentId !== '' && reason.trim() !== '' && fits;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { version: order.version, incidentId, reason: reason.trim(), lines };
    const taken = await send<SupplyOrderDto>(`/supply-orders/${order.id}/take-over`, body);
    if (!taken) return;
    say(t('keeper.said-taken-over', { number: taken.number }));
    close();
  };
  return (
    <form className="receipt-line act-reason" onSubmit={(event) => void submit(event)} noValidate>
      <h3>{t('keeper.take-over-title', { number: order.number })}</h3>
      <SelectField
        label={t('keeper.take-over-for')}
        required
        value={incidentId}
        set={choose}
        none={t('form.choose')}
        options={takers.map(({ id, title, severity }) => ({
          value: id,
          words: `${t(`severity.${severity}`)} · ${title}`,
        }))}
      />
      <div className="form-grid">
        {order.lines
          .filter((line) => toSend(line) > 0)
          .map((line) => (
            <TextField
              key={line.id}
              label={named(live.store.row('item', line.itemId))}
              type="units"
              hint={t('keeper.to-send', { units: count(toSend(line)) })}
              value={units[line.id] ?? String(toSend(line))}
              invalid={Number(units[line.id] ?? 0) > toSend(line)}
              set={(text) => setUnits({ ...units, [line.id]: text })}
            />
          ))}
      </div>
      <TextField label={t('keeper.take-over-reason')} required value={reason} set={setReason} />
      <Refusal problem={problem} />
      <div className="form-acts">
        <Submit look="primary" label={t('keeper.take-over')} busy={busy} lacks={whole ? null : t('form.incomplete')} />
        <button type="button" className="button bare" onClick={close}>
          {t('act.back')}
        </button>
      </div>
    </form>
  );
}
