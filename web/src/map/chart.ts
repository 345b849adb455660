import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
import { boundingExtent } from 'ol/extent.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import type BaseLayer from 'ol/layer/Base.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorImageLayer from 'ol/layer/VectorImage.js';
import type RenderFeature from 'ol/render/Feature.js';
import { fromLonLat, toLonLat, transformExtent } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import { MARKS_LAYER } from './marks.js';
import { shapeLayers } from './shape-layers.js';
import { forgetStyles, landStyle, pickedStyle, placeStyle } from './styles.js';

type LonLat = { lon: number; lat: number };
const ZHEJIANG: [number, number, number, number] = [118.0, 27.0, 123.0, 31.3];
const WORLD: [number, number, number, number] = [105, 15, 135, 42];
/** Metres per pixel from which on county names find room. */
const COUNTY_RESOLUTION = 420;
/** About 80 km across the desk's map: the incident with the bases of its neighbours. */
const FOCUS_ZOOM = 10;
/** A browser opens six lines to a server: tiles that come slowly leave two for the acts of the desk. */
const MOST_TILES = 4;
/** Whoever asked for less motion sees the map jump. */
const MOVE_MS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250;

export type Chart = ReturnType<typeof createChart>;

let land: Promise<MultiPolygon> | null = null;
const fetchLand = async (): Promise<MultiPolygon> => {
  const answer = await fetch('/land.json');
  const { coordinates } = (await answer.json()) as { coordinates: number[][][][] };
  return new MultiPolygon(coordinates).transform('EPSG:4326', 'EPSG:3857') as MultiPolygon;
};
/** Fetched once a page; when that failed, the next map tries again. */
function landShape(): Promise<MultiPolygon> {
  land ??= fetchLand().catch((error: unknown) => {
    land = null;
    throw error;
  });
  return land;
}
// Asked for with the code of the map: both come while the desk waits for its picture.
void landShape().catch(() => undefined);

/** The neutral land, for any map of ours. */
export function landLayer(): { layer: VectorImageLayer; loaded: Promise<void> } {
  const source = new VectorSource();
  const layer = new VectorImageLayer({ source, style: () => landStyle(), imageRatio: 1.3 });
  const loaded = landShape().then((shape) => source.addFeature(new Feature(shape.clone())));
  return { layer, loaded };
}

function placeLayer(): { layer: VectorLayer; show: (societies: SocietyDto[]) => void } {
  const source = new VectorSource();
  const layer = new VectorLayer({
    source,
    declutter: true,
    style: (feature, resolution) => {
      const level = feature.get('level') as string;
      if (level === 'county' && resolution > COUNTY_RESOLUTION) return undefined;
      return placeStyle(feature.get('name') as string, level);
    },
  });
  const show = (societies: SocietyDto[]) => {
    source.clear();
    const seats = societies.filter(({ level }) => level === 'city' || level === 'county');
    source.addFeatures(
      seats.map(({ location, shortName, level }) => {
        const feature = new Feature({ geometry: new Point(fromLonLat([location.lon, location.lat])) });
        feature.setProperties({ name: shortName, level });
        return feature;
      }),
    );
  };
  return { layer, show };
}

/** Five decimals are about a metre. */
function lonLatAt(coordinate: number[]): LonLat {
  const [lon, lat] = toLonLat(coordinate) as [number, number];
  return { lon: Number(lon.toFixed(5)), lat: Number(lat.toFixed(5)) };
}

export const makeView = (): View =>
  new View({
    extent: transformExtent(WORLD, 'EPSG:4326', 'EPSG:3857'),
    constrainOnlyCenter: true,
    minZoom: 5,
    maxZoom: 17,
  });

/** Where the map looks: everything, one point, or back. */
function movesOf(view: View) {
  return {
    /** @param jump without moving there, as when the map has just opened */
    fit(points: LonLat[], { jump = false } = {}) {
      if (points.length === 0) return;
      const extent = boundingExtent(points.map(({ lon, lat }) => fromLonLat([lon, lat])));
      view.fit(extent, { padding: [60, 60, 60, 60], maxZoom: 10, duration: jump ? 0 : MOVE_MS });
    },
    focus(point: LonLat) {
      view.animate({
        center: fromLonLat([point.lon, point.lat]),
        zoom: Math.max(view.getZoom() ?? 0, FOCUS_ZOOM),
        duration: MOVE_MS,
      });
    },
    /** West, south, east, north in degrees. */
    fitExtent(extent: readonly number[]) {
      const box = transformExtent([...extent], 'EPSG:4326', 'EPSG:3857');
      view.fit(box, { padding: [40, 40, 40, 40], maxZoom: 13 });
    },
    /** Back to where the map was. */
    restore: (held: { center: number[]; zoom: number }) => view.animate({ ...held, duration: MOVE_MS }),
  };
}

function makeMap(target: HTMLElement, view: View, layers: BaseLayer[]): OlMap {
  const interactions = defaultInteractions({ altShiftDragRotate: false, pinchRotate: false });
  return new OlMap({ target, view, layers, interactions, controls: [], maxTilesLoading: MOST_TILES });
}

/** A map of others, over the neutral land and under everything of ours; answers how it is taken away. */
function layGround(map: OlMap, layer: BaseLayer): () => void {
  map.getLayers().insertAt(1, layer);
  return () => void map.removeLayer(layer);
}

/** The canvas: neutral land, places, routes and marks. Canvas layers only, so it also draws where WebGL is off. */
export function createChart(target: HTMLElement) {
  forgetStyles(); // they may be of another theme
  const land = landLayer();
  const places = placeLayer();
  const shapes = shapeLayers();
  const overlay = new VectorSource();
  const routes = new VectorSource();
  const marks = new VectorSource<RenderFeature>();
  const picked = new VectorSource();
  const view = makeView();
  const map = makeMap(target, view, [
    land.layer,
    shapes.layer,
    places.layer,
    new VectorLayer({ source: overlay }),
    new VectorLayer({ source: routes }),
    // Drawn to a picture of its own, anew only when a mark changed: the names of places make room for each other, and beside such a layer
    // every other one would be drawn in two steps, 25,000 signs in each frame.
    new VectorImageLayer({ source: marks, ...MARKS_LAYER }),
    new VectorLayer({ source: picked, style: () => pickedStyle() }),
  ]);
  view.fit(transformExtent(ZHEJIANG, 'EPSG:4326', 'EPSG:3857'), {
    size: [target.clientWidth || 800, target.clientHeight || 600],
  });
  return {
    map,
    view,
    routes,
    marks,
    /** What the desk chose to see besides: reach, stock. */
    overlay,
    ready: land.loaded,
    showPlaces: places.show,
    showShapes: shapes.show,
    showGround: (layer: BaseLayer) => layGround(map, layer),
    showPicked(point: LonLat | null) {
      picked.clear();
      if (point) picked.addFeature(new Feature(new Point(fromLonLat([point.lon, point.lat]))));
    },
    ...movesOf(view),
    /** Once the land and everything else is drawn and the map stands still. */
    whenStill(then: () => void) {
      map.once('rendercomplete', () => (view.getAnimating() ? this.whenStill(then) : then()));
      map.render();
    },
    lonLatAt,
    redraw() {
      forgetStyles();
      for (const layer of map.getLayers().getArray()) layer.changed();
      for (const feature of [...routes.getFeatures(), ...overlay.getFeatures()]) feature.changed();
      map.render();
    },
    dispose() {
      map.setTarget(undefined);
      map.dispose();
    },
  };
}
