import { useState } from 'react';
import type { FormEvent } from 'react';
import type { IssueDetailDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { useDraft } from '../../app/drafts.js';
import { count, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Loading } from '../../parts/Loading.js';
import { Refusal } from '../../parts/Refusal.js';
import { Since } from '../../parts/Since.js';
import { say } from '../../parts/toast.js';
import { pickList } from '../order.rules.js';
import { PickList } from '../PickList.js';
import { Act, ReasonAct, Submit } from '../../parts/Act.js';
import { TextField } from '../../parts/TextField.js';
import { useActs, useSettled } from '../outbox/outbox.js';
import { withSteps } from '../outbox/overlay.rules.js';
import { StockStep } from '../outbox/StockStep.js';
import { useStockAct } from '../outbox/use-act.js';
import { GoodsTable } from './GoodsTable.js';
import { InquiryPanel } from './InquiryPanel.js';
import { Signatures } from './Signatures.js';
import { issueToDo } from './to-do.js';
import { SignForm } from './SignForm.js';
import { KEEPS, useDutyOf, useRoleAt } from '../parts/who.js';
import { useChanged } from '../../live/use-changed.js';

const NO_PICKS: { done: string[] } = { done: [] };

/** One issue: the release order, the next act, the goods. */
export function IssueSheet({ id }: { id: string }) {
  const changed = useChanged('stock-issue', 'stock-inquiry');
  const { data, problem, reload } = useFetched<IssueDetailDto>(`/stock/issues/${id}`, `${changed} ${useSettled()}`);
  const acts = useActs();
  const issue = data && withSteps(data, acts);
  const picks = useDraft(`pick.${id}`, NO_PICKS);
  if (!issue) return problem ? <Refusal problem={problem} /> : <Loading />;
  const picking = ['approved', 'picking'].includes(issue.status);
  return (
    <article className="page" aria-labelledby="issue-title">
      <Head issue={issue} />
      <NextAct issue={issue} done={reload} />
      {picking ? (
        <PickList
          warehouseId={issue.warehouseId}
          bins={pickList(issue.goods)}
          done={picks.values.done}
          toggle={issue.status === 'picking' ? (done) => picks.change({ done }) : null}
        />
      ) : (
        <GoodsTable goods={issue.goods} />
      )}
      {issue.inquiryId && <InquiryPanel id={issue.inquiryId} warehouseId={issue.warehouseId} />}
      <Signatures of={issue.signatures} />
    </article>
  );
}

function Head({ issue }: { issue: IssueDetailDto }) {
  return (
    <header>
      <h2 id="issue-title">
        {t(`issue.${issue.status}`)} <Since at={issue.statusSince} />
      </h2>
      <p>
        <b>{issue.number}</b>
        {issue.issueNumber && ` · ${issue.issueNumber}`} · {t(`issue.purpose.${issue.purpose}`)} · {issue.recipient}{' '}
        {issue.place}
      </p>
      <p className="quiet numeric">
        {t('moving.size', { lines: issue.lines, units: count(issue.units) })} ·{' '}
        {t('issue.value', { yuan: count(issue.valueFen / 100) })}
        {issue.unpricedLines > 0 && ` · ${t('issue.unpriced', { lines: issue.unpricedLines })}`} ·{' '}
        {t(`issue.approval.${issue.approval}`)}
      </p>
      {issue.approvalDueAt && (
        <p className="notice warning">
          {t('issue.approval-due', { at: stamp(issue.approvalDueAt) })} {issue.deferReason}
        </p>
      )}
      {issue.note && <p>{issue.note}</p>}
      {issue.reason && <p className="notice">{issue.reason}</p>}
      {issue.receiverName && (
        <p>
          {t('keeper.receiver')}: <b>{issue.receiverName}</b>
        </p>
      )}
    </header>
  );
}

function NextAct({ issue, done }: { issue: IssueDetailDto; done: () => void }) {
  const duty = useDutyOf(issue.warehouseId);
  const keeps = useRoleAt(issue.warehouseId, KEEPS);
  const { id, version, status, approval, number } = issue;
  const step = (name: string) => ({
    path: `/stock/issues/${id}/${name}`, body: { version }, label: t(`issue.act.${name}`), said: t(`issue.said.${name}`, { number }), done,
  }); // prettier-ignore
  const owed = ['needed', 'deferred'].includes(approval) && status !== 'cancelled';
  const onlyDuty = duty ? null : t('keeper.only-duty');
  const signed = ['signed', 'signed-with-differences'].includes(status);
  const inquired = ['open', 'write-off-proposed'].includes(issue.inquiryStatus ?? '');
  const closeWaits = approval === 'deferred' ? t('issue.close-waits') : inquired ? t('moving.close-waits') : null;
  return (
    <>
      {owed && <Act {...step('approve')} blocked={onlyDuty} />}
      {status === 'approved' && (
        <StockStep
          label={t('issue.act.pick')}
          said={t('issue.said.pick', { number })}
          todo={issueToDo(issue, 'issue-pick', 'pick')}
          done={done}
          blocked={keeps ? null : t('keeper.only-keeper')}
        />
      )}
      {status === 'picking' && <IssueOut issue={issue} done={done} />}
      {status === 'issued' && <SignForm issue={issue} done={done} />}
      {signed && <Act {...step('close')} blocked={closeWaits ?? onlyDuty} />}
      {duty && ['ordered', 'approved', 'picking'].includes(status) && <ReasonAct {...step('cancel')} />}
    </>
  );
}

/** Out of the door: with a carrier, or into the hands of who came for the goods. */
function IssueOut({ issue, done }: { issue: IssueDetailDto; done: () => void }) {
  const [values, set] = useState({ vehicle: '', carrierName: '', carrierPhone: '', receiverName: '' });
  const { busy, problem, act } = useStockAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const told = Object.fromEntries(Object.entries(values).filter(([, text]) => text.trim() !== '').map(([name, text]) => [name, text.trim()])); // prettier-ignore
    const answer = await act(issueToDo(issue, 'issue-hand-over', 'issue', told));
    if (answer === null) return;
    if (answer !== 'kept') say(t('issue.said.issue', { number: issue.number }));
    done();
  };
  const names = ['vehicle', 'carrierName', 'carrierPhone', 'receiverName'] as const;
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <div className="form-grid">
        {names.map((name) => (
          <TextField
            key={name}
            label={t(`issue.${name}`)}
            hint={name === 'receiverName' ? t('issue.receiverName-hint') : undefined}
            maxLength={80}
            value={values[name]}
            set={(text) => set({ ...values, [name]: text })}
          />
        ))}
      </div>
      <Refusal problem={problem} />
      <Submit label={t(values.receiverName.trim() ? 'issue.act.hand-over' : 'issue.act.issue')} busy={busy} />
    </form>
  );
}
