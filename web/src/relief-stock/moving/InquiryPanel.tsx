import { useState } from 'react';
import type { FormEvent } from 'react';
import type { InquiryDetailDto } from '../../../../src/relief-stock/moving/inquiry.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { Act, ReasonedAct } from './Act.js';
import { useChanged } from './use-changed.js';

/** What is missing of a transfer: found bit by bit, or given up by two people. */
export function InquiryPanel({ id, warehouseId }: { id: string; warehouseId: string }) {
  const changed = useChanged('stock-inquiry');
  const { data: inquiry, problem, reload } = useFetched<InquiryDetailDto>(`/stock/inquiries/${id}`, changed);
  if (!inquiry) return <Refusal problem={problem} />;
  const { status, version, number } = inquiry;
  const step = (name: string) => ({
    path: `/stock/inquiries/${id}/${name}`, version, words: t(`moving.act.${name}`), said: t(`moving.said.${name}`, { number }), done: reload,
  }); // prettier-ignore
  const ended = status === 'explained' || status === 'written-off';
  return (
    <section className="moving-inquiry" aria-labelledby="inquiry-title">
      <h3 id="inquiry-title">
        {number} · {t(`inquiry.${status}`)}
      </h3>
      <p className="numeric">
        {t('moving.inquiry-sums', {
          missing: count(inquiry.missingUnits),
          found: count(inquiry.foundUnits),
          lost: count(inquiry.lostUnits),
        })}
        {inquiry.proposedBy && ` · ${t('moving.proposed-by', { name: inquiry.proposedBy })}`}
        {inquiry.approvedBy && ` · ${t('moving.approved-by', { name: inquiry.approvedBy })}`}
      </p>
      {inquiry.reason && <p className="quiet">{inquiry.reason}</p>}
      <ul>
        {inquiry.goods.map((line) => (
          <li key={line.id} className="moving-lot-row">
            <p>
              <b>{named(live.store.row('item', line.itemId))}</b>{' '}
              <span className="quiet">
                {t('keeper.lot', { lot: line.lotCode })} ·{' '}
                {t('moving.missing', { units: count(line.missingUnits - line.foundUnits - line.lostUnits) })}
                {line.reason && ` · ${line.reason}`}
              </span>
            </p>
            {!ended && line.missingUnits > line.foundUnits + line.lostUnits && (
              <FoundForm
                inquiry={inquiry}
                line={line}
                at={warehouseId === inquiry.from.id ? 'sender' : 'receiver'}
                done={reload}
              />
            )}
          </li>
        ))}
      </ul>
      {status === 'open' && <ReasonedAct {...step('propose-write-off')} />}
      {status === 'write-off-proposed' && (
        <>
          <Act {...step('approve-write-off')} />
          <ReasonedAct {...step('reject-write-off')} />
        </>
      )}
    </section>
  );
}

type FoundProps = {
  inquiry: InquiryDetailDto;
  line: InquiryDetailDto['goods'][number];
  at: 'sender' | 'receiver';
  done: () => void;
};

function FoundForm({ inquiry, line, at, done }: FoundProps) {
  const [units, setUnits] = useState('');
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      version: inquiry.version,
      reason: reason.trim(),
      goods: [{ id: line.id, units: Number(units), at }],
    };
    if (!(await send(`/stock/inquiries/${inquiry.id}/explain`, body))) return;
    say(t('moving.said.explain', { number: inquiry.number }));
    setUnits('');
    done();
  };
  return (
    <form className="moving-found" onSubmit={(event) => void submit(event)}>
      <Field label={t('moving.found-here')}>
        <input
          className="input"
          inputMode="numeric"
          maxLength={8}
          value={units}
          onChange={(event) => setUnits(event.target.value.replace(/\D/g, ''))}
        />
      </Field>
      <Field label={t('moving.how-found')}>
        <input className="input" maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <button type="submit" className="button" disabled={busy || Number(units) < 1 || reason.trim() === ''}>
        {t('moving.act.explain')}
      </button>
      <Refusal problem={problem} />
    </form>
  );
}
