import { useState } from 'react';
import type { DistributionsDto } from '../../../../src/relief-stock/receiving/distribution.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { dayOf } from '../parts/days.js';

const QUARTER_DAYS = 90;
const yuan = (fen: number | null): string =>
  fen === null ? t('donations.no-value') : t('donations.yuan', { yuan: count(fen / 100) });

/** What was handed out, receiver by receiver, as it is made public: net of what came back, with what has no proven value apart. */
export function DistributionTable({ warehouseId }: { warehouseId: string }) {
  useRows('item');
  const [days, setDays] = useState({ from: dayOf(-QUARTER_DAYS), to: dayOf(0) });
  const [whole, setWhole] = useState('society');
  const societyId = live.store.row('warehouse', warehouseId)?.societyId;
  const of = whole === 'society' ? { societyId } : { warehouseId };
  const valid = days.from !== '' && days.to >= days.from;
  const { data, problem, loading } = useFetched<DistributionsDto>(
    valid ? `/stock/distributions${query({ ...days, ...of })}` : null,
  );
  return (
    <>
      <div className="form-grid">
        <TextField
          label={t('donations.from')}
          type="date"
          value={days.from}
          set={(from) => setDays({ ...days, from })}
        />
        <TextField
          label={t('donations.to')}
          type="date"
          value={days.to}
          set={(to) => setDays({ ...days, to })}
          fault={valid ? null : t('donations.days-wrong')}
        />
        <SelectField
          label={t('donations.given-by')}
          value={whole}
          set={setWhole}
          options={[
            { value: 'society', words: t('donations.given-society') },
            { value: 'warehouse', words: t('donations.given-warehouse') },
          ]}
        />
      </div>
      <Refusal problem={problem} />
      {loading && !data && valid && <Loading />}
      {data?.rows.length === 0 && <p className="empty">{t('donations.none-given')}</p>}
      {data && data.rows.length > 0 && <Handed table={data} />}
    </>
  );
}

function Handed({ table }: { table: DistributionsDto }) {
  return (
    <>
      <p role="status">
        <b>{t('donations.sum', { yuan: yuan(table.valueFen) })}</b>
      </p>
      <Rows
        caption={t('donations.by-item')}
        heads={['keeper.item', 'keeper.units', 'donations.value']}
        rows={table.items.map((item) => [
          named(live.store.row('item', item.itemId)) || item.itemCode,
          count(item.units),
          item.unvaluedUnits > 0
            ? `${yuan(item.valueFen)} · ${t('donations.unvalued', { units: count(item.unvaluedUnits) })}`
            : yuan(item.valueFen),
        ])}
      />
      <Rows
        caption={t('donations.by-receiver')}
        heads={['donations.receiver', 'keeper.item', 'keeper.units', 'donations.value']}
        rows={table.rows.map((row) => [
          row.recipient,
          named(live.store.row('item', row.itemId)) || row.itemCode,
          count(row.units),
          yuan(row.valueFen),
        ])}
      />
    </>
  );
}

type RowsProps = { caption: string; heads: readonly string[]; rows: readonly (readonly string[])[] };

function Rows({ caption, heads, rows }: RowsProps) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={caption}>
      <table className="keeper-table">
        <caption className="paper-section">{caption}</caption>
        <thead>
          <tr>
            {heads.map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="numeric">
          {rows.map(([first, ...cells], n) => (
            <tr key={n}>
              <th scope="row">{first}</th>
              {cells.map((cell, at) => (
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
