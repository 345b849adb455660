import type { FundDto } from '../../../../src/relief-stock/receiving/donation.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t, unitOf } from '../../i18n/i18n.js';
import { useLive, useRow } from '../../live/hooks.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { ItemPicker } from '../ItemPicker.js';
import { EMPTY_GOODS, type GoodsDraft, withScanned } from './goods.rules.js';
import { ScanField } from './ScanField.js';

type Props = { warehouseId: string; goods: GoodsDraft[]; change: (goods: GoodsDraft[]) => void };

/** What is asked for: item and units, with what the warehouse could give beside it. A scanned box, lot or item fills its lines. */
export function GoodsEditor({ warehouseId, goods, change }: Props) {
  const set = (n: number, part: Partial<GoodsDraft>) =>
    change(goods.map((line, each) => (each === n ? { ...line, ...part } : line)));
  const { data: funds } = useFetched<{ items: FundDto[] }>('/stock/funds?limit=500');
  return (
    <>
      <ScanField warehouseId={warehouseId} add={(more) => change(withScanned(goods, more))} />
      {goods.map((line, n) => (
        <fieldset key={n} className="receipt-line">
          <legend>{t('keeper.line', { n: n + 1 })}</legend>
          <ItemPicker itemId={line.itemId} choose={(itemId) => set(n, { itemId })} fault={null} camera={false} />
          <UnitsField warehouseId={warehouseId} line={line} set={(units) => set(n, { units })} />
          {funds && funds.items.length > 0 && (
            <SelectField
              label={t('moving.fund')}
              value={line.fund ?? ''}
              set={(fund) => set(n, { fund })}
              none={t('moving.any-fund')}
              options={funds.items.map(({ code, name }) => ({
                value: code,
                words: name === code ? code : `${code} · ${name}`,
              }))}
            />
          )}
          {goods.length > 1 && (
            <button type="button" className="button bare" onClick={() => change(goods.filter((_, each) => each !== n))}>
              {t('keeper.remove-line', { n: n + 1 })}
            </button>
          )}
        </fieldset>
      ))}
      <button type="button" className="button" onClick={() => change([...goods, EMPTY_GOODS])}>
        <span aria-hidden="true">+</span> {t('keeper.add-line')}
      </button>
    </>
  );
}

function UnitsField({
  warehouseId,
  line,
  set,
}: {
  warehouseId: string;
  line: GoodsDraft;
  set: (units: string) => void;
}) {
  const item = useRow('item', line.itemId);
  const available = useLive(
    ['stock-level'],
    (store) =>
      store.rows('stock-level').find((level) => level.warehouseId === warehouseId && level.itemId === line.itemId)
        ?.availableUnits ?? 0,
    [warehouseId, line.itemId],
  );
  return (
    <TextField
      label={unitOf(item) ? t('keeper.units-of', { unit: unitOf(item) }) : t('keeper.units')}
      type="units"
      required
      hint={item && t('moving.available', { units: count(available) })}
      invalid={Number(line.units) > available}
      value={line.units}
      set={set}
    />
  );
}
