import type { BinDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { t } from '../i18n/i18n.js';
import { useRow } from '../live/hooks.js';
import { Field } from '../parts/Field.js';
import { FaultText } from './FaultText.js';
import { ItemPicker } from './ItemPicker.js';
import type { LineDraft } from './receipt.rules.js';

type Props = {
  n: number;
  line: LineDraft;
  /** Where the goods are put; null while they are only announced. */
  warehouseId: string | null;
  /** What is wrong with a field of this line, in words. */
  words: (field: keyof LineDraft) => string | null;
  override: boolean;
  set: (part: Partial<LineDraft>) => void;
  remove: (() => void) | null;
};

/** One kind of goods of one lot; Enter in the lot field goes on, it does not post, because scanners end with Enter. */
export function ReceiptLine({ n, line, warehouseId, words, override, set, remove }: Props) {
  const item = useRow('item', line.itemId);
  const bins = useFetched<{ items: BinDto[] }>(warehouseId && `/warehouses/${warehouseId}/bins`);
  const input = (name: 'lotCode' | 'units' | 'expiresOn', attributes: object) => (
    <>
      <input
        className="input"
        value={line[name]}
        aria-invalid={words(name) !== null}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        onChange={(event) => set({ [name]: event.target.value })}
        {...attributes}
      />
      <FaultText words={words(name)} />
    </>
  );
  return (
    <fieldset className="receipt-line">
      <legend>{t('keeper.line', { n: n + 1 })}</legend>
      <ItemPicker itemId={line.itemId} choose={(itemId) => set({ itemId })} fault={words('itemId')} />
      <div className="form-grid">
        <Field label={t('keeper.lot-code')} required>
          {input('lotCode', { maxLength: 80, autoComplete: 'off' })}
        </Field>
        <Field label={item?.unit ? t('keeper.units-of', { unit: item.unit }) : t('keeper.units')} required>
          {input('units', { inputMode: 'numeric', maxLength: 8 })}
        </Field>
        <Field label={t('keeper.expires-on')}>{input('expiresOn', { type: 'date' })}</Field>
        {warehouseId && (
          <Field label={t('keeper.put-in-bin')}>
            <select className="input" value={line.binId} onChange={(event) => set({ binId: event.target.value })}>
              <option value="">{t('keeper.any-bin')}</option>
              {bins.data?.items.map((bin) => (
                <option key={bin.id} value={bin.id}>
                  {bin.code}
                </option>
              ))}
            </select>
          </Field>
        )}
      </div>
      {override && (
        <Field label={t('keeper.override-reason')} required>
          <input
            className="input"
            value={line.overrideReason}
            maxLength={400}
            onChange={(event) => set({ overrideReason: event.target.value })}
          />
        </Field>
      )}
      {remove && (
        <button type="button" className="button bare" onClick={remove}>
          {t('keeper.remove-line', { n: n + 1 })}
        </button>
      )}
    </fieldset>
  );
}
