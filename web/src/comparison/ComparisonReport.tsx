import type { ComparisonReportDto } from '../../../src/reports/reports.dto.js';
import { t } from '../i18n/i18n.js';
import { Cut, Frame } from '../reports/Frame.js';
import { Table } from '../reports/Table.js';
import { comparedColumns } from './compared.js';
import './comparison.css';
import './messages.js';

type Row = ComparisonReportDto['rows'][number];

/** 灾后对照 of the incidents of a period, from stabilised on. */
export const ComparisonReport = ({ filters }: { filters: string }) => (
  <Frame<ComparisonReportDto> report="comparison" filters={filters}>
    {({ rows, cut, mostRows }) => (
      <>
        <Cut cut={cut} most={mostRows} />
        <Table
          title={t('reports.tab.comparison')}
          rows={rows.flatMap((row) => row.items.map((item) => ({ row, item })))}
          columns={[
            { head: t('reports.column.number'), of: ({ row }) => row.number },
            { head: t('reports.column.incident'), of: ({ row }) => row.title },
            ...comparedColumns(({ item }: { row: Row; item: Row['items'][number] }) => item),
          ]}
          keyOf={({ row, item }) => `${row.incidentId} ${item.itemId}`}
          empty={t('reports.comparison-empty')}
        />
        <p className="quiet">{t('compare.what')}</p>
      </>
    )}
  </Frame>
);
