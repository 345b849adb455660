import type { StockReportDto, StockRowDto } from '../../../src/reports/reports.dto.js';
import { count } from '../i18n/format.js';
import { t, useLocale } from '../i18n/i18n.js';
import { Cut, Frame } from './Frame.js';
import { type Column, Table } from './Table.js';

const FIGURES = ['opening', 'received', 'issued', 'adjusted', 'closing', 'off'] as const;

/** 收发存: what lay on the shelves, came and went, and that it adds up. */
export function StockFlow({ filters }: { filters: string }) {
  const english = useLocale() === 'en';
  return (
    <Frame<StockReportDto> report="stock" filters={filters}>
      {({ rows, check, cut, mostRows }) => (
        <>
          <Cut cut={cut} most={mostRows} />
          {rows.length > 0 && (
            <p className={check.rowsOff > 0 ? 'notice problem' : 'notice'} role="status">
              {t(check.rowsOff > 0 ? 'reports.check-off' : 'reports.check', {
                rows: count(rows.length), off: count(check.rowsOff), opening: count(check.opening), received: count(check.received),
                issued: count(check.issued), adjusted: count(check.adjusted), closing: count(check.closing),
              })}
            </p>
          )}
          <Table
            title={t('reports.tab.stock')}
            rows={rows}
            columns={columns(english)}
            keyOf={({ warehouseId, itemId }) => `${warehouseId} ${itemId}`}
            empty={t('reports.no-stock')}
            totals={[t('reports.total'), '', '', '', ...FIGURES.map((key) => signed(check[key]))]}
          />
          <p className="quiet">{t('reports.note-stock')}</p>
        </>
      )}
    </Frame>
  );
} // prettier-ignore

const signed = (units: number): string => count(units).replace('-', '−');

const columns = (english: boolean): Column<StockRowDto>[] => [
  { head: t('reports.column.warehouse'), of: ({ warehouse }) => warehouse },
  { head: t('reports.column.item-code'), of: ({ itemCode }) => itemCode },
  { head: t('reports.column.item'), of: ({ item, itemEn }) => (english ? itemEn : item) },
  { head: t('reports.column.unit'), of: ({ unit }) => unit },
  ...FIGURES.map((key) => ({
    head: t(`reports.column.${key}`),
    of: (row: StockRowDto) => signed(row[key]),
    numeric: true,
  })),
];
