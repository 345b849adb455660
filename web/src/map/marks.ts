import Feature from 'ol/Feature.js';
import LineString from 'ol/geom/LineString.js';
import type { FeatureLike } from 'ol/Feature.js';
import { fromLonLat } from 'ol/proj.js';
import RenderFeature from 'ol/render/Feature.js';
import type { OrderFunction } from 'ol/render.js';
import type VectorSource from 'ol/source/Vector.js';
import type { StyleFunction } from 'ol/style/Style.js';
import type { TeamUnitDto } from '../../../src/rescue-teams/rescue-teams.dto.js';
import { t } from '../i18n/i18n.js';
import type { LiveStore } from '../live/store.js';
import { unitShort } from '../rescue-teams/unit-name.rules.js';
import { lookOf, stalePositionMs, stateKey } from '../rescue-teams/unit-state.rules.js';
import { workOf } from '../incidents/work.js';
import type { Chart } from './chart.js';
import type { Switches } from './switches.js';
import { helpStyle, incidentStyle, routeStyle, unitStyle, warehouseStyle } from './styles.js';

type LonLat = { lon: number; lat: number };
export type Mark = {
  id: string;
  at: LonLat;
  /** What the looks depend on: a mark with another sign is drawn anew. */
  sign: string;
  /** Its name, worked out when a pointer asks for it. */
  label: () => string;
  incidentId?: string;
  style: () => ReturnType<typeof incidentStyle> | ReturnType<typeof unitStyle>;
};

/** Units at their base are drawn as one mark per team and state; those under way one by one. */
function unitMarks(store: LiveStore, selectedId: string | null, nowMs: number): Mark[] {
  const atBase = new Map<string, TeamUnitDto[]>();
  const marks: Mark[] = [];
  for (const unit of store.rows('team-unit')) {
    if (!unit.booking) {
      const key = `${unit.teamId} ${lookOf(unit)}`;
      const there = atBase.get(key);
      if (there) there.push(unit);
      else atBase.set(key, [unit]);
      continue;
    }
    const look = lookOf(unit);
    const staleMs = stalePositionMs(unit, nowMs);
    const strong = unit.booking.incidentId === selectedId;
    const age =
      staleMs === null
        ? ''
        : Number.isFinite(staleMs)
          ? t('map.minutes', { count: Math.floor(staleMs / 60_000) })
          : '?';
    marks.push({
      id: unit.id,
      at: unit.position,
      sign: `${look} ${age} ${strong}`,
      label: () =>
        t('map.unit', { team: unit.teamName, unit: unitShort(unit), state: t(stateKey(unit)) }) +
        (age ? ` · ${t('map.old-position', { age })}` : ''),
      incidentId: unit.booking.incidentId,
      style: () => unitStyle(look, age, staleMs !== null, strong),
    });
  }
  for (const [key, units] of atBase) {
    const first = units[0]!;
    const look = lookOf(first);
    const count = units.length > 1 ? `×${units.length}` : '';
    marks.push({
      id: key,
      at: first.base,
      sign: `${look} ${count}`,
      label: () => t('map.unit', { team: first.teamName, unit: count, state: t(`look.${look}`) }),
      style: () => unitStyle(look, '', false, false),
    });
  }
  return marks;
}

/** Where somebody who calls for help says to be; no switch of the map hides it. */
const helpMarks = (store: LiveStore, exercise: boolean): Mark[] =>
  store.rows('help-call').flatMap((call) => {
    if (!call.position || call.exercise !== exercise) return [];
    const { id, byName, unitCode, state, position } = call;
    return [
      {
        id,
        at: position,
        sign: `${state} ${byName}`,
        label: () => t('help-call.on-map', { who: `${byName} ${unitCode}`, state: t(`help-call.state.${state}`) }),
        incidentId: call.incidentId,
        style: () => helpStyle(state === 'raised', byName),
      },
    ];
  });

