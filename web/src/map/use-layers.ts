import { useEffect, useState } from 'react';
import type { LayerShapesDto, MapLayerDto } from '../../../src/map-layers/map-layers.dto.js';
import { get } from '../api/http.js';
import { useReady } from '../app/ready.js';
import type { Chart } from './chart.js';
import { useDrawable } from './MapMenu.js';
import { useSwitches } from './switches.js';

const fetched = new Map<string, Promise<LayerShapesDto>>();

/** Shapes never change, so each layer is fetched once a page; what could not be fetched is asked for again. */
function shapesOf(id: string): Promise<LayerShapesDto> {
  let found = fetched.get(id);
  if (!found) {
    found = get<LayerShapesDto>(`/map-layers/${id}/shapes`);
    fetched.set(id, found);
    found.catch(() => fetched.delete(id));
  }
  return found;
}

/** Draws the society's layers that this person has on; answers those that are on, and those that could not be fetched. */
export function useSocietyLayers(chart: Chart | null): { on: MapLayerDto[]; failed: string[] } {
  const { hidden } = useSwitches();
  const drawable = useDrawable();
  const on = drawable.filter(({ id }) => !hidden.includes(id));
  const wanted = on.map(({ id }) => id).join(' ');
  const [state, setState] = useState<{ wanted: string | null; failed: string[] }>({ wanted: null, failed: [] });
  useReady('map-layers', state.wanted === wanted);
  useEffect(() => {
    if (!chart) return;
    let stale = false;
    const ids = wanted === '' ? [] : wanted.split(' ');
    void Promise.allSettled(ids.map(shapesOf)).then((answers) => {
      if (stale) return;
      const came = answers.flatMap((answer, n) => (answer.status === 'fulfilled' ? [{ id: ids[n]!, shapes: answer.value }] : [])); // prettier-ignore
      chart.showShapes(came);
      setState({ wanted, failed: ids.filter((id) => !came.some((each) => each.id === id)) });
    });
    return () => void (stale = true);
  }, [chart, wanted]);
  return { on, failed: state.failed };
}
