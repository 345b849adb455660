import Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import { boundingExtent } from 'ol/extent.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat } from 'ol/proj.js';
import type RenderFeature from 'ol/render/Feature.js';
import VectorSource from 'ol/source/Vector.js';
import type { ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { landLayer, makeView } from '../../map/chart.js';
import { MARKS_LAYER } from '../../map/marks.js';
import { placeLabel } from './wall-styles.js';

type LonLat = { lon: number; lat: number };
export type WallChart = ReturnType<typeof createWallChart>;
/** Room for a sign and its words at the edge of the map. */
const PADDING = [70, 90, 90, 90];
const CLOSEST_ZOOM = 11;
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
    /** Cities where there are several, otherwise the counties: 30 px letters leave no room for both. */
    showPlaces(all: ScreenPicture['places']) {
      const cities = all.filter(({ level }) => level === 'city');
      const shown = cities.length > 1 ? cities : all.filter(({ level }) => level === 'city' || level === 'county');
      places.clear();
      places.addFeatures(shown.map((place) => new Feature({ geometry: new Point(at(place.at)), name: place.name })));
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
