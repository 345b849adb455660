import { useMemo } from 'react';
import type { AlarmMeasureDto, AlarmReportDto } from '../../../src/reports/reports.dto.js';
import { useDesks } from '../duty/desks.js';
import { count } from '../i18n/format.js';
import { t, useLocale } from '../i18n/i18n.js';
import { Chart } from './Chart.js';
import type { Bars } from './chart.rules.js';
import { spanText } from './filters.rules.js';
import { Frame } from './Frame.js';
import { READERS } from './readers.js';
import { type Column, Table } from './Table.js';

const SHARES = { 'share-I': 'severity.I', 'share-II': 'severity.II', 'share-rest': 'reports.share-rest' } as const;
type ShareCode = keyof typeof SHARES;

/** 告警健康 (C-18): how the alarms of one desk did; the first of ours unless one is chosen. */
export function AlarmHealth({ filters }: { filters: string }) {
  const [own] = useDesks(READERS);
  const asked = new URLSearchParams(filters);
  if (!asked.has('societyId') && own) asked.set('societyId', own.id);
  if (!asked.has('societyId')) return <p className="empty">{t('reports.no-desk')}</p>;
  return (
    <Frame<AlarmReportDto> report="alarms" filters={asked.toString()}>
      {(report) => (
        <>
          <Shares measures={report.measures} />
          <Table title={t('reports.tab.alarms')} rows={report.measures} columns={columns()} keyOf={({ code }) => code} empty="" />
          <p className="quiet">
            {t(`reports.note-hours-${report.operatorHoursBy}`, { hours: count(Math.round(report.operatorHours * 10) / 10) })}
          </p>
          <p className="quiet">{t('reports.note-alarms')}</p>
        </>
      )}
    </Frame>
  );
} // prettier-ignore

function Shares({ measures }: { measures: AlarmMeasureDto[] }) {
  const locale = useLocale();
  const shares = useMemo(() => measures.filter(({ code, value }) => code in SHARES && value !== null), [measures]);
  const level = ({ code }: AlarmMeasureDto) => t(SHARES[code as ShareCode]);
  const bars = useMemo<Bars>(
    () => ({
      categories: shares.map(level),
      series: [
        { name: t('reports.actual'), color: '--team-moving', values: shares.map(({ value }) => value!) },
        { name: t('reports.goal'), color: '--team-unavailable', values: shares.map(({ goal }) => goal ?? 0) },
      ],
      label: (value) => `${value}%`,
    }),
    [shares, locale],
  );
  if (shares.length === 0) return null;
  const told = shares.map((one) => t('reports.told-share', { level: level(one), actual: one.value, goal: one.goal }));
  return <Chart bars={bars} told={told.join(t('reports.and'))} />;
}

const columns = (): Column<AlarmMeasureDto>[] => [
  { head: t('reports.column.measure'), of: ({ code }) => t(`reports.measure.${code}`) },
  { head: t('reports.column.value'), of: ({ kind, value }) => figure(kind, value), numeric: true },
  { head: t('reports.column.goal'), of: ({ goal, ...one }) => (goal === null ? '—' : bound(one, goal)), numeric: true },
  { head: t('reports.column.verdict'), of: ({ met }) => <Verdict met={met} /> },
];

/** Shares of the levels are neither bound: they are told beside what is usual. */
const BELOW: readonly string[] = ['flood-share', 'stale'];
function bound({ code, kind }: Pick<AlarmMeasureDto, 'code' | 'kind'>, goal: number): string {
  const value = figure(kind, goal);
  return code in SHARES ? value : t(BELOW.includes(code) ? 'reports.below' : 'reports.at-most', { value });
}

const figure = (kind: AlarmMeasureDto['kind'], value: number | null): string =>
  value === null ? '—' : kind === 'duration' ? spanText(value) : count(value);

function Verdict({ met }: { met: boolean | null }) {
  if (met === null) return '—';
  return <span className={met ? undefined : 'unmet'}>{`${met ? '✓' : '✗'} ${t(met ? 'reports.met' : 'reports.missed')}`}</span>;
} // prettier-ignore
