import { useState } from 'react';
import type { AsOfDto, LotDto, MovementDto, NetworkDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, tCode, unitOf } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { ItemPicker } from '../ItemPicker.js';
import { toInstant, toLocal } from '../moving/moving.rules.js';
import { PaperList, PaperRow, WorkNav } from '../parts/PaperList.js';
import { nameOfPlace, paperOf } from './movement.rules.js';

const PAGES = ['', 'as-of', 'network'] as const;
type PageProps = { warehouseId: string; parts: readonly string[] };

/** What moved, what lay here at a moment, and who else has an item. `#/keeper/ledger[/as-of|/network]` */
export default function LedgerPage({ warehouseId, parts }: PageProps) {
  useRows('item');
  const open = parts[0] ?? '';
  return (
    <div className="page">
      <WorkNav
        label={t('work.ledger')}
        base="keeper/ledger"
        open={open}
        pages={PAGES.map((key) => ({ key, words: t(`ledger.page-${key || 'movements'}`) }))}
      />
      {open === 'as-of' && <AsOf warehouseId={warehouseId} />}
      {open === 'network' && <Network />}
      {open === '' && <Movements warehouseId={warehouseId} />}
    </div>
  );
}

function Movements({ warehouseId }: { warehouseId: string }) {
  const [itemId, choose] = useState('');
  const movements = useFetched<{ items: MovementDto[] }>(
    `/stock/movements${query({ warehouseId, itemId, limit: 100 })}`,
  );
  return (
    <>
      <p className="quiet">{t('ledger.about')}</p>
      <ItemPicker itemId={itemId} choose={choose} fault={null} optional />
      <PaperList
        of={movements}
        empty={t('ledger.none')}
        row={(one) => (
          <PaperRow
            title={named(live.store.row('item', one.itemId))}
            aside={`${one.toWarehouseId === warehouseId ? '+' : '−'}${count(one.units)}`}
            state={`${tCode('ledger.reason.', one.reason)} · ${place(one.fromKind, one.fromPlace)} → ${place(one.toKind, one.toPlace)}`}
            detail={[stamp(one.occurredAt), paperOf(one)].filter(Boolean).join(' · ')}
          />
        )}
      />
    </>
  );
}

const place = (kind: MovementDto['fromKind'], name: string): string =>
  kind === 'bin' ? name : `${t(`ledger.place.${kind}`)} ${nameOfPlace(kind, name)}`.trim();

function AsOf({ warehouseId }: { warehouseId: string }) {
  const [at, setAt] = useState(() => toLocal(Date.now()));
  const path = at && `/stock/as-of${query({ warehouseId, at: toInstant(at) })}`;
  const { data, problem } = useFetched<AsOfDto>(path || null);
  const lots = useFetched<{ items: LotDto[] }>('/lots?limit=500').data?.items ?? [];
  const codes = new Map(lots.map(({ id, code }) => [id, code]));
  return (
    <>
      <TextField label={t('ledger.at')} type="datetime-local" value={at} set={setAt} />
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data?.items.length === 0 && <p className="empty">{t('ledger.nothing-then')}</p>}
      <ul className="papers">
        {data?.items.map(({ itemId, lotId, onHandUnits }) => {
          const item = live.store.row('item', itemId);
          return (
            <li key={lotId}>
              <PaperRow
                title={named(item)}
                aside={`${count(onHandUnits)} ${unitOf(item)}`}
                detail={codes.has(lotId) ? t('keeper.lot', { lot: codes.get(lotId) }) : undefined}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Network() {
  const [itemId, choose] = useState('');
  const { data, problem } = useFetched<NetworkDto>(itemId === '' ? null : `/stock/network${query({ itemId })}`);
  const unit = unitOf(live.store.row('item', itemId));
  return (
    <>
      <p className="quiet">{t('ledger.network-about')}</p>
      <ItemPicker itemId={itemId} choose={choose} fault={null} />
      <Refusal problem={problem} />
      {data?.societies.length === 0 && <p className="empty">{t('ledger.nobody-has')}</p>}
      {data && data.societies.length > 0 && (
        <ul className="papers">
          {data.societies.map((one) => (
            <li key={one.societyId}>
              <PaperRow
                title={live.store.row('society', one.societyId)?.name ?? ''}
                aside={`${count(one.availableUnits)} ${unit}`}
                detail={t('ledger.network-row', {
                  onHand: count(one.onHandUnits),
                  reserved: count(one.reservedUnits),
                  warehouses: count(one.warehouses),
                })}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
