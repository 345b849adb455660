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
import { Choices, Field } from '../../parts/Field.js';
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
import { BinChoice, CellChoice } from './cells.js';

const KINDS: readonly AdjustmentKind[] = ['adjustment', 'damage', 'disposal', 'rotation'];

/** One paper: what happened to which goods and why. Small differences are posted at once, large ones wait for another person. */
export function AdjustmentForm({ warehouseId }: { warehouseId: string }) {
  const { values: draft, change, discard } = useDraft<PaperDraft>(`paper.${warehouseId}`, EMPTY_PAPER);
  const known = useFetched<{ items: StockReasonDto[] }>('/stock/reasons').data?.items ?? [];
  const reasons = new Map(known.map((reason) => [reason.code, reason]));
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
      <Field label={t('keeper.note')}>
        <input
          className="input"
          value={draft.note}
          maxLength={400}
          onChange={(event) => edit({ note: event.target.value })}
        />
      </Field>
      <Refusal problem={problem} />
      <button type="submit" className="button primary huge" disabled={busy || !isComplete(draft, reasons)}>
        {t('adjustments.submit')}
      </button>
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
      <Field label={t('adjustments.reason')} required>
        <select
          className="input"
          value={line.reason}
          onChange={(event) => set({ reason: event.target.value, direction: '' })}
        >
          <option value="">{t('changing.choose')}</option>
          {reasons.map((each) => (
            <option key={each.code} value={each.code}>
              {named(each)}
            </option>
          ))}
        </select>
      </Field>
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
        chooseItem={(itemId) => set({ itemId, cell: null })}
        cell={line.cell}
        chooseCell={(cell) => set({ cell, lotCode: '' })}
      />
      {fresh && line.itemId !== '' && <NewLot line={line} warehouseId={warehouseId} set={set} />}
      <Field label={t('keeper.units')} required>
        <input
          className="input"
          inputMode="numeric"
          maxLength={8}
          value={line.units}
          onChange={(event) => set({ units: event.target.value })}
        />
      </Field>
    </fieldset>
  );
}

type NewLotProps = Pick<LineProps, 'line' | 'warehouseId' | 'set'>;

function NewLot({ line, warehouseId, set }: NewLotProps) {
  return (
    <details open={line.lotCode !== ''}>
      <summary className="button bare">{t('adjustments.new-lot')}</summary>
      <div className="form-grid">
        <Field label={t('keeper.lot-code')} required>
          <input
            className="input"
            value={line.lotCode}
            maxLength={80}
            onChange={(event) => set({ lotCode: event.target.value, cell: null })}
          />
        </Field>
        <Field label={t('keeper.expires-on')}>
          <input
            className="input"
            type="date"
            value={line.expiresOn}
            onChange={(event) => set({ expiresOn: event.target.value })}
          />
        </Field>
        <BinChoice
          label={t('keeper.put-in-bin')}
          warehouseId={warehouseId}
          binId={line.binId}
          choose={(binId) => set({ binId })}
        />
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
        <Field label={t('keeper.units')} required>
          <input
            className="input"
            inputMode="numeric"
            maxLength={8}
            value={replacement.units}
            onChange={(event) => set({ units: event.target.value })}
          />
        </Field>
        <Field label={t('adjustments.due-on')} required>
          <input
            className="input"
            type="date"
            value={replacement.dueOn}
            onChange={(event) => set({ dueOn: event.target.value })}
          />
        </Field>
        <Field label={t('adjustments.supplier')} required>
          <input
            className="input"
            value={replacement.supplier}
            maxLength={80}
            onChange={(event) => set({ supplier: event.target.value })}
          />
        </Field>
      </div>
    </fieldset>
  );
}
