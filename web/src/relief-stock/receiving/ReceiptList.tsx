import type { ReceiptRowDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { NewPaper, PaperList, PaperRow } from '../parts/PaperList.js';
import { SECTIONS, sectionOf } from './accept.rules.js';

/** Receipts of the warehouse, what somebody has to do first. */
export function ReceiptList({ warehouseId }: { warehouseId: string }) {
  const changed = useChanged('goods-receipt');
  const receipts = useFetched<{ items: ReceiptRowDto[] }>(
    `/stock/receipts${query({ warehouseId, limit: 100 })}`,
    changed,
  );
  return (
    <div className="page">
      <NewPaper href="#/keeper/receiving/new" may="stock.announce" words={t('receiving.announce')}>
        <a className="button" href="#/keeper/receipt">
          {t('receiving.on-the-spot')}
        </a>
      </NewPaper>
      <PaperList
        of={receipts}
        empty={t('receiving.none')}
        sections={(rows) =>
          SECTIONS.map((section) => ({
            title: t(`receiving.section.${section}`),
            rows: rows.filter((row) => sectionOf(row) === section),
          }))
        }
        row={(row) => <ReceiptRow row={row} />}
      />
    </div>
  );
}

export function ReceiptRow({ row }: { row: ReceiptRowDto }) {
  return (
    <PaperRow
      href={`#/keeper/receiving/${row.id}`}
      title={row.sourceName}
      aside={t(`receiving.status.${row.status}`)}
      state={`${row.number} · ${t(`keeper.source.${row.source}`)} · ${t('receiving.lines', { count: row.lineCount })}`}
      detail={whenOf(row)}
    />
  );
}

function whenOf(row: ReceiptRowDto): string {
  if (row.secondSignatureDueAt && !row.secondSignedAt)
    return t('receiving.sign-until', { at: stamp(row.secondSignatureDueAt) });
  if (row.expectedOn && row.status === 'announced') return t('receiving.expected', { day: row.expectedOn });
  return stamp(row.occurredAt);
}
