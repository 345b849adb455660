import { t, unitOf } from '../i18n/i18n.js';
import { useRow } from '../live/hooks.js';
import { TextField } from '../parts/TextField.js';
import { ItemPicker } from './ItemPicker.js';
import { BinField } from './parts/BinField.js';
import type { LineDraft } from './receipt.rules.js';
import { ReceiptScan } from './ReceiptScan.js';

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
  return (
    <fieldset className="receipt-line">
      <legend>{t('keeper.line', { n: n + 1 })}</legend>
      <ReceiptScan warehouseId={warehouseId} set={set} />
      <ItemPicker itemId={line.itemId} choose={(itemId) => set({ itemId })} fault={words('itemId')} camera={false} />
      <div className="form-grid">
        <TextField
          label={t('keeper.lot-code')}
          required
          maxLength={80}
          value={line.lotCode}
          set={(lotCode) => set({ lotCode })}
          fault={words('lotCode')}
          scanned
        />
        <TextField
          label={unitOf(item) ? t('keeper.units-of', { unit: unitOf(item) }) : t('keeper.units')}
          type="units"
          required
          value={line.units}
          set={(units) => set({ units })}
          fault={words('units')}
          scanned
        />
        <TextField
          label={t('keeper.expires-on')}
          type="date"
          value={line.expiresOn}
          set={(expiresOn) => set({ expiresOn })}
          fault={words('expiresOn')}
          scanned
        />
        {warehouseId && (
          <BinField
            warehouseId={warehouseId}
            value={line.binId}
            set={(binId) => set({ binId })}
            none={t('keeper.any-bin')}
          />
        )}
      </div>
      {override && (
        <TextField
          label={t('keeper.override-reason')}
          required
          value={line.overrideReason}
          set={(overrideReason) => set({ overrideReason })}
        />
      )}
      {remove && (
        <button type="button" className="button bare" onClick={remove}>
          {t('keeper.remove-line', { n: n + 1 })}
        </button>
      )}
    </fieldset>
  );
}
