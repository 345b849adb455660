import type { AdjustmentHeadDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { BackTo, NewPaper, PaperList, PaperRow } from '../parts/PaperList.js';
import { AdjustmentForm } from './AdjustmentForm.js';
import './changing.css';
import { PaperSheet } from './PaperSheet.js';

const BASE = '#/keeper/adjustments';

/** Papers that change stock without a lorry: those that wait first. `#/keeper/adjustments[/new|/ID]` */
export default function AdjustmentsPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const [part] = parts;
  if (!part) return <Papers warehouseId={warehouseId} />;
  return (
    <div className="page">
      <BackTo href={BASE} />
      {part === 'new' ? <AdjustmentForm warehouseId={warehouseId} /> : <PaperSheet key={part} id={part} />}
    </div>
  );
}

function Papers({ warehouseId }: { warehouseId: string }) {
  const changed = useChanged('stock-adjustment');
  const path = (status?: string) => `/stock/adjustments${query({ warehouseId, status, limit: 50 })}`;
  const waiting = useFetched<{ items: AdjustmentHeadDto[] }>(path('submitted'), changed);
  const all = useFetched<{ items: AdjustmentHeadDto[] }>(path(), changed);
  return (
    <div className="page">
      <NewPaper href={`${BASE}/new`} may="stock.adjust" words={t('adjustments.new')} />
      <PaperList
        of={all}
        empty={t('adjustments.none')}
        sections={(rows) => [
          { title: t('adjustments.waiting'), rows: waiting.data?.items ?? [] },
          { title: t('adjustments.others'), rows: rows.filter(({ status }) => status !== 'submitted') },
        ]}
        row={(paper) => (
          <PaperRow
            href={`${BASE}/${paper.id}`}
            title={`${t(`adjustments.kind.${paper.kind}`)} ${paper.number}`}
            aside={t(`adjustments.status.${paper.status}`)}
            detail={`${stamp(paper.receivedAt)} · ${paper.draftedBy} · ${t('adjustments.lines', { count: count(paper.lineCount) })}`}
          />
        )}
      />
    </div>
  );
}
