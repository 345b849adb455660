import type { CellDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import type { BinDto } from '../../../../src/relief-stock/relief-stock.dto.js';
import { query } from '../../api/http.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLive, useRow } from '../../live/hooks.js';
import { Field } from '../../parts/Field.js';
import { Expiry } from '../Expiry.js';
import { ItemPicker } from '../ItemPicker.js';

/** What lies in the bins of a warehouse of an item, read again whenever its level changes. */
export function useCells(warehouseId: string, itemId: string): CellDto[] {
  const version = useLive(
    ['stock-level'],
    (store) =>
      store.rows('stock-level').find((level) => level.warehouseId === warehouseId && level.itemId === itemId)
        ?.version ?? 0,
    [warehouseId, itemId],
  );
  const path = itemId === '' ? null : `/stock/cells${query({ warehouseId, itemId, limit: 500 })}`;
  return useFetched<{ items: CellDto[] }>(path, version).data?.items ?? [];
}

/** Goods of a warehouse whose lot may not leave, as `item/lot code`: an order that holds some cannot ship. */
export function useSetAside(warehouseId: string): ReadonlySet<string> {
  const versions = useLive(
    ['stock-level'],
    (store) =>
      store
        .rows('stock-level')
        .reduce((sum, level) => (level.warehouseId === warehouseId ? sum + level.version : sum), 0),
    [warehouseId],
  );
  const path = `/stock/cells${query({ warehouseId, setAside: true, limit: 500 })}`;
  const cells = useFetched<{ items: CellDto[] }>(path, versions).data?.items ?? [];
  return new Set(cells.map(({ itemId, lotCode }) => `${itemId}/${lotCode}`));
}

export const useBins = (warehouseId: string): BinDto[] =>
  useFetched<{ items: BinDto[] }>(`/warehouses/${warehouseId}/bins`).data?.items ?? [];

type BinProps = { label: string; warehouseId: string; binId: string; choose: (binId: string) => void };

export function BinChoice({ label, warehouseId, binId, choose }: BinProps) {
  const bins = useBins(warehouseId);
  return (
    <Field label={label} required>
      <select className="input" value={binId} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('changing.choose')}</option>
        {bins.map((bin) => (
          <option key={bin.id} value={bin.id}>
            {bin.code}
          </option>
        ))}
      </select>
    </Field>
  );
}

type CellProps = {
  name: string;
  warehouseId: string;
  itemId: string;
  chooseItem: (itemId: string) => void;
  cell: CellDto | null;
  chooseCell: (cell: CellDto) => void;
};

/** First the item, then the goods: which lot in which bin, in which condition. */
export function CellChoice({ name, warehouseId, itemId, chooseItem, cell, chooseCell }: CellProps) {
  const cells = useCells(warehouseId, itemId);
  const unit = useRow('item', itemId)?.unit ?? '';
  return (
    <>
      <ItemPicker itemId={itemId} choose={chooseItem} fault={null} />
      {itemId !== '' && (
        <fieldset className="cell-list">
          <legend>{t('changing.goods')}</legend>
          {cells.length === 0 && <p className="quiet">{t('changing.no-goods')}</p>}
          {cells.map((each) => (
            <label key={each.id} className={each.id === cell?.id ? 'chosen' : ''}>
              <input type="radio" name={name} checked={each.id === cell?.id} onChange={() => chooseCell(each)} />
              <span>
                <b>{each.lotCode}</b> · {each.binCode} <CellMarks cell={each} />
              </span>
              <b className="numeric">
                {count(each.onHandUnits - each.reservedUnits)} {unit}
              </b>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

/** What is special about goods, in words: condition, lot, purpose, expiry. */
export function CellMarks({ cell }: { cell: CellDto }) {
  return (
    <small>
      {cell.condition !== 'good' && <b className="expired">{t(`changing.condition.${cell.condition}`)} </b>}
      {cell.lotState !== 'good' && <b className="expired">{t(`changing.lot.${cell.lotState}`)} </b>}
      {cell.fund && <span>{t('changing.fund', { fund: cell.fund })} </span>}
      {cell.expiresOn && <Expiry on={cell.expiresOn} />}
    </small>
  );
}
