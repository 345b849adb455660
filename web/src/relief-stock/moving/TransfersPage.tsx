import type { TransferDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { isOurDuty } from '../../access/societies.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLive } from '../../live/hooks.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { Since } from '../../parts/Since.js';
import { SIGNS, TRANSFER_SECTIONS, transferSection } from './moving.rules.js';
import './moving.css';
import { TransferForm } from './TransferForm.js';
import { TransferSheet } from './TransferSheet.js';
import { useChanged } from './use-changed.js';

type Props = { warehouseId: string; parts: readonly string[] };

/** Goods between this warehouse and others: `#/keeper/transfers`, `/new` and `/<transfer>`. */
export default function TransfersPage({ warehouseId, parts: [what] }: Props) {
  if (what === 'new') return <TransferForm warehouseId={warehouseId} />;
  if (what) return <TransferSheet key={what} id={what} warehouseId={warehouseId} />;
  return <TransferLists warehouseId={warehouseId} />;
}

/** Whether the actor is on duty for the society of a warehouse. */
export const useDutyOf = (warehouseId: string): boolean =>
  useLive(['warehouse', 'society'], (store) => isOurDuty(store, store.row('warehouse', warehouseId)?.societyId), [
    warehouseId,
  ]);

function TransferLists({ warehouseId }: { warehouseId: string }) {
  const duty = useDutyOf(warehouseId);
  return (
    <div className="moving">
      {duty && (
        <div className="form-acts">
          <a className="button primary" href="#/keeper/transfers/new">
            <span aria-hidden="true">+</span> {t('moving.new-transfer')}
          </a>
        </div>
      )}
      <TransferList warehouseId={warehouseId} direction="incoming" />
      <TransferList warehouseId={warehouseId} direction="outgoing" />
    </div>
  );
}

function TransferList({ warehouseId, direction }: { warehouseId: string; direction: 'incoming' | 'outgoing' }) {
  const changed = useChanged('stock-transfer', 'stock-inquiry');
  const { data, problem } = useFetched<{ items: TransferDto[] }>(
    `/stock/transfers?warehouseId=${warehouseId}&direction=${direction}&limit=100`,
    changed,
  );
  return (
    <section aria-labelledby={`transfers-${direction}`}>
      <h2 id={`transfers-${direction}`}>
        <span aria-hidden="true">{direction === 'incoming' ? '↓' : '↑'}</span> {t(`moving.${direction}`)}
      </h2>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data?.items.length === 0 && <p className="empty">{t(`moving.no-${direction}`)}</p>}
      {TRANSFER_SECTIONS.map((section) => {
        const rows = (data?.items ?? []).filter((row) => transferSection(row, warehouseId) === section);
        if (rows.length === 0) return null;
        return (
          <div key={section}>
            <h3>
              {t(`moving.section.${section}`)} <span className="numeric">{rows.length}</span>
            </h3>
            <ul>
              {rows.map((row) => (
                <TransferRow key={row.id} row={row} other={direction === 'incoming' ? row.from : row.to} />
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function TransferRow({ row, other }: { row: TransferDto; other: TransferDto['from'] }) {
  return (
    <li>
      <a className="moving-row" href={`#/keeper/transfers/${row.id}`}>
        <b className="clip">{other.name}</b>
        <Since at={row.statusSince} />
        <span className="clip">
          <span aria-hidden="true">{SIGNS[row.status]}</span> {t(`transfer.${row.status}`)}
          {row.missingUnits > 0 && ` · ${t('moving.missing', { units: count(row.missingUnits) })}`}
        </span>
        <span className="quiet numeric">{t('moving.size', { lines: row.lines, units: count(row.units) })}</span>
      </a>
    </li>
  );
}
