import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLive, useRow } from '../../live/hooks.js';
import { Field } from '../../parts/Field.js';
import { ItemPicker } from '../ItemPicker.js';

export type GoodsDraft = { itemId: string; units: string };
export const EMPTY_GOODS: GoodsDraft = { itemId: '', units: '' };
export const goodsBody = (goods: readonly GoodsDraft[]) =>
  goods.map(({ itemId, units }) => ({ itemId, units: Number(units) }));
export const isReady = (goods: readonly GoodsDraft[]): boolean =>
  goods.length > 0 && goods.every(({ itemId, units }) => itemId !== '' && /^[1-9]\d{0,7}$/.test(units));

type Props = { warehouseId: string; goods: GoodsDraft[]; change: (goods: GoodsDraft[]) => void };

/** What is asked for: item and units, with what the warehouse could give beside it. */
export function GoodsEditor({ warehouseId, goods, change }: Props) {
  const set = (n: number, part: Partial<GoodsDraft>) =>
    change(goods.map((line, each) => (each === n ? { ...line, ...part } : line)));
  return (
    <>
      {goods.map((line, n) => (
        <fieldset key={n} className="receipt-line">
          <legend>{t('keeper.line', { n: n + 1 })}</legend>
          <ItemPicker itemId={line.itemId} choose={(itemId) => set(n, { itemId })} fault={null} />
          <UnitsField warehouseId={warehouseId} line={line} set={(units) => set(n, { units })} />
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
    <Field
      label={item?.unit ? t('keeper.units-of', { unit: item.unit }) : t('keeper.units')}
      required
      hint={item && t('moving.available', { units: count(available) })}
    >
      <input
        className="input"
        inputMode="numeric"
        maxLength={8}
        value={line.units}
        aria-invalid={Number(line.units) > available}
        onChange={(event) => set(event.target.value.replace(/\D/g, ''))}
      />
    </Field>
  );
}
