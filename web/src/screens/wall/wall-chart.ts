import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import { unByKey } from 'ol/Observable.js';
import { boundingExtent } from 'ol/extent.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat } from 'ol/proj.js';
import type RenderFeature from 'ol/render/Feature.js';
import VectorSource from 'ol/source/Vector.js';
import type { ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { landLayer, makeView } from '../../map/chart.js';
import { MARKS_LAYER } from '../../map/marks.js';
import { type Box, meet, roomOf, type Spot } from './signs.rules.js';
import type { Sight } from './wall-marks.js';
import { PLACE_DY, placeLabel } from './wall-styles.js';

type LonLat = { lon: number; lat: number };
export type WallChart = ReturnType<typeof createWallChart>;
/** Room for a sign and its words at the edge of the map. */
const PADDING = [70, 150, 110, 150];
const CLOSEST_ZOOM = 11;
/** What the line below the map covers. */
const FOOT_PX = 48;
const at = ({ lon, lat }: LonLat): number[] => fromLonLat([lon, lat]);

/** Land, names of places, signs and their words; canvas layers only, no hand on it. Cities and counties stand back when names collide. */
export function createWallChart(target: HTMLElement, pixelRatio: number) {
  const land = landLayer();
  const places = new VectorSource();
  const marks = new VectorSource<RenderFeature>();
  const labels = new VectorSource<RenderFeature>();
  const view = makeView();
  const map = new OlMap({
    target,
    view,
    controls: [],
    interactions: [],
    pixelRatio,
    layers: [
      land.layer,
      new VectorLayer({ source: places, declutter: 'names', style: (feature) => placeLabel(String(feature.get('name'))) }),
      new VectorLayer({ source: marks, ...MARKS_LAYER }),
      new VectorLayer({ source: labels, declutter: 'names', ...MARKS_LAYER }),
    ],
  }); // prettier-ignore
  let held: [LonLat, LonLat] | null = null;
  const fit = () => held && view.fit(boundingExtent(held.map(at)), { padding: PADDING, maxZoom: CLOSEST_ZOOM });
  map.on('change:size', fit);
  return {
    map,
    marks,
    labels,
    ready: land.loaded,
    showPlaces: placesOn(places),
    sight: () => sightOf(map),
    /** Tells whenever the map stands elsewhere; answers how to end it. */
    whenMoved(then: () => void): () => void {
      const heard = view.on(['change:resolution', 'change:center'], then);
      return () => unByKey(heard);
    },
    fit(frame: [LonLat, LonLat] | null) {
      held = frame;
      fit();
    },
    whenStill(then: () => void) {
      map.once('rendercomplete', then);
      map.render();
    },
    dispose() {
      map.setTarget(undefined);
      map.dispose();
    },
  };
}

const nameBox = ({ x, y }: Spot, name: string): Box => {
  const { width, height } = roomOf(name);
  const middle = y + PLACE_DY;
  return { left: x - width / 2, right: x + width / 2, top: middle - height / 2, bottom: middle + height / 2 };
};

/** Cities where there are several, otherwise the counties: 30 px letters leave no room for both. None upon what is taken. */
function placesOn(source: VectorSource) {
  let named: string | null = null;
  return (all: ScreenPicture['places'], { spotOf }: Sight, taken: readonly Box[]): void => {
    const cities = all.filter(({ level }) => level === 'city');
    const fit = cities.length > 1 ? cities : all.filter(({ level }) => level === 'city' || level === 'county');
    const shown = fit.filter((place) => !taken.some((sign) => meet(sign, nameBox(spotOf(place.at), place.name))));
    const names = shown.map(({ name }) => name).join();
    if (names === named) return;
    named = names;
    source.clear();
    source.addFeatures(shown.map((place) => new Feature({ geometry: new Point(at(place.at)), name: place.name })));
  };
}

/** Where the map stands, once it has a size. */
function sightOf(map: OlMap): Sight | null {
  const view = map.getView();
  const [size, resolution] = [map.getSize(), view.getResolution()];
  if (!size || !resolution || size[0] === 0) return null;
  const [west, south, east, north] = view.calculateExtent(size) as [number, number, number, number];
  const spot = (x: number, y: number): Spot => ({ x: x / resolution, y: -y / resolution });
  const [from, to] = [spot(west, north), spot(east, south)];
  const frame = { left: from.x, top: from.y, right: to.x, bottom: to.y - FOOT_PX };
  return { frame, spotOf: (point) => spot(...(at(point) as [number, number])) };
}
