import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../app/keys.js';
import { useReady } from '../app/ready.js';
import { desk } from '../desk/desk-state.js';
import { t } from '../i18n/i18n.js';
import { useCoarseNow } from '../live/clock.js';
import { useLive, useRows } from '../live/hooks.js';
import { live } from '../live/live.js';
import { StaleMark } from '../parts/StaleMark.js';
import { useTheme } from '../theme/theme.js';
import { createChart } from './chart.js';
import type { Chart } from './chart.js';
import { drawMarks, drawRoutes, markOf, marksOf } from './marks.js';
import { MapFoot } from './MapFoot.js';
import { MapMenu } from './MapMenu.js';
import { drawOverlay } from './overlay.js';
import { useSwitches } from './switches.js';
import { useBaseMap } from './use-base-map.js';
import { useSocietyLayers } from './use-layers.js';
import { fitsAgain, fitted, FREE, movedByHand, shouldFit, unlocked } from './view-lock.rules.js';

const DRAW_MS = 200;
const SUBJECTS = [
  'incident',
  'team-unit',
  'warehouse',
  'assignment',
  'supply-order',
  'stock-level',
  'help-call',
  'loaded',
];
type Tip = { x: number; y: number; words: string } | null;

/** The map beside the lists. Everything on it is in a list too, so it may be invisible to a screen reader. */
export default function DeskMap() {
  const target = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<Chart | null>(null);
  const [drawn, setDrawn] = useState(false);
  const [tip, setTip] = useState<Tip>(null);
  const picking = desk.use((state) => state.picking);
  useReady('map', drawn);
  useEffect(() => {
    const made = createChart(target.current!);
    setChart(made);
    return () => made.dispose();
  }, []);
  const societies = useRows('society');
  useEffect(() => chart?.showPlaces(societies), [chart, societies]);
  useDrawing(chart);
  const layers = useSocietyLayers(chart);
  const ground = useBaseMap(chart);
  const refit = useViewLock(chart);
  usePointer(chart, setTip);
  useThemeOf(chart);
  // After the effects that draw the marks and choose the view: what is still then has all of them.
  useEffect(() => {
    void chart?.ready.finally(() => chart.whenStill(() => setDrawn(true)));
  }, [chart]);
  const picked = desk.use((state) => state.picked);
  useEffect(() => {
    chart?.showPicked(picked);
    if (picked) chart?.focus(picked);
  }, [chart, picked]);
  const zoom = (step: number) => chart?.view.animate({ zoom: (chart.view.getZoom() ?? 8) + step, duration: 150 });
  return (
    <div className={`map${picking ? ' picking' : ''}`}>
      <div ref={target} className="map-canvas" role="img" aria-label={t('map.title')} />
      <StaleMark />
      {picking && <p className="map-picking">{t('map.pick')}</p>}
      {tip && (
        <span className="map-tip" style={{ left: tip.x, top: tip.y }}>
          {tip.words}
        </span>
      )}
      <div className="map-buttons" role="group" aria-label={t('map.buttons')}>
        <MapMenu baseMap={ground.baseMap} />
        <button type="button" className="button small" onClick={() => zoom(1)} aria-label={t('map.zoom-in')}>
          +
        </button>
        <button type="button" className="button small" onClick={() => zoom(-1)} aria-label={t('map.zoom-out')}>
          −
        </button>
        <button type="button" className="button small" onClick={refit} title={t('help.F')}>
          <kbd>F</kbd> {t('map.fit')}
        </button>
      </div>
      <MapFoot {...layers} ground={ground} />
    </div>
  );
}

/** What is drawn on a canvas knows no style sheet: it is drawn anew in another theme. */
function useThemeOf(chart: Chart | null): void {
  const theme = useTheme();
  const drawnIn = useRef(theme);
  useEffect(() => {
    if (theme !== drawnIn.current) chart?.redraw();
    drawnIn.current = theme;
  }, [chart, theme]);
}

