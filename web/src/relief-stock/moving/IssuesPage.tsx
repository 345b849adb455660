import type { IssueDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { Since } from '../../parts/Since.js';
import { IssueForm } from './IssueForm.js';
import { IssueSheet } from './IssueSheet.js';
import './moving.css';
import { useDutyOf } from './TransfersPage.js';
import { useChanged } from './use-changed.js';

type Props = { warehouseId: string; parts: readonly string[] };

/** Goods that leave under a release order: `#/keeper/issues`, `/new` and `/<issue>`. */
export default function IssuesPage({ warehouseId, parts: [what] }: Props) {
  if (what === 'new') return <IssueForm warehouseId={warehouseId} />;
  if (what) return <IssueSheet key={what} id={what} />;
  return <IssueList warehouseId={warehouseId} />;
}

const ENDED = new Set(['closed', 'cancelled']);

function IssueList({ warehouseId }: { warehouseId: string }) {
  const duty = useDutyOf(warehouseId);
  const changed = useChanged('stock-issue');
  const { data, problem } = useFetched<{ items: IssueDto[] }>(
    `/stock/issues?warehouseId=${warehouseId}&limit=100`,
    changed,
  );
  const parts = [
    ['to-do', (data?.items ?? []).filter(({ status }) => !ENDED.has(status))],
    ['ended', (data?.items ?? []).filter(({ status }) => ENDED.has(status))],
  ] as const;
  return (
    <div className="moving">
      {duty && (
        <div className="form-acts">
          <a className="button primary" href="#/keeper/issues/new">
            <span aria-hidden="true">+</span> {t('moving.new-issue')}
          </a>
        </div>
      )}
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data?.items.length === 0 && <p className="empty">{t('moving.no-issues')}</p>}
      {parts.map(([section, rows]) =>
        rows.length === 0 ? null : (
          <section key={section} aria-labelledby={`issues-${section}`}>
            <h3 id={`issues-${section}`}>
              {t(`moving.issues-${section}`)} <span className="numeric">{rows.length}</span>
            </h3>
            <ul>
              {rows.map((row) => (
                <IssueRow key={row.id} row={row} />
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  );
}

function IssueRow({ row }: { row: IssueDto }) {
  return (
    <li>
      <a className="moving-row" href={`#/keeper/issues/${row.id}`}>
        <b className="clip">{row.recipient}</b>
        <Since at={row.statusSince} />
        <span className="clip">
          {t(`issue.${row.status}`)} · {t(`issue.purpose.${row.purpose}`)}
          {row.approval === 'deferred' && (
            <b className="moving-differs">
              {' '}
              <span aria-hidden="true">◷</span> {t('issue.approval.deferred')}
            </b>
          )}
        </span>
        <span className="quiet numeric">{t('moving.size', { lines: row.lines, units: count(row.units) })}</span>
      </a>
    </li>
  );
}
