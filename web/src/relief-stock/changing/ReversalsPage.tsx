import type { ReversalDto } from '../../../../src/relief-stock/changing/reversal.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { t, tCode } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { PaperList, PaperRow } from '../parts/PaperList.js';
import { Decide } from '../parts/Reversal.js';

/** What was taken back or waits for it, whatever paper it was. Asked for on the paper itself. `#/keeper/reversals` */
export default function ReversalsPage({ warehouseId }: { warehouseId: string }) {
  const changed = useChanged('stock-reversal', 'goods-receipt', 'stock-adjustment', 'stock-conversion', 'stock-return');
  const all = useFetched<{ items: ReversalDto[] }>(`/stock/reversals${query({ warehouseId, limit: 100 })}`, changed);
  return (
    <div className="page">
      <p className="quiet">{t('reversals.about')}</p>
      <PaperList
        of={all}
        empty={t('reversals.none')}
        sections={(rows) => [
          { title: t('reversals.waiting'), rows: rows.filter(({ status }) => status === 'submitted') },
          { title: t('reversals.done'), rows: rows.filter(({ status }) => status !== 'submitted') },
        ]}
        row={(row) => (
          <PaperRow
            title={`${row.number} · ${tCode('reversals.kind.', row.documentKind)} ${row.documentNumber}`}
            aside={t('adjustments.value', { yuan: count(row.valueFen / 100) })}
            state={t(`reversals.status.${row.status}`)}
            detail={`${row.askedBy} · ${stamp(row.receivedAt)} · ${row.reason}${row.rejectReason ? ` · ${row.rejectReason}` : ''}`}
          >
            {row.status === 'submitted' && <Decide id={row.id} warehouseId={row.warehouseId} done={all.reload} />}
          </PaperRow>
        )}
      />
    </div>
  );
}
