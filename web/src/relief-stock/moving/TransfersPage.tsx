import type { TransferDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { Since } from '../../parts/Since.js';
import { BackTo, NewPaper, PaperList, PaperRow } from '../parts/PaperList.js';
import { useDutyOf } from '../parts/who.js';
import { SIGNS, TRANSFER_SECTIONS, transferSection } from './moving.rules.js';
import './moving.css';
import { TransferForm } from './TransferForm.js';
import { TransferSheet } from './TransferSheet.js';

type Props = { warehouseId: string; parts: readonly string[] };
const BASE = '#/keeper/transfers';

/** Goods between this warehouse and others: `#/keeper/transfers`, `/new` and `/<transfer>`. */
export default function TransfersPage({ warehouseId, parts: [what] }: Props) {
  if (what === 'new')
    return (
      <div className="page">
        <BackTo href={BASE} />
        <TransferForm warehouseId={warehouseId} />
      </div>
    );
  if (what) return <TransferSheet key={what} id={what} warehouseId={warehouseId} />;
  return <TransferLists warehouseId={warehouseId} />;
}

function TransferLists({ warehouseId }: { warehouseId: string }) {
  const duty = useDutyOf(warehouseId);
  return (
    <div className="page">
      {duty ? (
        <NewPaper href={`${BASE}/new`} may="stock.transfer" words={t('moving.new-transfer')} />
      ) : (
        <p className="quiet">{t('moving.duty-orders')}</p>
      )}
      <TransferList warehouseId={warehouseId} direction="incoming" />
      <TransferList warehouseId={warehouseId} direction="outgoing" />
    </div>
  );
}

function TransferList({ warehouseId, direction }: { warehouseId: string; direction: 'incoming' | 'outgoing' }) {
  const changed = useChanged('stock-transfer', 'stock-inquiry');
  const transfers = useFetched<{ items: TransferDto[] }>(
    `/stock/transfers${query({ warehouseId, direction, limit: 100 })}`,
    changed,
  );
  return (
    <section aria-labelledby={`transfers-${direction}`}>
      <h2 id={`transfers-${direction}`}>
        <span aria-hidden="true">{direction === 'incoming' ? '↓' : '↑'}</span> {t(`moving.${direction}`)}
      </h2>
      <PaperList
        of={transfers}
        empty={t(`moving.no-${direction}`)}
        sections={(rows) =>
          TRANSFER_SECTIONS.map((section) => ({
            title: t(`moving.section.${section}`),
            rows: rows.filter((row) => transferSection(row, warehouseId) === section),
          }))
        }
        row={(row) => (
          <PaperRow
            href={`${BASE}/${row.id}`}
            title={(direction === 'incoming' ? row.from : row.to).name}
            aside={<Since at={row.statusSince} />}
            state={
              <>
                <span aria-hidden="true">{SIGNS[row.status]}</span> {t(`transfer.${row.status}`)}
                {row.missingUnits > 0 && ` · ${t('moving.missing', { units: count(row.missingUnits) })}`}
              </>
            }
            detail={`${row.number} · ${t('moving.size', { lines: row.lines, units: count(row.units) })}`}
          />
        )}
      />
    </section>
  );
}
