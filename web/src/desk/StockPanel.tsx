import { useMemo } from 'react';
import type { StockLevelDto, WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { coverageIn, WORK_SUBJECTS } from '../incidents/work.js';
import { count } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { useLive, useRow, useRows } from '../live/hooks.js';
import { distanceM, kmText } from '../map/distance.rules.js';
import { useWindow } from '../parts/use-window.js';
import { Empty } from '../parts/Empty.js';
import { desk } from './desk-state.js';

/** What the selected incident lacks decides the first item shown; the officer's own choice stays. */
function useItemShown(): string | null {
  const chosen = desk.use((state) => state.itemId);
  const selectedId = desk.use((state) => state.selectedId);
  const needed = useLive(
    ['incident', 'item', ...WORK_SUBJECTS],
    (store) => {
      const items = selectedId ? (coverageIn(store, selectedId)?.items ?? []) : [];
      return (items.find((need) => need.missing > 0) ?? items[0])?.itemId ?? store.rows('item')[0]?.id ?? null;
    },
    [selectedId],
  );
  return chosen ?? needed;
}

/** Stock of one item over all warehouses. Available is the big number; red only below the need of open incidents. */
export function StockPanel() {
  const itemId = useItemShown();
  const item = useRow('item', itemId);
  const items = useRows('item');
  const missing = useLive(
    ['incident', 'team-unit', ...WORK_SUBJECTS],
    (store) =>
      store
        .rows('incident')
        .flatMap((incident) => coverageIn(store, incident.id)?.items ?? [])
        .filter((need) => need.itemId === itemId)
        .reduce((sum, need) => sum + need.missing, 0),
    [itemId],
  );
  const available = useLive(
    ['stock-level'],
    (store) =>
      store.rows('stock-level').reduce((sum, level) => sum + (level.itemId === itemId ? level.availableUnits : 0), 0),
    [itemId],
  );
  if (!item) return <Empty words={t('stock.empty')} next={[{ href: '#/keeper/catalogue', words: t('menu.keeper') }]} />; // prettier-ignore
  return (
    <div className="stock-panel">
      <div className="stock-head">
        <select
          className="input"
          aria-label={t('stock.item')}
          value={item.id}
          onChange={(event) => desk.set({ itemId: event.target.value })}
        >
          {items.map((each) => (
            <option key={each.id} value={each.id}>
              {each.code} {named(each)}
            </option>
          ))}
        </select>
        <p className={`stock-total${available < missing ? ' short' : ''}`}>
          <b className="numeric">{count(available)}</b> {t('stock.available', { unit: unitOf(item) })}
          {missing > 0 && (
            <span>{t(available < missing ? 'stock.short' : 'stock.asked', { missing: count(missing) })}</span>
          )}
        </p>
      </div>
      <div className="panel-scroll" data-scroll tabIndex={0} role="group" aria-label={t('tab.stock')}>
        <LevelTable itemId={item.id} />
      </div>
    </div>
  );
}

const ROW_PX = 33;

function LevelTable({ itemId }: { itemId: string }) {
  const selected = useRow(
    'incident',
    desk.use((state) => state.selectedId),
  );
  const levels = useLive(
    ['stock-level'],
    (store) => store.rows('stock-level').filter((level) => level.itemId === itemId),
    [itemId],
  );
  const warehouses = useRows('warehouse');
  const rows = useMemo(() => {
    const byId = new Map(warehouses.map((warehouse) => [warehouse.id, warehouse]));
    return levels
      .flatMap((level) => {
        const warehouse = byId.get(level.warehouseId);
        if (!warehouse) return [];
        return [{ level, warehouse, metres: selected ? distanceM(warehouse.location, selected.location) : null }];
      })
      .sort((a, b) =>
        a.metres !== null && b.metres !== null ? a.metres - b.metres : b.level.availableUnits - a.level.availableUnits,
      );
  }, [levels, warehouses, selected]);
  const ids = useMemo(() => rows.map(({ level }) => level.id), [rows]);
  const { ref, shown, beforePx, afterPx } = useWindow<HTMLTableSectionElement>(ids, { rowPx: ROW_PX });
  if (rows.length === 0) return <Empty words={t('stock.none-held')} next={[{ href: '#/requests', words: t('menu.requests') }]} />; // prettier-ignore
  const first = ids.indexOf(shown[0]!);
  return (
    <table className="levels live-figures">
      <thead>
        <tr>
          <th scope="col">{t('stock.warehouse')}</th>
          {selected && <th scope="col">{t('stock.distance')}</th>}
          <th scope="col">{t('stock.col-available')}</th>
          <th scope="col">{t('stock.col-on-hand')}</th>
          <th scope="col">{t('stock.col-reserved')}</th>
          <th scope="col">{t('stock.col-minimum')}</th>
        </tr>
      </thead>
      <tbody ref={ref} className="numeric">
        {beforePx > 0 && <tr style={{ height: beforePx }} />}
        {rows.slice(first, first + shown.length).map(({ level, warehouse, metres }) => (
          <LevelRow key={level.id} level={level} warehouse={warehouse} metres={metres} />
        ))}
        {afterPx > 0 && <tr style={{ height: afterPx }} />}
      </tbody>
    </table>
  );
}

type LevelRowProps = { level: StockLevelDto; warehouse: WarehouseDto; metres: number | null };

function LevelRow({ level, warehouse, metres }: LevelRowProps) {
  return (
    <tr data-row={level.id}>
      <th scope="row" title={[warehouse.keeperName, warehouse.keeperPhone].filter(Boolean).join(' ')}>
        {named(warehouse)}
      </th>
      {metres !== null && <td>{t('board.km', { km: kmText(metres) })}</td>}
      <td className="stock-available">{count(level.availableUnits)}</td>
      <td>{count(level.onHandUnits)}</td>
      <td>{count(level.reservedUnits)}</td>
      <td>
        {level.onHandUnits < level.minimumUnits && <span title={t('stock.below-minimum')}>▽ </span>}
        {count(level.minimumUnits)}
      </td>
    </tr>
  );
}
