import type { AdjustmentHeadDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { AdjustmentForm } from './AdjustmentForm.js';
import './changing.css';
import { PaperSheet } from './PaperSheet.js';

/** Papers that change stock without a lorry: those that wait first. `#/keeper/adjustments[/new|/ID]` */
export default function AdjustmentsPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const [part] = parts;
  if (part === 'new') return <AdjustmentForm warehouseId={warehouseId} />;
  if (part) return <PaperSheet id={part} />;
  return <Papers warehouseId={warehouseId} />;
}

function Papers({ warehouseId }: { warehouseId: string }) {
  const waiting = useFetched<{ items: AdjustmentHeadDto[] }>(
    `/stock/adjustments${query({ warehouseId, status: 'submitted', limit: 50 })}`,
  );
  const all = useFetched<{ items: AdjustmentHeadDto[] }>(`/stock/adjustments${query({ warehouseId, limit: 50 })}`);
  const others = (all.data?.items ?? []).filter(({ status }) => status !== 'submitted');
  return (
    <div className="order-sheet">
      <a className="button primary huge" href="#/keeper/adjustments/new">
        <span aria-hidden="true">+</span> {t('adjustments.new')}
      </a>
      <PaperTable title={t('adjustments.waiting')} papers={waiting.data?.items ?? []} />
      <PaperTable title={t('adjustments.others')} papers={others} />
      {all.data?.items.length === 0 && <p className="empty">{t('adjustments.none')}</p>}
    </div>
  );
}

function PaperTable({ title, papers }: { title: string; papers: AdjustmentHeadDto[] }) {
  if (papers.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="paper-list">
        {papers.map((paper) => (
          <li key={paper.id}>
            <a href={`#/keeper/adjustments/${paper.id}`}>
              <b>
                {t(`adjustments.kind.${paper.kind}`)} {paper.number}
              </b>
              <span>{t(`adjustments.status.${paper.status}`)}</span>
              <small className="quiet">
                {stamp(paper.receivedAt)} · {paper.draftedBy} ·{' '}
                {t('adjustments.lines', { count: count(paper.lineCount) })}
              </small>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
