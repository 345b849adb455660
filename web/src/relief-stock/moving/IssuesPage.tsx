import type { IssueDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { Since } from '../../parts/Since.js';
import { BackTo, NewPaper, PaperList, PaperRow } from '../parts/PaperList.js';
import { useDutyOf } from '../parts/who.js';
import { IssueForm } from './IssueForm.js';
import { IssueSheet } from './IssueSheet.js';
import './moving.css';

type Props = { warehouseId: string; parts: readonly string[] };
const BASE = '#/keeper/issues';

/** Goods that leave under a release order: `#/keeper/issues`, `/new` and `/<issue>`. */
export default function IssuesPage({ warehouseId, parts: [what] }: Props) {
  if (!what) return <IssueList warehouseId={warehouseId} />;
  return (
    <div className="page">
      <BackTo href={BASE} />
      {what === 'new' ? <IssueForm warehouseId={warehouseId} /> : <IssueSheet key={what} id={what} />}
    </div>
  );
}

const ENDED = new Set(['closed', 'cancelled']);

function IssueList({ warehouseId }: { warehouseId: string }) {
  const duty = useDutyOf(warehouseId);
  const changed = useChanged('stock-issue');
  const issues = useFetched<{ items: IssueDto[] }>(`/stock/issues${query({ warehouseId, limit: 100 })}`, changed);
  return (
    <div className="page">
      {duty ? (
        <NewPaper href={`${BASE}/new`} may="stock.order" words={t('moving.new-issue')} />
      ) : (
        <p className="quiet">{t('moving.duty-releases')}</p>
      )}
      <PaperList
        of={issues}
        empty={t('moving.no-issues')}
        sections={(rows) => [
          { title: t('moving.issues-to-do'), rows: rows.filter(({ status }) => !ENDED.has(status)) },
          { title: t('moving.issues-ended'), rows: rows.filter(({ status }) => ENDED.has(status)) },
        ]}
        row={(row) => (
          <PaperRow
            href={`${BASE}/${row.id}`}
            title={row.recipient}
            aside={<Since at={row.statusSince} />}
            state={
              <>
                {t(`issue.${row.status}`)} · {t(`issue.purpose.${row.purpose}`)}
                {row.approval === 'deferred' && (
                  <b className="moving-differs">
                    {' '}
                    <span aria-hidden="true">◷</span> {t('issue.approval.deferred')}
                  </b>
                )}
              </>
            }
            detail={`${row.number} · ${t('moving.size', { lines: row.lines, units: count(row.units) })}`}
          />
        )}
      />
    </div>
  );
}
