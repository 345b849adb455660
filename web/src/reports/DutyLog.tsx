import { useState } from 'react';
import { aboutOf } from '../../../src/reports/log.rules.js';
import type { DutyLogDto, LogRowDto } from '../../../src/reports/reports.dto.js';
import { actorText, recordWords } from '../desk/log-text.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { Frame } from './Frame.js';
import { type Column, Table } from './Table.js';

const PAGE = 100;
const LATE_MS = 60_000;

/** 值班日志: the record in words, newest first, page by page. The way back is the trail of cursors. */
export function DutyLog({ filters }: { filters: string }) {
  const [trail, setTrail] = useState<string[]>([]);
  const cursor = trail.at(-1);
  const page = `${filters}&limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
  return (
    <Frame<DutyLogDto> report="duty-log" filters={page}>
      {(report) => (
        <>
          <Table title={t('reports.log-page', { page: trail.length + 1 })} rows={report.items} columns={columns()} keyOf={({ seq }) => seq} empty={t('reports.no-log')} />
          <p className="quiet">{t('reports.note-log')}</p>
          <nav className="work-nav" aria-label={t('reports.pages')}>
            <button type="button" className="button" disabled={trail.length === 0} onClick={() => setTrail(trail.slice(0, -1))}>
              <span aria-hidden="true">‹</span> {t('reports.newer')}
            </button>
            <button type="button" className="button" disabled={!report.nextCursor} onClick={() => setTrail([...trail, report.nextCursor!])}>
              {t('reports.older')} <span aria-hidden="true">›</span>
            </button>
          </nav>
        </>
      )}
    </Frame>
  );
} // prettier-ignore

const columns = (): Column<LogRowDto>[] => [
  { head: t('reports.column.seq'), of: ({ seq }) => seq, numeric: true },
  { head: t('reports.column.occurred'), of: (row) => <Moment row={row} /> },
  { head: t('reports.column.what'), of: (row) => recordWords(row, aboutOf(row.data)) },
  { head: t('reports.column.who'), of: ({ actorName }) => actorText(actorName) },
];

function Moment({ row: { at, occurredAt } }: { row: LogRowDto }) {
  const late = Date.parse(at) - Date.parse(occurredAt) > LATE_MS;
  return (
    <>
      <time dateTime={occurredAt}>{stamp(occurredAt)}</time>
      {late && <span className="quiet"> {t('timeline.entered-later', { at: stamp(at) })}</span>}
    </>
  );
}
