import type { CellDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import { query } from '../../api/http.js';
import { type Fetched, useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { t, unitOf } from '../../i18n/i18n.js';
import { useLive, useRow } from '../../live/hooks.js';
import { Expiry } from '../Expiry.js';
import { ItemPicker } from '../ItemPicker.js';

type Which = { itemId?: string; binId?: string; setAside?: boolean };

/** What lies in the bins of a warehouse, cell by cell; read again whenever a level of the warehouse (or of the item) changes. */
export function useCells(warehouseId: string, which: Which | null): Fetched<{ items: CellDto[] }> {
  const itemId = which?.itemId;
  const version = useLive(
    ['stock-level'],
    (store) =>
      store
        .rows('stock-level')
        .filter((level) => level.warehouseId === warehouseId && (itemId === undefined || level.itemId === itemId))
        .reduce((sum, level) => sum + level.version, 0),
    [warehouseId, itemId],
  );
  const path = which && `/stock/cells${query({ warehouseId, ...which, limit: 500 })}`;
  return useFetched<{ items: CellDto[] }>(path, version);
}

/** Units of a cell that nobody has been promised. */
export const freeOf = (cell: Pick<CellDto, 'onHandUnits' | 'reservedUnits'>): number =>
  cell.onHandUnits - cell.reservedUnits;

/** Goods of a warehouse whose lot may not leave, as `item/lot code`: an order that holds some cannot ship. */
export function useSetAside(warehouseId: string): ReadonlySet<string> {
  const cells = useCells(warehouseId, { setAside: true }).data?.items ?? [];
  return new Set(cells.map(({ itemId, lotCode }) => `${itemId}/${lotCode}`));
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
  const cells = useCells(warehouseId, itemId === '' ? null : { itemId }).data?.items;
  const unit = unitOf(useRow('item', itemId));
  return (
    <>
      <ItemPicker itemId={itemId} choose={chooseItem} fault={null} />
      {itemId !== '' && (
        <fieldset className="cell-list">
          <legend>{t('changing.goods')}</legend>
          {cells?.length === 0 && <p className="quiet">{t('changing.no-goods')}</p>}
          {cells?.map((each) => (
            <label key={each.id} className={each.id === cell?.id ? 'chosen' : ''}>
              <input type="radio" name={name} checked={each.id === cell?.id} onChange={() => chooseCell(each)} />
              <span>
                <b>{each.lotCode}</b> · {each.binCode} <CellMarks cell={each} />
              </span>
              <b className="numeric">
                {count(freeOf(each))} {unit}
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
