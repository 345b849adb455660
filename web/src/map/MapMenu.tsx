import { useRef } from 'react';
import { useCoarseNow } from '../live/clock.js';
import { named, t } from '../i18n/i18n.js';
import { desk } from '../desk/desk-state.js';
import { useLive, useRow, useRows } from '../live/hooks.js';
import type { MapLayerDto } from '../../../src/map-layers/map-layers.dto.js';
import type { BaseMap } from '../../../src/map-layers/tiles/tiles.dto.js';
import { dayOf, standingOf } from './layers.rules.js';
import { ringWords } from './overlay.js';
import { RING_HOURS } from './reach.rules.js';
import { setSwitches, useSwitches } from './switches.js';

/** The society's layers that may be drawn today. */
export function useDrawable(): MapLayerDto[] {
  const today = dayOf(useCoarseNow(60));
  return useLive(
    ['map-layer'],
    (store) =>
      store
        .rows('map-layer')
        .filter((layer) => standingOf(layer, today) === 'drawn')
        .sort((a, b) => a.name.localeCompare(b.name)),
    [today],
  );
}

/** What the map shows, switch by switch. A <details> opens by click and by key, and its boxes are ordinary ones. */
export function MapMenu({ baseMap }: { baseMap: BaseMap | null }) {
  const ref = useRef<HTMLDetailsElement>(null);
  return (
    <details
      className="map-menu"
      ref={ref}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !ref.current?.open) return;
        event.stopPropagation();
        ref.current.open = false;
        ref.current.querySelector('summary')?.focus();
      }}
    >
      <summary className="button small">{t('map.layers')}</summary>
      <div className="map-menu-body">
        {baseMap && <Ground {...baseMap} />}
        <OwnLayers />
        <Reach />
        <Stock />
        <SocietyLayers />
      </div>
    </details>
  );
}

type BoxProps = { words: string; hint?: string; checked: boolean; set: (on: boolean) => void };
const Box = ({ words, hint, checked, set }: BoxProps) => (
  <label className="map-box">
    <input type="checkbox" checked={checked} onChange={(event) => set(event.target.checked)} />
    <span>
      {words}
      {hint && <span className="quiet"> {hint}</span>}
    </span>
  </label>
);

function Ground({ approvalNo }: BaseMap) {
  const { baseMap } = useSwitches();
  return <Box words={t('map.ground')} hint={approvalNo} checked={baseMap} set={(on) => setSwitches({ baseMap: on })} />;
}

function OwnLayers() {
  const { teams, warehouses } = useSwitches();
  return (
    <>
      <Box words={t('map.teams')} checked={teams} set={(on) => setSwitches({ teams: on })} />
      <Box words={t('map.warehouses')} checked={warehouses} set={(on) => setSwitches({ warehouses: on })} />
    </>
  );
}

/** The rings need an incident in their middle; they say that their figure is a straight line. */
function Reach() {
  const { reach } = useSwitches();
  const selectedId = desk.use((state) => state.selectedId);
  const incident = useRow('incident', selectedId);
  const words = incident && RING_HOURS.map((hours) => ringWords(hours, incident.kind)).join('；');
  return (
    <>
      <Box words={t('map.reach')} checked={reach} set={(on) => setSwitches({ reach: on })} />
      {reach && <p className="map-menu-note quiet">{words ? t('map.reach-what', { words }) : t('map.reach-choose')}</p>}
    </>
  );
}

function Stock() {
  const { stockItemId } = useSwitches();
  const items = useRows('item');
  return (
    <label className="map-box">
      <span>{t('map.stock')}</span>
      <select
        className="input"
        value={items.some(({ id }) => id === stockItemId) ? stockItemId : ''}
        onChange={(event) => setSwitches({ stockItemId: event.target.value })}
      >
        <option value="">{t('map.stock-none')}</option>
        {items.map((item) => (
          <option key={item.id} value={item.id}>
            {named(item)}
          </option>
        ))}
      </select>
    </label>
  );
}

function SocietyLayers() {
  const { hidden } = useSwitches();
  const layers = useDrawable();
  const set = (id: string, on: boolean) =>
    setSwitches({ hidden: on ? hidden.filter((each) => each !== id) : [...hidden, id] });
  return (
    <>
      {layers.map(({ id, name, approvalNo }) => (
        <Box
          key={id}
          words={name}
          hint={approvalNo ?? t('map.inside-only')}
          checked={!hidden.includes(id)}
          set={(on) => set(id, on)}
        />
      ))}
    </>
  );
}
