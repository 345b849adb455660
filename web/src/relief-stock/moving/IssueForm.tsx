import { useState } from 'react';
import type { FormEvent } from 'react';
import { ISSUE_PURPOSES, type IssueDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { EMPTY_GOODS, goodsBody, GoodsEditor, isReady } from './GoodsEditor.js';
import { toInstant, toLocal } from './moving.rules.js';
import { TextField } from './TextField.js';

const EMPTY = {
  purpose: 'poor-relief' as IssueDto['purpose'], recipient: '', place: '', plannedAt: '', note: '', deferReason: '', goods: [EMPTY_GOODS],
}; // prettier-ignore

/** A release order: for whom, why, what. What needs a second signature says so once it is ordered. */
export function IssueForm({ warehouseId }: { warehouseId: string }) {
  const { values, change, discard } = useDraft(`issue.${warehouseId}`, EMPTY);
  const [soon] = useState(() => toLocal(Date.now() + 3_600_000));
  const plannedAt = values.plannedAt || soon;
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await send<IssueDto>('/stock/issues', orderBody(warehouseId, { ...values, plannedAt }));
    if (!made) return;
    discard();
    go(`keeper/issues/${made.id}`);
  };
  const input = (name: 'recipient' | 'place' | 'note' | 'deferReason', maxLength: number) => (
    <TextField
      label={t(`issue.${name}`)}
      value={values[name]}
      maxLength={maxLength}
      required={name === 'recipient'}
      set={(text) => change({ [name]: text })}
      {...(name === 'deferReason' ? { hint: t('issue.deferReason-hint') } : {})}
    />
  );
  return (
    <form className="moving keeper-form" onSubmit={(event) => void submit(event)}>
      <Choices
        legend={t('issue.purpose')}
        name="purpose"
        values={ISSUE_PURPOSES}
        value={values.purpose}
        choose={(purpose) => change({ purpose })}
        words={(purpose) => t(`issue.purpose.${purpose}`)}
      />
      <div className="form-grid">
        {input('recipient', 80)}
        {input('place', 80)}
        <TextField
          label={t('issue.plannedAt')}
          type="datetime-local"
          required
          value={plannedAt}
          set={(moment) => change({ plannedAt: moment })}
        />
        {input('note', 400)}
      </div>
      <GoodsEditor warehouseId={warehouseId} goods={values.goods} change={(goods) => change({ goods })} />
      {input('deferReason', 400)}
      <Refusal problem={problem} />
      <button
        type="submit"
        className="button primary huge"
        disabled={busy || values.recipient.trim() === '' || !isReady(values.goods)}
      >
        {t('issue.act.order')}
      </button>
    </form>
  );
}

const orderBody = (warehouseId: string, { purpose, recipient, place, plannedAt, note, deferReason, goods }: typeof EMPTY) => ({
  warehouseId, purpose, recipient: recipient.trim(), ...(place.trim() ? { place: place.trim() } : {}), plannedAt: toInstant(plannedAt), note,
  ...(deferReason.trim() ? { deferReason: deferReason.trim() } : {}), goods: goodsBody(goods),
}); // prettier-ignore
