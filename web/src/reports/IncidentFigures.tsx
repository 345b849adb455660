import { useMemo } from 'react';
import type { IncidentFiguresDto } from '../../../src/reports/reports.dto.js';
import { count } from '../i18n/format.js';
import { t, useLocale } from '../i18n/i18n.js';
import { Chart } from './Chart.js';
import type { Bars } from './chart.rules.js';
import { Frame } from './Frame.js';
import { type Column, Table } from './Table.js';

const LEVELS = ['I', 'II', 'III', 'IV'] as const;
type Counts = IncidentFiguresDto['total'];

/** 事件统计: how many incidents there were, by time, kind and society, each by level. */
export const IncidentFigures = ({ filters }: { filters: string }) => (
  <Frame<IncidentFiguresDto> report="incidents" filters={filters}>
    {(report) => <Figures report={report} />}
  </Frame>
);

function Figures({ report }: { report: IncidentFiguresDto }) {
  const { over, kinds, societies, total, step, left } = report;
  if (total.total === 0) return <p className="empty">{t('reports.no-incidents')}</p>;
  const totals = [t('reports.total'), ...[...LEVELS.map((level) => total[level]), total.total].map(count)];
  const table = { totals, empty: '' };
  return (
    <>
      <OverTime over={over} total={total} />
      {left > 0 && <p className="quiet">{t('reports.left-out', { count: left })}</p>}
      <Table {...table} title={t(`reports.by-${step}`)} rows={over} keyOf={({ from }) => from} columns={[{ head: t('reports.column.from'), of: ({ from }) => from }, ...counts()]} />
      <Table {...table} title={t('reports.by-kind')} rows={kinds} keyOf={({ kind }) => kind} columns={[{ head: t('reports.column.kind'), of: ({ kind }) => t(`kind.${kind}`) }, ...counts()]} />
      <Table {...table} title={t('reports.by-society')} rows={societies} keyOf={({ societyId }) => societyId} columns={[{ head: t('reports.column.society'), of: ({ society }) => society }, ...counts()]} />
    </>
  );
} // prettier-ignore

const counts = <Row extends Counts>(): Column<Row>[] => [
  ...LEVELS.map((level) => ({ head: t(`severity.${level}`), of: (row: Row) => count(row[level]), numeric: true })),
  { head: t('reports.total'), of: (row: Row) => count(row.total), numeric: true },
];

function OverTime({ over, total }: Pick<IncidentFiguresDto, 'over' | 'total'>) {
  const locale = useLocale();
  const bars = useMemo<Bars>(
    () => ({
      categories: over.map(({ from }) => from.slice(5)),
      stacked: true,
      series: LEVELS.map((level) => ({
        name: t(`severity.${level}`),
        color: `--severity-${level}`,
        values: over.map((step) => step[level]),
      })),
    }),
    [over, locale],
  );
  const most = over.reduce((a, b) => (b.total > a.total ? b : a));
  return <Chart bars={bars} told={t('reports.told-incidents', { total: total.total, most: most.total, from: most.from })} />;
} // prettier-ignore
