import GeoJSON from 'ol/format/GeoJSON.js';
import VectorImageLayer from 'ol/layer/VectorImage.js';
import VectorSource from 'ol/source/Vector.js';
import type { LayerShapesDto } from '../../../src/map-layers/map-layers.dto.js';
import { areaStyle } from './styles.js';

export type DrawnLayer = { id: string; shapes: LayerShapesDto };
const format = new GeoJSON({ dataProjection: 'EPSG:4326', featureProjection: 'EPSG:3857' });

/** Layers that a society brought in, drawn as one picture under the places. A layer's shapes never change, so each is read once. */
export function shapeLayers() {
  const source = new VectorSource();
  const layer = new VectorImageLayer({
    source,
    imageRatio: 1.3,
    style: (feature, resolution) => areaStyle(String(feature.get('name') ?? ''), resolution),
  });
  let drawn = new Map<string, ReturnType<typeof format.readFeatures>>();
  const show = (layers: readonly DrawnLayer[]) => {
    const next = new Map(layers.map(({ id, shapes }) => [id, drawn.get(id) ?? format.readFeatures(shapes)]));
    for (const [id, features] of drawn) if (!next.has(id)) source.removeFeatures(features);
    for (const [id, features] of next) if (!drawn.has(id)) source.addFeatures(features);
    drawn = next;
  };
  return { layer, show };
}
