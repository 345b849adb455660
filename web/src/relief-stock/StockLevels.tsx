import { useMemo, useState } from 'react';
import type { ItemDto, StockLevelDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { useMatcher } from '../app/pinyin.js';
import { count } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { useLive, useRows } from '../live/hooks.js';
import { Expiry } from './Expiry.js';
import { belowMinimum } from './order.rules.js';

type Row = { level: StockLevelDto; item: ItemDto };

/** Levels of a warehouse with their items, by code. */
function useLevelRows(warehouseId: string): Row[] {
  const items = useRows('item');
  const levels = useLive(
    ['stock-level'],
    (store) => store.rows('stock-level').filter((level) => level.warehouseId === warehouseId),
    [warehouseId],
  );
  return useMemo(() => {
    const byId = new Map(items.map((item) => [item.id, item]));
    return levels
      .flatMap((level) => {
        const item = byId.get(level.itemId);
        return item ? [{ level, item }] : [];
      })
      .sort((a, b) => a.item.code.localeCompare(b.item.code));
  }, [items, levels]);
}

const COLUMNS = ['item', 'available', 'reserved', 'held', 'on-hand', 'minimum', 'nearest-expiry'] as const;

/** What lies in the store. Available is the big number; red only when it is below the minimum. */
export function StockLevels({ warehouseId }: { warehouseId: string }) {
  const [wanted, setWanted] = useState('');
  const [onlyLow, setOnlyLow] = useState(false);
  const matches = useMatcher(wanted);
  const rows = useLevelRows(warehouseId);
  const low = rows.filter(({ level }) => belowMinimum(level)).length;
  const shown = rows.filter(
    ({ level, item }) => (!onlyLow || belowMinimum(level)) && matches(`${item.code} ${item.name} ${item.nameEn}`),
  );
  return (
    <div className="stock-levels" tabIndex={0} role="group" aria-label={t('keeper.tab-levels')}>
      <div className="level-tools">
        <input
          className="input"
          type="search"
          aria-label={t('keeper.find-item')}
          placeholder={t('keeper.find-item')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <button type="button" className="button" aria-pressed={onlyLow} onClick={() => setOnlyLow(!onlyLow)}>
          <span aria-hidden="true">▽</span> {t('keeper.only-low', { count: low })}
        </button>
      </div>
      {shown.length === 0 ? (
        <p className="empty">{t('keeper.no-levels')}</p>
      ) : (
        <table className="keeper-table level-table live-figures">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`keeper.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="numeric">
            {shown.map(({ level, item }) => (
              <LevelRow key={level.id} level={level} item={item} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function LevelRow({ level, item }: Row) {
  const short = belowMinimum(level);
  return (
    <tr>
      <th scope="row">
        {named(item)} <small className="quiet">{item.code}</small>
      </th>
      <td className={`level-available${short ? ' short' : ''}`}>
        {count(level.availableUnits)} <small>{unitOf(item)}</small>
        {short && (
          <small className="level-short">
            <span aria-hidden="true">▽</span> {t('keeper.below-minimum')}
          </small>
        )}
      </td>
      <td>{count(level.reservedUnits)}</td>
      <td>{count(level.heldUnits)}</td>
      <td>{count(level.onHandUnits)}</td>
      <td>{count(level.minimumUnits)}</td>
      <td>{level.nearestExpiryOn ? <Expiry on={level.nearestExpiryOn} /> : t('keeper.never-expires')}</td>
    </tr>
  );
}
