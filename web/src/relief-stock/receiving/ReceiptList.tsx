import type { ReceiptRowDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { SECTIONS, sectionOf } from './accept.rules.js';

/** Receipts of the warehouse, what somebody has to do first. */
export function ReceiptList({ warehouseId }: { warehouseId: string }) {
  const { data, problem, reload } = useFetched<{ items: ReceiptRowDto[] }>(
    `/stock/receipts?warehouseId=${warehouseId}&limit=100`,
  );
  return (
    <div className="receiving">
      <div className="form-acts">
        <a className="button primary" href="#/keeper/receiving/new">
          <span aria-hidden="true">+</span> {t('receiving.announce')}
        </a>
        <button type="button" className="button" onClick={reload}>
          {t('receiving.reload')}
        </button>
      </div>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data?.items.length === 0 && <p className="empty">{t('receiving.none')}</p>}
      {SECTIONS.map((section) => {
        const rows = (data?.items ?? []).filter((row) => sectionOf(row) === section);
        if (rows.length === 0) return null;
        return (
          <section key={section} aria-labelledby={`receiving-${section}`}>
            <h2 id={`receiving-${section}`}>
              {t(`receiving.section.${section}`)} <span className="numeric">{rows.length}</span>
            </h2>
            <ul>
              {rows.map((row) => (
                <ReceiptRow key={row.id} row={row} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function ReceiptRow({ row }: { row: ReceiptRowDto }) {
  return (
    <li>
      <a className="receiving-row" href={`#/keeper/receiving/${row.id}`}>
        <b>{row.sourceName}</b>
        <span>{t(`receiving.status.${row.status}`)}</span>
        <span className="quiet">
          {row.number} · {t(`keeper.source.${row.source}`)} · {t('receiving.lines', { count: row.lineCount })}
        </span>
        <span className="quiet">
          {row.secondSignatureDueAt && !row.secondSignedAt
            ? t('receiving.sign-until', { at: stamp(row.secondSignatureDueAt) })
            : row.expectedOn && row.status === 'announced'
              ? t('receiving.expected', { day: row.expectedOn })
              : stamp(row.receivedAt)}
        </span>
      </a>
    </li>
  );
}
