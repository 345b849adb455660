import { useState } from 'react';
import type { DonationDto, TraceDto } from '../../../../src/relief-stock/receiving/donation.dto.js';
import type { ReceiptRowDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { useChanged } from '../../live/use-changed.js';
import { Act } from '../../parts/Act.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { PaperList } from '../parts/PaperList.js';
import { ReceiptRow } from '../receiving/ReceiptList.js';
import './donations.css';
import { endsOf } from './donation.rules.js';
import { IntentWords } from './IntentWords.js';

/** One donation: who gave it and for what, the receipts by which it came, and where every unit of it is or went. */
export function DonationSheet({ id }: { id: string }) {
  useRows('item');
  const changed = useChanged('donation', 'goods-receipt', 'stock-level');
  const { data: donation, problem, reload } = useFetched<DonationDto>(`/stock/donations/${id}`, changed);
  const receipts = useFetched<{ items: ReceiptRowDto[] }>(
    `/stock/receipts${query({ donationId: id, limit: 100 })}`,
    changed,
  );
  const trace = useFetched<TraceDto>(`/stock/donations/${id}/trace`, changed);
  if (!donation) return problem ? <Refusal problem={problem} /> : <Loading />;
  return (
    <>
      <header>
        <h2>{donation.donorName ?? t('donations.anonymous')}</h2>
        <p>
          <b>{donation.number}</b> · {t(`donations.status.${donation.status}`)} ·{' '}
          {t('donations.fund-of', { fund: donation.fund })}
        </p>
        <p className="quiet">
          {stamp(donation.occurredAt)} · {t(`donations.value-basis.${donation.valueBasis}`)}
          {donation.note && ` · ${donation.note}`}
        </p>
        <IntentWords intent={donation.intent} />
      </header>
      {donation.receiptNo ? (
        <p>{t('donations.receipt', { number: donation.receiptNo })}</p>
      ) : (
        <NameReceipt donation={donation} done={reload} />
      )}
      <h3>{t('donations.where')}</h3>
      <Trace trace={trace.data} />
      <h3>{t('donations.receipts')}</h3>
      <PaperList of={receipts} empty={t('donations.no-receipts')} row={(row) => <ReceiptRow row={row} />} />
    </>
  );
}

function NameReceipt({ donation, done }: { donation: DonationDto; done: () => void }) {
  const [receiptNo, set] = useState('');
  return (
    <div className="notice warning form-row">
      <TextField label={t('donations.receipt-no')} maxLength={80} value={receiptNo} set={set} />
      <Act
        look="primary"
        label={t('donations.name-receipt')}
        path={`/stock/donations/${donation.id}/receipt-no`}
        body={{ version: donation.version, receiptNo: receiptNo.trim() }}
        said={t('donations.said-receipt')}
        done={done}
        blocked={receiptNo.trim() === '' ? t('donations.no-receipt') : null}
      />
    </div>
  );
}

type HandOver = TraceDto['items'][number]['handedOver'][number];

/** Who signed for it, by which paper, for which incident: the end of the way. */
function Signed({ handOvers }: { handOvers: readonly HandOver[] }) {
  useRows('incident');
  return (
    <ul className="trace-signed" data-tour="trace-signed">
      {handOvers.map(({ document, units, receiverName, incidentId, signedAt }) => (
        <li key={document}>
          <span aria-hidden="true">✓</span>{' '}
          {t(receiverName ? 'donations.signed-by' : 'donations.signed', { name: receiverName, units: count(units) })}
          {' · '}
          {stamp(signedAt)} · {t('donations.by-paper', { number: document })}
          {incidentId && ` · ${t('donations.for-incident', { title: titleOf(incidentId) })}`}
        </li>
      ))}
    </ul>
  );
}

const titleOf = (incidentId: string): string =>
  live.store.row('incident', incidentId)?.title ?? t('donations.other-incident');

function Trace({ trace }: { trace: TraceDto | null }) {
  if (!trace) return <Loading />;
  if (trace.items.length === 0) return <p className="empty">{t('donations.nothing-yet')}</p>;
  return (
    <ul className="trace">
      {trace.items.map((item) => {
        const unit = unitOf(live.store.row('item', item.itemId));
        return (
          <li key={item.itemId}>
            <p>
              <b>{named(live.store.row('item', item.itemId))}</b>{' '}
              {t('donations.received', { units: count(item.receivedUnits), unit })}
            </p>
            <dl className="trace-ends numeric">
              {endsOf(item).map(({ end, units }) => (
                <div key={end}>
                  <dt>{t(`donations.end.${end}`)}</dt>
                  <dd>{count(units)}</dd>
                </div>
              ))}
            </dl>
            <ul className="quiet">
              {item.issuedTo.map(({ recipient, units }) => (
                <li key={recipient}>
                  <span aria-hidden="true">→</span> {recipient} <b className="numeric">{count(units)}</b>
                  <Signed handOvers={item.handedOver.filter((one) => one.recipient === recipient)} />
                </li>
              ))}
              {item.inStoreAt.map(({ warehouseId, units }) => (
                <li key={warehouseId}>
                  <span aria-hidden="true">▣</span>{' '}
                  {named(live.store.row('warehouse', warehouseId)) || t('donations.other-store')}{' '}
                  <b className="numeric">{count(units)}</b>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
