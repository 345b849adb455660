import { useState } from 'react';
import type { FormEvent } from 'react';
import type { InquiryDetailDto } from '../../../../src/relief-stock/moving/inquiry.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { APPROVES, useRoleAt } from '../parts/who.js';
import { Act, ReasonAct, Submit } from '../../parts/Act.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { useChanged } from '../../live/use-changed.js';

/** What is missing of a transfer, an issue or an order of a mission: found bit by bit, or given up by two people. */
export function InquiryPanel({ id, warehouseId }: { id: string; warehouseId: string }) {
  const changed = useChanged('stock-inquiry');
  const approves = useRoleAt(warehouseId, APPROVES);
  const { data: inquiry, problem, reload } = useFetched<InquiryDetailDto>(`/stock/inquiries/${id}`, changed);
  if (!inquiry) return <Refusal problem={problem} />;
  const { status, version, number } = inquiry;
  const step = (name: string) => ({
    path: `/stock/inquiries/${id}/${name}`, body: { version }, label: t(`moving.act.${name}`), said: t(`moving.said.${name}`, { number }), done: reload,
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
      {status === 'open' && <ReasonAct {...step('propose-write-off')} />}
      {status === 'write-off-proposed' && (
        <>
          <Act {...step('approve-write-off')} blocked={approves ? null : t('keeper.only-checker')} />
          {approves && <ReasonAct {...step('reject-write-off')} />}
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

const PLACES = ['sender', 'receiver'] as const;

function FoundForm({ inquiry, line, at: own, done }: FoundProps) {
  const [units, setUnits] = useState('');
  const [at, choose] = useState(own);
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
    <form className="form-row" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t(inquiry.to === null ? 'moving.found-units' : 'moving.found-here')}
        type="units"
        value={units}
        set={setUnits}
      />
      {inquiry.to === null && (
        <SelectField
          label={t('moving.found-where')}
          value={at}
          set={(place) => choose(place === 'receiver' ? 'receiver' : 'sender')}
          options={PLACES.map((place) => ({ value: place, words: t(`moving.found-at.${place}`) }))}
        />
      )}
      <TextField label={t('moving.how-found')} value={reason} set={setReason} />
      <Submit
        look="plain"
        label={t('moving.act.explain')}
        busy={busy}
        lacks={Number(units) < 1 || reason.trim() === '' ? t('moving.found-incomplete') : null}
      />
      <Refusal problem={problem} />
    </form>
  );
}
