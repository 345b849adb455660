import type { ComparisonDto } from '../../../src/comparison/comparison.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { useSession } from '../access/session.js';
import { useFetched } from '../api/use-fetched.js';
import { at } from '../app/world.js';
import { locale, t } from '../i18n/i18n.js';
import { useChanged } from '../live/use-changed.js';
import { Loading } from '../parts/Loading.js';
import { PrintLink } from '../parts/PrintLink.js';
import { Refusal } from '../parts/Refusal.js';
import { dayAt } from '../relief-stock/parts/days.js';
import { READERS } from '../reports/readers.js';
import '../reports/reports.css';
import { Table } from '../reports/Table.js';
import { comparedColumns } from './compared.js';
import './comparison.css';
import './messages.js';

/** 灾后对照 of one incident: what was estimated each time, and what was sent, used and left unmet. */
export default function ComparisonPanel({ incident }: { incident: IncidentDto }) {
  const revision = useChanged('incident', 'need-estimate', 'supply-order', 'stock-issue', 'stock-return', 'stock-reversal'); // prettier-ignore
  const { data, problem } = useFetched<ComparisonDto>(`/incidents/${incident.id}/comparison`, revision);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  const state = data.exercise ? 'exercise' : data.counts ? 'counts' : 'counts-not';
  return (
    <div className="panel-scroll comparison">
      <div className="report-head">
        <span className="quiet">{t(`compare.${state}`)}</span>
        <Files incident={incident} />
      </div>
      <Table
        title={t('compare.title')}
        rows={data.items}
        columns={comparedColumns((item: ComparisonDto['items'][number]) => item)}
        keyOf={({ itemId }) => itemId}
        empty={t('compare.empty')}
      />
      <p className="quiet">{t('compare.what')}</p>
    </div>
  );
}

/** The same table as a workbook and on paper, for those who read reports: from stabilised on it stands there. */
function Files({ incident: { id, reportedAt, status, exercise } }: { incident: IncidentDto }) {
  const { actor } = useSession();
  const reads = (actor?.grants ?? []).some(({ role }) => READERS.includes(role));
  if (!reads || exercise || !['stabilised', 'demobilising', 'closed'].includes(status)) return null;
  const day = dayAt(reportedAt);
  const filters = `from=${day}&to=${day}&incidentId=${id}&locale=${locale()}`;
  const address = (kind: string) => at(`/api/v1/reports/comparison.${kind}?${filters}`);
  return (
    <>
      <a className="button" download href={address('xlsx')}>
        <span aria-hidden="true">↓</span> Excel
      </a>
      <PrintLink href={address('pdf')}>PDF</PrintLink>
    </>
  );
}
