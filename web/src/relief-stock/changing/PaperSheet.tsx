import type { AdjustmentDto, StockReasonDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import { useSession } from '../../access/session.js';
import { useFetched } from '../../api/use-fetched.js';
import { count, stamp } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { PlainAct, ReasonAct } from './ReasonAct.js';

/** One paper with its signatures, and what this person may do with it. */
export function PaperSheet({ id }: { id: string }) {
  const { data: paper, problem, reload } = useFetched<AdjustmentDto>(`/stock/adjustments/${id}`);
  const reasons = useFetched<{ items: StockReasonDto[] }>('/stock/reasons').data?.items ?? [];
  if (!paper) return problem ? <Refusal problem={problem} /> : <Loading />;
  return (
    <article className="order-sheet">
      <h2>
        {t(`adjustments.kind.${paper.kind}`)} {paper.number}
      </h2>
      <p>
        <b>{t(`adjustments.status.${paper.status}`)}</b> · {stamp(paper.statusSince)}
        {paper.note && ` · ${paper.note}`}
      </p>
      {paper.rejectReason && <p className="notice problem">{paper.rejectReason}</p>}
      {paper.reversal && (
        <p className="notice warning">
          {t(`adjustments.reversal.${paper.reversal.status}`, { number: paper.reversal.number })}
        </p>
      )}
      <PaperLines paper={paper} reasons={reasons} />
      <p className="quiet">{t('adjustments.value', { yuan: count(paper.valueFen / 100) })}</p>
      <ul className="paper-list">
        {paper.signatures.map((each) => (
          <li key={each.role}>
            {t(`adjustments.role.${each.role}`)} · <b>{each.name}</b> · {stamp(each.signedAt)}
          </li>
        ))}
      </ul>
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
                {count(line.units)} {item?.unit}
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
  const roles = (useSession().actor?.grants ?? []).map(({ role }) => role);
  const keeps = roles.includes('keeper');
  const approves = roles.includes('checker') || roles.includes('dutyLead');
  const path = `/stock/adjustments/${paper.id}`;
  const body = { version: paper.version };
  const open = ['draft', 'submitted'].includes(paper.status);
  return (
    <div className="form-acts">
      {keeps && paper.status === 'draft' && (
        <PlainAct primary label={t('adjustments.submit')} path={`${path}/submit`} body={body} done={done} />
      )}
      {approves && paper.status === 'submitted' && (
        <>
          <PlainAct primary label={t('adjustments.approve')} path={`${path}/approve`} body={body} done={done} />
          <ReasonAct label={t('adjustments.reject')} path={`${path}/reject`} body={body} done={done} />
        </>
      )}
      {keeps && open && <PlainAct label={t('adjustments.cancel')} path={`${path}/cancel`} body={body} done={done} />}
      {keeps && paper.status === 'posted' && !paper.reversal && (
        <ReasonAct label={t('changing.reverse')} path="/stock/reversals" body={{ documentId: paper.id }} done={done} />
      )}
      {approves && paper.reversal?.status === 'submitted' && (
        <>
          <PlainAct
            primary
            label={t('changing.approve-reversal')}
            path={`/stock/reversals/${paper.reversal.id}/approve`}
            done={done}
          />
          <ReasonAct
            label={t('changing.reject-reversal')}
            path={`/stock/reversals/${paper.reversal.id}/reject`}
            done={done}
          />
        </>
      )}
    </div>
  );
}
