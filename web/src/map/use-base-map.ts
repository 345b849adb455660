import { useEffect, useState } from 'react';
import type { BaseMap, BaseMapDto } from '../../../src/map-layers/tiles/tiles.dto.js';
import { get } from '../api/http.js';
import type { Chart } from './chart.js';
import { useSwitches } from './switches.js';

export type DrawnBaseMap = { baseMap: BaseMap | null; on: boolean; failing: boolean };

let asked: Promise<BaseMap | null> | null = null;
/** Asked for once a page; without network the neutral land is all there is, and the next map asks again. */
function baseMapSet(): Promise<BaseMap | null> {
  asked ??= get<BaseMapDto>('/map-tiles').then(
    ({ baseMap }) => baseMap,
    () => (asked = null),
  );
  return asked;
}

/** Draws the base map that the server has set, where this person has it on. Its code is loaded only when there is one. */
export function useBaseMap(chart: Chart | null): DrawnBaseMap {
  const { baseMap: on } = useSwitches();
  const [baseMap, setBaseMap] = useState<BaseMap | null>(null);
  const [failing, setFailing] = useState(false);
  useEffect(() => {
    let stale = false;
    void baseMapSet().then((answer) => stale || setBaseMap(answer));
    return () => void (stale = true);
  }, []);
  useEffect(() => {
    if (!chart || !baseMap || !on) return;
    let stale = false;
    let remove = () => {};
    void import('./tile-layer.js').then(
      ({ tileLayer }) => {
        if (stale) return;
        const tiles = tileLayer(baseMap.maxZoom, setFailing);
        const removeLayer = chart.showGround(tiles.layer);
        remove = () => {
          removeLayer();
          tiles.dispose();
        };
      },
      () => stale || setFailing(true),
    );
    return () => {
      stale = true;
      remove();
      setFailing(false);
    };
  }, [chart, baseMap, on]);
  return { baseMap, on, failing };
}
