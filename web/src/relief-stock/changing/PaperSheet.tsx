import type { AdjustmentDto, StockReasonDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { Act, ReasonAct } from '../../parts/Act.js';
import { Reversal } from '../parts/Reversal.js';
import { APPROVES, KEEPS, useRoleAt } from '../parts/who.js';
import { Replacements } from './Replacements.js';

/** One paper with its signatures, and what this person may do with it. */
export function PaperSheet({ id }: { id: string }) {
  const { data: paper, problem, reload } = useFetched<AdjustmentDto>(`/stock/adjustments/${id}`);
  const reasons = useFetched<{ items: StockReasonDto[] }>('/stock/reasons').data?.items ?? [];
  if (!paper) return problem ? <Refusal problem={problem} /> : <Loading />;
  return (
    <article className="page">
      <h2>
        {t(`adjustments.kind.${paper.kind}`)} {paper.number}
      </h2>
      <p>
        <b>{t(`adjustments.status.${paper.status}`)}</b> · {stamp(paper.statusSince)}
        {paper.note && ` · ${paper.note}`}
      </p>
      {paper.rejectReason && <p className="notice problem">{paper.rejectReason}</p>}
      <PaperLines paper={paper} reasons={reasons} />
      <p className="quiet">{t('adjustments.value', { yuan: count(paper.valueFen / 100) })}</p>
      <ul className="paper-list">
        {paper.signatures.map((each) => (
          <li key={each.role}>
            {t(`adjustments.role.${each.role}`)} · <b>{each.name}</b> · {stamp(each.signedAt)}
          </li>
        ))}
      </ul>
      <Replacements paper={paper} done={reload} />
      <PaperActs paper={paper} done={reload} />
    </article>
  );
}

function PaperLines({ paper, reasons }: { paper: AdjustmentDto; reasons: StockReasonDto[] }) {
  const words = new Map(reasons.map((reason) => [reason.code, named(reason)]));
  return (
    <table className="keeper-table">
      <thead>
        <tr>
          {['keeper.item', 'keeper.lot-code', 'changing.bin', 'adjustments.reason', 'keeper.units'].map((key) => (
            <th key={key} scope="col">
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {paper.lines.map((line) => {
          const item = live.store.row('item', line.itemId);
          return (
            <tr key={line.line}>
              <th scope="row">{named(item)}</th>
              <td>{line.lotCode}</td>
              <td>{line.binCode}</td>
              <td>{words.get(line.reason) ?? line.reason}</td>
              <td className="numeric">
                {line.direction === 'in' ? '+' : '−'}
                {count(line.units)} {unitOf(item)}
                {line.pack && (
                  <small className="quiet">
                    {' '}
                    {t('changing.packs', { packs: count(line.pack.packs), name: line.pack.name })}
                  </small>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function PaperActs({ paper, done }: { paper: AdjustmentDto; done: () => void }) {
  const keeps = useRoleAt(paper.warehouseId, KEEPS);
  const approves = useRoleAt(paper.warehouseId, APPROVES);
  const path = `/stock/adjustments/${paper.id}`;
  const body = { version: paper.version };
  const open = ['draft', 'submitted'].includes(paper.status);
  return (
    <div className="form-acts">
      {paper.status === 'draft' && (
        <Act
          look="primary"
          label={t('adjustments.submit')}
          path={`${path}/submit`}
          body={body}
          done={done}
          blocked={keeps ? null : t('keeper.only-keeper')}
        />
      )}
      {paper.status === 'submitted' && (
        <Act
          look="primary"
          label={t('adjustments.approve')}
          path={`${path}/approve`}
          body={body}
          done={done}
          blocked={approves ? null : t('keeper.only-checker')}
        />
      )}
      {approves && paper.status === 'submitted' && (
        <ReasonAct label={t('adjustments.reject')} path={`${path}/reject`} body={body} done={done} />
      )}
      {keeps && open && (
        <Act look="plain" label={t('adjustments.cancel')} path={`${path}/cancel`} body={body} done={done} />
      )}
      {['posted', 'reversed'].includes(paper.status) && (
        <Reversal documentId={paper.id} warehouseId={paper.warehouseId} reversal={paper.reversal} done={done} />
      )}
    </div>
  );
}
