import { useMemo } from 'react';
import { type ResponseFigureDto, type ResponseRowDto, type ResponseTimesDto, type Span, SPANS } from '../../../src/reports/reports.dto.js'; // prettier-ignore
import { count, stamp } from '../i18n/format.js';
import { t, useLocale } from '../i18n/i18n.js';
import { Chart } from './Chart.js';
import type { Bars } from './chart.rules.js';
import { spanText } from './filters.rules.js';
import { Cut, Frame } from './Frame.js';
import { type Column, Table } from './Table.js';

/** 应用时: how long it took from the report to the first alert, and from there to answer, departure and arrival. */
export const ResponseTimes = ({ filters }: { filters: string }) => (
  <Frame<ResponseTimesDto> report="response-times" filters={filters}>
    {(report) => <Times report={report} />}
  </Frame>
);

function Times({ report }: { report: ResponseTimesDto }) {
  const all = report.figures.filter(({ severity }) => severity === null);
  return (
    <>
      <Cut cut={report.cut} most={report.mostRows} />
      {all.some(({ n }) => n > 0) && <Percentiles figures={all} />}
      <Table
        title={t('reports.percentiles')}
        rows={report.rows.length === 0 ? [] : report.figures}
        columns={figureColumns()}
        keyOf={({ severity, span }) => `${severity} ${span}`}
        empty={t('reports.no-incidents')}
      />
      <ul className="report-notes quiet">
        {['span', 'percentile', 'limit'].map((note) => (
          <li key={note}>{t(`reports.note-${note}`)}</li>
        ))}
      </ul>
      {report.rows.length > 0 && (
        <Table
          title={t('reports.each-incident')}
          rows={report.rows}
          columns={rowColumns()}
          keyOf={({ incidentId }) => incidentId}
          empty=""
        />
      )}
    </>
  );
}

function Percentiles({ figures }: { figures: ResponseFigureDto[] }) {
  const locale = useLocale();
  const bars = useMemo<Bars>(() => {
    const measured = figures.filter(({ n }) => n > 0);
    return {
      categories: measured.map(({ span, n }) => t('reports.span-n', { span: t(`reports.span.${span}`), n })),
      series: [
        { name: head('p50'), color: '--team-moving', values: measured.map(({ p50S }) => p50S!) },
        { name: head('p90'), color: '--severity-II', values: measured.map(({ p90S }) => p90S!) },
      ],
      label: (value) => spanText(Math.round(value)),
    };
  }, [figures, locale]);
  const told = figures
    .filter(({ n }) => n > 0)
    .map(({ span, p50S, p90S }) => t('reports.told-span', { span: t(`reports.span.${span}`), p50: spanText(p50S), p90: spanText(p90S) })); // prettier-ignore
  return <Chart bars={bars} told={told.join(t('reports.and'))} />;
}

const share = (part: number, of: number): string =>
  of === 0 ? '—' : `${count(part)} (${Math.round((part * 100) / of)}%)`;
const head = (key: string): string => t(`reports.column.${key}`);

const figureColumns = (): Column<ResponseFigureDto>[] => [
  { head: head('severity'), of: ({ severity }) => (severity ? t(`severity.${severity}`) : t('reports.all-levels')) },
  { head: head('span'), of: ({ span }) => t(`reports.span.${span}`) },
  { head: head('n'), of: ({ n }) => count(n), numeric: true },
  { head: head('p50'), of: ({ p50S }) => spanText(p50S), numeric: true },
  { head: head('p90'), of: ({ p90S }) => spanText(p90S), numeric: true },
  { head: head('limit'), of: ({ limitS }) => spanText(limitS), numeric: true },
  {
    head: head('within-limit'),
    of: ({ span, withinLimit, n }) => (['dispatch', 'acknowledge'].includes(span) ? share(withinLimit, n) : '—'),
    numeric: true,
  },
  { head: head('field'), of: ({ fieldS }) => spanText(fieldS), numeric: true },
  { head: head('within-field'), of: ({ fieldS, withinField, n }) => (fieldS === null ? '—' : share(withinField, n)), numeric: true },
  { head: head('doubtful'), of: ({ doubtful }) => count(doubtful), numeric: true },
  { head: head('open'), of: ({ open }) => count(open), numeric: true },
]; // prettier-ignore

const rowColumns = (): Column<ResponseRowDto>[] => [
  { head: head('number'), of: ({ number }) => number },
  { head: head('incident'), of: ({ title }) => title },
  { head: head('severity'), of: ({ severity }) => t(`severity.${severity}`) },
  { head: head('society'), of: ({ society }) => society },
  { head: head('reported'), of: ({ reportedAt }) => stamp(reportedAt), numeric: true },
  ...SPANS.map((span) => ({
    head: t(`reports.span.${span}`),
    of: (row: ResponseRowDto) => <Took seconds={secondsOf(row, span)} doubtful={row.doubtful.includes(span)} />,
    numeric: true,
  })),
];

const secondsOf = (row: ResponseRowDto, span: Span): number | null =>
  ({ dispatch: row.dispatchS, acknowledge: row.acknowledgeS, depart: row.departS, arrive: row.arriveS })[span];

function Took({ seconds, doubtful }: { seconds: number | null; doubtful: boolean }) {
  if (!doubtful) return spanText(seconds);
  return (
    <>
      {spanText(seconds)} <span className="report-doubt">{t('reports.doubtful')}</span>
    </>
  );
}
