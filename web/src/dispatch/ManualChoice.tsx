import { useMemo, useState } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { ItemDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { useMatcher } from '../app/pinyin.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { useLive, useRows } from '../live/hooks.js';
import { live } from '../live/live.js';
import { distanceM, kmText } from '../map/distance.rules.js';
import { UnitGlyph } from '../parts/marks.js';
import { unitText } from '../rescue-teams/unit-name.rules.js';
import { lookOf } from '../rescue-teams/unit-state.rules.js';
import { toggled } from './manual.rules.js';
import type { Manual } from './manual.rules.js';

const SHOWN = 40;
type Props = { incident: IncidentDto; manual: Manual; change: (manual: Manual) => void };

/** The officer's own choice: ready units by distance, goods by warehouse, and words of one's own. */
export function ManualChoice({ incident, manual, change }: Props) {
  const [wanted, setWanted] = useState('');
  const matches = useMatcher(wanted);
  const units = useLive(['team-unit'], (store) => store.rows('team-unit').filter((unit) => unit.state === 'available'));
  const nearest = useMemo(
    () =>
      units
        .filter(
          (unit) => wanted === '' || matches(`${unit.teamName} ${unit.code} ${t(`speciality.${unit.speciality}`)}`),
        )
        .map((unit) => ({ unit, metres: distanceM(unit.position, incident.location) }))
        .sort((a, b) => a.metres - b.metres)
        .slice(0, SHOWN),
    [units, incident.location, wanted, matches],
  );
  return (
    <div className="manual form-body">
      <input
        className="input"
        type="search"
        placeholder={t('manual.filter')}
        aria-label={t('manual.filter')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <ul className="manual-units">
        {nearest.map(({ unit, metres }) => (
          <li key={unit.id}>
            <label>
              <input
                type="checkbox"
                checked={manual.unitIds.includes(unit.id)}
                onChange={() => change({ ...manual, unitIds: toggled(manual.unitIds, unit.id) })}
              />
              <UnitGlyph look={lookOf(unit)} />
              <span className="clip">{unitText(unit)}</span>
              <span className="quiet">{t(`speciality.${unit.speciality}`)}</span>
              <span className="numeric">{t('board.headcount', { count: unit.headcount })}</span>
              <span className="numeric">{t('board.km', { km: kmText(metres) })}</span>
            </label>
          </li>
        ))}
      </ul>
      {nearest.length === 0 && <p className="empty">{t('manual.no-units')}</p>}
      <Supplies incident={incident} manual={manual} change={change} />
      <label className="field">
        <span className="label">{t('manual.message')}</span>
        <textarea
          className="input"
          maxLength={400}
          value={manual.message}
          onChange={(event) => change({ ...manual, message: event.target.value })}
        />
      </label>
    </div>
  );
}

function Supplies({ incident, manual, change }: Props) {
  const items = useRows('item');
  const set = (supplies: Manual['supplies']) => change({ ...manual, supplies });
  const add = () => {
    const itemId = incident.needs.items[0]?.itemId ?? items[0]?.id;
    if (itemId)
      set([...manual.supplies, { itemId, warehouseId: holders(incident, itemId)[0]?.warehouseId ?? '', units: '' }]);
  };
  const put = (at: number, part: Partial<Manual['supplies'][number]>) =>
    set(manual.supplies.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <fieldset className="need-lines">
      <legend>{t('manual.supplies')}</legend>
      {manual.supplies.map((line, at) => (
        <SupplyLine
          key={at}
          incident={incident}
          items={items}
          line={line}
          put={(part) => put(at, part)}
          remove={() => set(manual.supplies.filter((_, index) => index !== at))}
        />
      ))}
      <button type="button" className="button small" onClick={add}>
        {t('manual.add-supply')}
      </button>
    </fieldset>
  );
}

type SupplyLineProps = {
  incident: IncidentDto;
  items: ItemDto[];
  line: Manual['supplies'][number];
  put: (part: Partial<Manual['supplies'][number]>) => void;
  remove: () => void;
};
function SupplyLine({ incident, items, line, put, remove }: SupplyLineProps) {
  return (
    <div className="need-line manual-supply">
      <select
        className="input"
        aria-label={t('stock.item')}
        value={line.itemId}
        onChange={(event) =>
          put({
            itemId: event.target.value,
            warehouseId: holders(incident, event.target.value)[0]?.warehouseId ?? '',
          })
        }
      >
        {items.map((item) => (
          <option key={item.id} value={item.id}>
            {item.code} {named(item)}
          </option>
        ))}
      </select>
      <select
        className="input"
        aria-label={t('stock.warehouse')}
        value={line.warehouseId}
        onChange={(event) => put({ warehouseId: event.target.value })}
      >
        {holders(incident, line.itemId).map(({ warehouseId, words }) => (
          <option key={warehouseId} value={warehouseId}>
            {words}
          </option>
        ))}
      </select>
      <input
        className="input numeric"
        inputMode="numeric"
        aria-label={t('needs.amount')}
        value={line.units}
        onChange={(event) => put({ units: event.target.value })}
      />
      <button type="button" className="button small bare" aria-label={t('needs.remove')} onClick={remove}>
        ✕
      </button>
    </div>
  );
}

/** Warehouses that have some of an item to give, the nearest first. */
function holders(incident: IncidentDto, itemId: string): { warehouseId: string; words: string }[] {
  const { store } = live;
  return store
    .rows('stock-level')
    .filter((level) => level.itemId === itemId && level.availableUnits > 0)
    .flatMap((level) => {
      const warehouse = store.row('warehouse', level.warehouseId);
      return warehouse ? [{ level, warehouse, metres: distanceM(warehouse.location, incident.location) }] : [];
    })
    .sort((a, b) => a.metres - b.metres)
    .map(({ level, warehouse, metres }) => ({
      warehouseId: warehouse.id,
      words: t('manual.holder', { name: named(warehouse), units: count(level.availableUnits), km: kmText(metres) }),
    }));
}
