import type { FormEvent } from 'react';
import type {
  AdjustmentDto,
  AdjustmentKind,
  StockReasonDto,
} from '../../../../src/relief-stock/changing/adjustment.dto.js';
import { newId } from '../../api/ids.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { useDraft } from '../../app/drafts.js';
import { go } from '../../app/routes.js';
import { named, t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { ItemPicker } from '../ItemPicker.js';
import {
  EMPTY_LINE,
  EMPTY_PAPER,
  isComplete,
  type LineDraft,
  mayBeNew,
  paperBody,
  type PaperDraft,
} from './adjustment-draft.rules.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { BinField } from '../parts/BinField.js';
import { CellChoice } from '../parts/cells.js';
import { KEEPS, useRoleAt } from '../parts/who.js';
import { LineUnits } from './LineUnits.js';

const KINDS: readonly AdjustmentKind[] = ['adjustment', 'damage', 'disposal', 'rotation'];

/** One paper: what happened to which goods and why. Small differences are posted at once, large ones wait for another person. */
export function AdjustmentForm({ warehouseId }: { warehouseId: string }) {
  const { values: draft, change, discard } = useDraft<PaperDraft>(`paper.${warehouseId}`, EMPTY_PAPER);
  const known = useFetched<{ items: StockReasonDto[] }>('/stock/reasons').data?.items ?? [];
  const reasons = new Map(known.map((reason) => [reason.code, reason]));
  const keeps = useRoleAt(warehouseId, KEEPS);
  const { busy, problem, send } = useCommand();
  const edit = (part: Partial<PaperDraft>) => change(draft.id === '' ? { id: newId(), ...part } : part);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const paper = await send<AdjustmentDto>('/stock/adjustments', paperBody(draft, warehouseId));
    if (!paper) return;
    discard();
    say(t(`adjustments.said-${paper.status}`, { number: paper.number }));
    go(`keeper/adjustments/${paper.id}`);
  };
  return (
    <form className="goods-receipt" onSubmit={(event) => void submit(event)} noValidate>
      <Choices
        legend={t('adjustments.kind')}
        name="kind"
        values={KINDS}
        value={draft.kind}
        choose={(kind) => edit({ kind, lines: [EMPTY_LINE] })}
        words={(kind) => t(`adjustments.kind.${kind}`)}
      />
      {draft.lines.map((line, n) => (
        <PaperLine
          key={n}
          n={n}
          line={line}
          warehouseId={warehouseId}
          reasons={known.filter(({ kind }) => kind === draft.kind)}
          set={(part) => edit({ lines: draft.lines.map((each, at) => (at === n ? { ...each, ...part } : each)) })}
        />
      ))}
      <div className="form-acts">
        <button type="button" className="button" onClick={() => edit({ lines: [...draft.lines, EMPTY_LINE] })}>
          <span aria-hidden="true">+</span> {t('keeper.add-line')}
        </button>
        {draft.lines.length > 1 && (
          <button type="button" className="button bare" onClick={() => edit({ lines: draft.lines.slice(0, -1) })}>
            {t('keeper.remove-line', { n: draft.lines.length })}
          </button>
        )}
      </div>
      {draft.kind === 'rotation' && <Replacement draft={draft} edit={edit} />}
      <TextField label={t('keeper.note')} value={draft.note} set={(note) => edit({ note })} />
      <Refusal problem={problem} />
      <Submit
        label={t('adjustments.submit')}
        busy={busy}
        lacks={!keeps ? t('keeper.only-keeper') : isComplete(draft, reasons) ? null : t('adjustments.incomplete')}
      />
    </form>
  );
}

type LineProps = {
  n: number;
  line: LineDraft;
  warehouseId: string;
  reasons: StockReasonDto[];
  set: (part: Partial<LineDraft>) => void;
};

function PaperLine({ n, line, warehouseId, reasons, set }: LineProps) {
  const reason = reasons.find(({ code }) => code === line.reason);
  const fresh = mayBeNew(line, reason);
  return (
    <fieldset className="receipt-line">
      <legend>{t('keeper.line', { n: n + 1 })}</legend>
      <SelectField
        label={t('adjustments.reason')}
        required
        value={line.reason}
        set={(code) => set({ reason: code, direction: '' })}
        none={t('form.choose')}
        options={reasons.map((each) => ({ value: each.code, words: named(each) }))}
      />
      {reason?.direction === 'either' && (
        <Choices
          legend={t('adjustments.direction')}
          name={`direction-${n}`}
          values={['out', 'in'] as const}
          value={line.direction}
          choose={(direction) => set({ direction })}
          words={(direction) => t(`adjustments.direction.${direction}`)}
        />
      )}
      <CellChoice
        name={`cell-${n}`}
        warehouseId={warehouseId}
        itemId={line.itemId}
        chooseItem={(itemId) => set({ itemId, cell: null, packId: '' })}
        cell={line.cell}
        chooseCell={(cell) => set({ cell, lotCode: '' })}
      />
      {fresh && line.itemId !== '' && <NewLot line={line} warehouseId={warehouseId} set={set} />}
      <LineUnits line={line} set={set} />
    </fieldset>
  );
}

type NewLotProps = Pick<LineProps, 'line' | 'warehouseId' | 'set'>;

function NewLot({ line, warehouseId, set }: NewLotProps) {
  return (
    <details open={line.lotCode !== ''}>
      <summary className="button bare">{t('adjustments.new-lot')}</summary>
      <div className="form-grid">
        <TextField
          label={t('keeper.lot-code')}
          required
          maxLength={80}
          value={line.lotCode}
          set={(lotCode) => set({ lotCode, cell: null })}
        />
        <TextField
          label={t('keeper.expires-on')}
          type="date"
          value={line.expiresOn}
          set={(expiresOn) => set({ expiresOn })}
        />
        <BinField warehouseId={warehouseId} value={line.binId} set={(binId) => set({ binId })} required />
      </div>
    </details>
  );
}

function Replacement({ draft, edit }: { draft: PaperDraft; edit: (part: Partial<PaperDraft>) => void }) {
  const { replacement } = draft;
  const set = (part: Partial<PaperDraft['replacement']>) => edit({ replacement: { ...replacement, ...part } });
  return (
    <fieldset className="receipt-line">
      <legend>{t('adjustments.replacement')}</legend>
      <ItemPicker itemId={replacement.itemId} choose={(itemId) => set({ itemId })} fault={null} />
      <div className="form-grid">
        <TextField
          label={t('keeper.units')}
          type="units"
          required
          value={replacement.units}
          set={(units) => set({ units })}
        />
        <TextField
          label={t('adjustments.due-on')}
          type="date"
          required
          value={replacement.dueOn}
          set={(dueOn) => set({ dueOn })}
        />
        <TextField
          label={t('adjustments.supplier')}
          required
          maxLength={80}
          value={replacement.supplier}
          set={(supplier) => set({ supplier })}
        />
      </div>
    </fieldset>
  );
}