export function marksOf(
  store: LiveStore,
  input: {
    selectedId: string | null;
    exercise: boolean;
    nowMs: number;
    switches: Pick<Switches, 'teams' | 'warehouses'>;
  },
): Mark[] {
  const { selectedId, exercise, nowMs, switches } = input;
  const sending = new Set(selectedId ? workOf(store, selectedId).orders.map((order) => order.warehouseId) : []);
  const warehouses = (switches.warehouses ? store.rows('warehouse') : []).map(
    ({ id, location, name, keeperPhone }): Mark => {
      const strong = sending.has(id);
      return {
        id,
        at: location,
        sign: String(strong),
        label: () => [name, keeperPhone].filter(Boolean).join(' '),
        style: () => warehouseStyle(strong),
      };
    },
  );
  const incidents = store
    .rows('incident')
    .filter((incident) => incident.exercise === exercise)
    .map(({ id, location, severity, title }): Mark => {
      const selected = id === selectedId;
      return {
        id,
        at: location,
        sign: `${severity} ${selected} ${selected ? title : ''}`,
        label: () => title,
        incidentId: id,
        style: () => incidentStyle(severity, selected, title),
      };
    });
  return [
    ...warehouses,
    ...(switches.teams ? unitMarks(store, selectedId, nowMs) : []),
    ...incidents,
    ...helpMarks(store, exercise),
  ];
}

/** The mark that a drawn feature stands for; features of other layers have none. */
export const markOf = (feature: FeatureLike): Mark | undefined => feature.get('mark') as Mark | undefined;
/** How a layer of marks is drawn: by one function, so that 25,000 features need none of their own; what came first lies below. */
export const MARKS_LAYER: { style: StyleFunction; renderOrder: OrderFunction } = {
  style: (feature) => markOf(feature)?.style(),
  renderOrder: (a, b) => (a.get('place') as number) - (b.get('place') as number),
};
let places = 0;

/**
 * Brings the drawn features to the wanted marks, touching only those that differ. They are of the light kind, which tells nobody that it
 * changed: one that looks different or lies elsewhere is another feature in the same place of the order, and all that come or go do so at once.
 */
export function drawMarks({ marks: source }: { marks: VectorSource<RenderFeature> }, marks: Mark[]): void {
  const wanted = new Set(marks.map((mark) => mark.id));
  const gone = source.getFeatures().filter((feature) => !wanted.has(String(feature.getId())));
  const fresh: RenderFeature[] = [];
  for (const mark of marks) {
    const held = source.getFeatureById(mark.id) as RenderFeature | null;
    const was = held && markOf(held);
    if (was && was.sign === mark.sign && was.at.lon === mark.at.lon && was.at.lat === mark.at.lat) {
      held.getProperties().mark = mark; // its words may be others
      continue;
    }
    if (held) gone.push(held);
    const place = (held?.get('place') as number | undefined) ?? ++places;
    fresh.push(new RenderFeature('Point', fromLonLat([mark.at.lon, mark.at.lat]), [], 2, { mark, place }, mark.id));
  }
  if (gone.length > 0) source.removeFeatures(gone);
  if (fresh.length > 0) source.addFeatures(fresh);
}

/** Lines from the selected incident to the teams and goods that are on their way to it. */
export function drawRoutes(chart: Chart, store: LiveStore, selectedId: string | null): void {
  chart.routes.clear();
  const incident = store.row('incident', selectedId);
  if (!incident) return;
  const work = workOf(store, incident.id);
  const ends = [
    ...work.assignments.flatMap(({ unitId }) => store.row('team-unit', unitId)?.position ?? []),
    ...work.orders.flatMap(({ warehouseId }) => store.row('warehouse', warehouseId)?.location ?? []),
  ];
  const to = fromLonLat([incident.location.lon, incident.location.lat]);
  chart.routes.addFeatures(
    ends.map(({ lon, lat }) => {
      const feature = new Feature(new LineString([fromLonLat([lon, lat]), to]));
      feature.setStyle(() => routeStyle());
      return feature;
    }),
  );
}
