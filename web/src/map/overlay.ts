import Feature from 'ol/Feature.js';
import Point from 'ol/geom/Point.js';
import { circular } from 'ol/geom/Polygon.js';
import { fromLonLat } from 'ol/proj.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import type { LiveStore } from '../live/store.js';
import type { Chart } from './chart.js';
import { kmText } from './distance.rules.js';
import { reachM, RING_HOURS, stockRadius } from './reach.rules.js';
import { ringLabelStyle, ringStyle, stockStyle } from './styles.js';
import type { Switches } from './switches.js';

const RING_SIDES = 96;
const DEGREES_PER_M = 1 / 111_320;

/** Rings of the hours on the road around the selected incident, and the stock of an item at every warehouse. */
export function drawOverlay(
  chart: Chart,
  store: LiveStore,
  of: { switches: Switches; selectedId: string | null },
): void {
  chart.overlay.clear();
  const { reach, stockItemId } = of.switches;
  if (reach) chart.overlay.addFeatures(rings(store, of.selectedId));
  if (stockItemId !== '') chart.overlay.addFeatures(stock(store, stockItemId));
}

/** The words of one ring: hours on the road, kilometres of straight line. */
export const ringWords = (hours: number, kind: string): string =>
  t('map.ring', { hours, km: kmText(reachM(hours, kind)) });

function rings(store: LiveStore, selectedId: string | null): Feature[] {
  const incident = store.row('incident', selectedId);
  if (!incident) return [];
  const { lon, lat } = incident.location;
  return RING_HOURS.flatMap((hours, n) => {
    const radiusM = reachM(hours, incident.kind);
    const words = ringWords(hours, incident.kind);
    const ring = new Feature(circular([lon, lat], radiusM, RING_SIDES).transform('EPSG:4326', 'EPSG:3857'));
    ring.setStyle(() => ringStyle(words, n === 0));
    const label = new Feature(new Point(fromLonLat([lon, lat + radiusM * DEGREES_PER_M])));
    label.setStyle(() => ringLabelStyle(words));
    return [ring, label];
  });
}

function stock(store: LiveStore, itemId: string): Feature[] {
  const levels = store.rows('stock-level').filter((level) => level.itemId === itemId);
  const most = Math.max(0, ...levels.map(({ availableUnits }) => availableUnits));
  const item = named(store.row('item', itemId));
  return levels.flatMap(({ warehouseId, availableUnits }) => {
    const warehouse = store.row('warehouse', warehouseId);
    const radius = stockRadius(availableUnits, most);
    if (!warehouse || radius === null) return [];
    const feature = new Feature(new Point(fromLonLat([warehouse.location.lon, warehouse.location.lat])));
    const units = count(availableUnits);
    feature.set('label', t('map.stock-at', { warehouse: warehouse.name, item, units }));
    feature.setStyle(() => stockStyle(radius, units));
    return [feature];
  });
}
