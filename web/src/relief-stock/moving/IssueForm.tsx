import { useState } from 'react';
import type { FormEvent } from 'react';
import { ISSUE_PURPOSES, type IssueDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { EMPTY_GOODS, goodsBody, isReady } from './goods.rules.js';
import { GoodsEditor } from './GoodsEditor.js';
import { toInstant, toLocal } from './moving.rules.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { useRows } from '../../live/hooks.js';
import { IncidentField } from '../parts/IncidentField.js';

const EMPTY = {
  purpose: 'poor-relief' as IssueDto['purpose'], recipient: '', place: '', plannedAt: '', note: '', deferReason: '', incidentId: '', forSocietyId: '', goods: [EMPTY_GOODS],
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
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
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
        <ForWhom values={values} change={change} />
      </div>
      <GoodsEditor warehouseId={warehouseId} goods={values.goods} change={(goods) => change({ goods })} />
      {input('deferReason', 400)}
      <Refusal problem={problem} />
      <Submit
        label={t('issue.act.order')}
        busy={busy}
        lacks={values.recipient.trim() !== '' && isReady(values.goods) ? null : t('issue.incomplete')}
      />
    </form>
  );
}

const NAMED_LEVELS = new Set(['province', 'city', 'county']);

type ForWhomProps = {
  values: Pick<typeof EMPTY, 'incidentId' | 'forSocietyId'>;
  change: (part: Partial<typeof EMPTY>) => void;
};

/** The incident and the people that the goods serve: earmarked goods are given for nothing else. */
function ForWhom({ values, change }: ForWhomProps) {
  const societies = useRows('society').filter(({ level }) => NAMED_LEVELS.has(level));
  return (
    <>
      <IncidentField
        label={t('moving.for-incident')}
        none={t('moving.no-incident')}
        hint={t('moving.for-hint')}
        value={values.incidentId}
        set={(incidentId) => change({ incidentId })}
      />
      <SelectField
        label={t('moving.for-society')}
        value={values.forSocietyId}
        set={(forSocietyId) => change({ forSocietyId })}
        none={t('moving.own-society')}
        options={[...societies]
          .sort((a, b) => a.adcode.localeCompare(b.adcode))
          .map(({ id, name }) => ({ value: id, words: name }))}
      />
    </>
  );
}

const orderBody = (warehouseId: string, { purpose, recipient, place, plannedAt, note, deferReason, incidentId, forSocietyId, goods }: typeof EMPTY) => ({
  warehouseId, purpose, recipient: recipient.trim(), ...(place.trim() ? { place: place.trim() } : {}), plannedAt: toInstant(plannedAt), note,
  ...(incidentId ? { incidentId } : {}), ...(forSocietyId ? { forSocietyId } : {}),
  ...(deferReason.trim() ? { deferReason: deferReason.trim() } : {}), goods: goodsBody(goods),
}); // prettier-ignore