/** Redraws what changed, at most five times a second; half a minute makes positions old without any change. */
function useDrawing(chart: Chart | null): void {
  const selectedId = desk.use((state) => state.selectedId);
  const exercise = desk.use((state) => state.exercise);
  const halfMinute = useCoarseNow(30);
  const switches = useSwitches();
  useEffect(() => {
    if (!chart) return;
    let timer: number | undefined;
    const draw = () => {
      timer = undefined;
      drawMarks(chart, marksOf(live.store, { selectedId, exercise, nowMs: halfMinute, switches }));
      drawRoutes(chart, live.store, selectedId);
      drawOverlay(chart, live.store, { switches, selectedId });
    };
    draw();
    const stop = live.store.subscribe(SUBJECTS, () => (timer ??= window.setTimeout(draw, DRAW_MS)));
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [chart, selectedId, exercise, halfMinute, switches]);
}

/** C-05: the map moves by itself only when the set of incidents changes; a hand on it locks it, F unlocks. */
function useViewLock(chart: Chart | null): () => void {
  const lock = useRef(FREE);
  const before = useRef<{ center: number[]; zoom: number } | null>(null);
  const exercise = desk.use((state) => state.exercise);
  const selectedId = desk.use((state) => state.selectedId);
  const ids = useLive(['incident'], (store) => store.rows('incident').filter((row) => row.exercise === exercise).map((row) => row.id), [exercise]); // prettier-ignore
  const fitNow = (jump = false) => chart?.fit(ids.flatMap((id) => live.store.row('incident', id)?.location ?? []), { jump }); // prettier-ignore
  useEffect(() => {
    if (!chart || !shouldFit(lock.current, ids)) return;
    const opening = lock.current === FREE;
    lock.current = fitted(lock.current, ids);
    fitNow(opening);
  }, [chart, ids]);
  useEffect(() => {
    if (!chart) return;
    const byHand = () => (lock.current = movedByHand(lock.current));
    const element: HTMLElement | undefined = chart.map.getTargetElement() ?? undefined;
    chart.map.on('pointerdrag', byHand);
    element?.addEventListener('wheel', byHand, { passive: true });
    return () => element?.removeEventListener('wheel', byHand);
  }, [chart]);
  useEffect(() => {
    if (!chart) return;
    const incident = live.store.row('incident', selectedId);
    if (incident) {
      before.current ??= { center: chart.view.getCenter() ?? [0, 0], zoom: chart.view.getZoom() ?? 8 };
      chart.focus(incident.location);
    } else if (before.current) {
      chart.restore(before.current);
      before.current = null;
    }
  }, [chart, selectedId]);
  useEffect(() => {
    if (!chart) return;
    const sized = () => !before.current && fitsAgain(lock.current) && fitNow(true);
    chart.map.on('change:size', sized);
    return () => chart.map.un('change:size', sized);
  }, [chart, ids]);
  const refit = () => {
    lock.current = fitted(unlocked(), ids);
    before.current = null;
    fitNow();
  };
  useKeys({ F: refit });
  return refit;
}

/** Names under the pointer; a click selects an incident, or answers a form that asks for a place. */
function usePointer(chart: Chart | null, setTip: (tip: Tip) => void): void {
  useEffect(() => {
    if (!chart) return;
    const { map } = chart;
    const under = (pixel: number[]) =>
      map.forEachFeatureAtPixel(pixel, (feature) => (markOf(feature)?.label() ? markOf(feature) : undefined), {
        hitTolerance: 4,
      });
    map.on('pointermove', (event) => {
      if (event.dragging) return setTip(null);
      const mark = under(event.pixel);
      setTip(mark ? { x: event.pixel[0]!, y: event.pixel[1]!, words: mark.label() } : null);
    });
    map.on('click', (event) => {
      const { picking, selectedId } = desk.get();
      if (picking) {
        const point = chart.lonLatAt(event.coordinate);
        desk.set({ picking: null, picked: point });
        return picking(point);
      }
      const incidentId = under(event.pixel)?.incidentId;
      if (incidentId) desk.set({ selectedId: incidentId === selectedId ? null : incidentId });
    });
  }, [chart, setTip]);
}
