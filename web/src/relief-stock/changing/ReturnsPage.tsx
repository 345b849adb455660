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
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { Submit } from '../../parts/Act.js';
import { TextField } from '../../parts/TextField.js';
import { BinField } from '../parts/BinField.js';
import { BackTo, PaperList, PaperRow } from '../parts/PaperList.js';
import { Reversal } from '../parts/Reversal.js';
import './changing.css';
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
    <div className="page">
      <h2>{t('returns.deliveries')}</h2>
      <PaperList
        of={out}
        empty={t('returns.none')}
        row={(delivery) => (
          <PaperRow
            href={`#/keeper/returns/${delivery.id}`}
            title={delivery.recipient}
            aside={count(delivery.units)}
            detail={`${delivery.document} · ${stamp(delivery.deliveredAt)}`}
          />
        )}
      />
      {back.data && back.data.items.length > 0 && <h2>{t('returns.papers')}</h2>}
      <ul className="papers">
        {back.data?.items.map((paper) => (
          <li key={paper.id}>
            <PaperRow
              title={`${paper.number} · ${paper.recipient}`}
              detail={`${paper.returnedBy} · ${stamp(paper.receivedAt)}`}
            >
              <Reversal documentId={paper.id} warehouseId={warehouseId} reversal={paper.reversal} done={back.reload} />
            </PaperRow>
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
  const incomplete = lines.length === 0 || binId === '' || returnedBy.trim() === '';
  const lacks = over.length > 0 ? t('returns.too-many') : incomplete ? t('returns.incomplete') : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { id: paperId, warehouseId, deliveryId: id, returnedBy: returnedBy.trim(), lines };
    const made = await send<ReturnDto>('/stock/returns', body);
    if (!made) return;
    say(t('returns.said', { number: made.number }));
    go('keeper/returns');
  };
  return (
    <form className="page" onSubmit={(event) => void submit(event)} noValidate>
      <BackTo href="#/keeper/returns" />
      <h2>
        {delivery.recipient} {delivery.document}
      </h2>
      <ReturnTable delivery={delivery} counted={counted} over={over} set={setCounted} />
      <div className="form-grid">
        <BinField warehouseId={warehouseId} value={binId} set={setBin} required />
        <TextField label={t('returns.returned-by')} required maxLength={80} value={returnedBy} set={setReturnedBy} />
      </div>
      <Refusal problem={problem} />
      <Submit label={t('returns.post')} busy={busy} lacks={lacks} />
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
