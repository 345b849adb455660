import { useState } from 'react';
import type { FormEvent } from 'react';
import type { DeliveredDto, DeliveryDto, ReturnDto } from '../../../../src/relief-stock/changing/return.dto.js';
import { query } from '../../api/http.js';
import { newId } from '../../api/ids.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { go } from '../../app/routes.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Field } from '../../parts/Field.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { BinChoice } from './cells.js';
import './changing.css';
import { ReasonAct } from './ReasonAct.js';
import { CONDITIONS, type Counted, linesOf, moreThanDelivered } from './return.rules.js';

/** Goods that come back from an incident: whose delivery, how much in which condition. `#/keeper/returns[/DELIVERY]` */
export default function ReturnsPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const [deliveryId] = parts;
  if (deliveryId) return <ReturnForm key={deliveryId} id={deliveryId} warehouseId={warehouseId} />;
  return <Deliveries warehouseId={warehouseId} />;
}

function Deliveries({ warehouseId }: { warehouseId: string }) {
  const out = useFetched<{ items: DeliveryDto[] }>(`/stock/deliveries${query({ warehouseId, limit: 100 })}`);
  const back = useFetched<{ items: ReturnDto[] }>(`/stock/returns${query({ warehouseId, limit: 20 })}`);
  return (
    <div className="order-sheet">
      <h2>{t('returns.deliveries')}</h2>
      {out.data?.items.length === 0 && <p className="empty">{t('returns.none')}</p>}
      <ul className="paper-list">
        {out.data?.items.map((delivery) => (
          <li key={delivery.id}>
            <a href={`#/keeper/returns/${delivery.id}`}>
              <b>{delivery.recipient}</b> {delivery.document} · <span className="numeric">{count(delivery.units)}</span>
              <small className="quiet"> {stamp(delivery.deliveredAt)}</small>
            </a>
          </li>
        ))}
      </ul>
      {back.data && back.data.items.length > 0 && <h2>{t('returns.papers')}</h2>}
      <ul className="paper-list">
        {back.data?.items.map((paper) => (
          <li key={paper.id}>
            <b>{paper.number}</b> {paper.recipient} · {paper.returnedBy}
            <small className="quiet"> {stamp(paper.receivedAt)}</small>
            {paper.reversal ? (
              <span className="expired">
                {' '}
                {t(`adjustments.reversal.${paper.reversal.status}`, { number: paper.reversal.number })}
              </span>
            ) : (
              <ReasonAct
                label={t('changing.reverse')}
                path="/stock/reversals"
                body={{ documentId: paper.id }}
                done={back.reload}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ReturnForm({ id, warehouseId }: { id: string; warehouseId: string }) {
  const { data: delivery, problem: missing } = useFetched<DeliveredDto>(`/stock/deliveries/${id}`);
  const [counted, setCounted] = useState<Counted>({});
  const [returnedBy, setReturnedBy] = useState('');
  const [binId, setBin] = useState('');
  const [paperId] = useState(newId);
  const { busy, problem, send } = useCommand();
  if (!delivery) return missing ? <Refusal problem={missing} /> : <Loading />;
  const lines = linesOf(counted, binId);
  const over = moreThanDelivered(delivery.lines, counted);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { id: paperId, warehouseId, deliveryId: id, returnedBy: returnedBy.trim(), lines };
    const made = await send<ReturnDto>('/stock/returns', body);
    if (!made) return;
    say(t('returns.said', { number: made.number }));
    go('keeper/returns');
  };
  return (
    <form className="order-sheet" onSubmit={(event) => void submit(event)} noValidate>
      <h2>
        {delivery.recipient} {delivery.document}
      </h2>
      <ReturnTable delivery={delivery} counted={counted} over={over} set={setCounted} />
      <div className="form-grid">
        <BinChoice label={t('keeper.put-in-bin')} warehouseId={warehouseId} binId={binId} choose={setBin} />
        <Field label={t('returns.returned-by')} required>
          <input
            className="input"
            value={returnedBy}
            maxLength={80}
            onChange={(event) => setReturnedBy(event.target.value)}
          />
        </Field>
      </div>
      <Refusal problem={problem} />
      <button
        type="submit"
        className="button primary huge"
        disabled={busy || lines.length === 0 || over.length > 0 || binId === '' || returnedBy.trim() === ''}
      >
        {t('returns.post')}
      </button>
    </form>
  );
}

type TableProps = { delivery: DeliveredDto; counted: Counted; over: string[]; set: (counted: Counted) => void };

function ReturnTable({ delivery, counted, over, set }: TableProps) {
  return (
    <table className="keeper-table">
      <thead>
        <tr>
          <th scope="col">{t('keeper.item')}</th>
          <th scope="col">{t('returns.out')}</th>
          {CONDITIONS.map((condition) => (
            <th key={condition} scope="col">
              {t(`changing.condition.${condition}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="numeric">
        {delivery.lines.map((line) => (
          <tr key={line.cellId}>
            <th scope="row">
              {named(live.store.row('item', line.itemId))} <small className="quiet">{line.lotCode}</small>
              {over.includes(line.cellId) && <span className="field-fault">{t('returns.too-many')}</span>}
            </th>
            <td>{count(line.units)}</td>
            {CONDITIONS.map((condition) => (
              <td key={condition}>
                <input
                  className="input"
                  inputMode="numeric"
                  maxLength={8}
                  aria-label={`${line.lotCode} ${t(`changing.condition.${condition}`)}`}
                  aria-invalid={over.includes(line.cellId)}
                  value={counted[line.cellId]?.[condition] ?? ''}
                  onChange={(event) =>
                    set({ ...counted, [line.cellId]: { ...counted[line.cellId], [condition]: event.target.value } })
                  }
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
