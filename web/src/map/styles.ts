import CircleShape from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { Severity } from '../live/ageing.rules.js';
import { NUMERALS } from '../parts/marks.js';
import type { Look } from '../rescue-teams/unit-state.rules.js';
import { token } from '../theme/theme.js';

const cache = new Map<string, Style | Style[]>();
/** Colours change with the theme: forget the drawn styles then. */
export const forgetStyles = (): void => cache.clear();

function kept<S extends Style | Style[]>(key: string, make: () => S): S {
  let found = cache.get(key);
  if (!found) cache.set(key, (found = make()));
  return found as S;
}

const font = (size: number, weight = 400): string => `${weight} ${size}px ${token('--font')}`;
const words = (text: string, size: number, offsetY: number, weight = 400): Text =>
  new Text({
    text,
    font: font(size, weight),
    offsetY,
    fill: new Fill({ color: token('--text') }),
    stroke: new Stroke({ color: token('--map-halo'), width: 3 }),
  });

export const landStyle = (): Style => kept('land', () => new Style({ fill: new Fill({ color: token('--map-land') }) }));

export function placeStyle(name: string, level: string): Style {
  return kept(`place ${level} ${name}`, () => {
    const city = level !== 'county';
    return new Style({
      image: new CircleShape({ radius: city ? 2.5 : 1.5, fill: new Fill({ color: token('--map-label') }) }),
      text: new Text({
        text: name,
        font: font(city ? 13 : 11),
        // Above the marks of teams and stores, which lie at the same seats.
        offsetY: -15,
        fill: new Fill({ color: token('--map-label') }),
        stroke: new Stroke({ color: token('--map-halo'), width: 2.5 }),
      }),
    });
  });
}

function shape(look: Look, stale: boolean, strong: boolean): RegularShape | CircleShape {
  const hue = token(`--team-${look}`);
  const size = strong ? 1.35 : 1;
  const edge = token('--edge') === 'transparent' ? token('--map-halo') : token('--edge');
  const fill = stale || look === 'waiting' ? new Fill({ color: token('--map-halo') }) : new Fill({ color: hue });
  const stroke =
    stale || look === 'waiting'
      ? new Stroke({ color: look === 'waiting' ? token('--ring') : hue, width: 2.5 })
      : new Stroke({ color: edge, width: 1 });
  if (look === 'ready') return new CircleShape({ radius: 5 * size, fill, stroke });
  if (look === 'waiting') return new CircleShape({ radius: 6 * size, fill, stroke });
  if (look === 'moving') return new RegularShape({ points: 3, radius: 8 * size, fill, stroke });
  if (look === 'on-scene') return new RegularShape({ points: 4, radius: 8 * size, angle: Math.PI / 4, fill, stroke });
  return new RegularShape({
    points: 4,
    radius: 6 * size,
    radius2: 0,
    angle: Math.PI / 4,
    stroke: new Stroke({ color: hue, width: 2 }),
  });
}

/** @param label age of an old position, or how many units stand there */
export function unitStyle(look: Look, label: string, stale: boolean, strong: boolean): Style {
  return kept(`unit ${look} ${label} ${stale} ${strong}`, () => {
    const text = label === '' ? {} : { text: words(label, 11, 15) };
    const zIndex = (strong ? 40 : 0) + { unavailable: 1, ready: 2, moving: 6, 'on-scene': 5, waiting: 7 }[look];
    return new Style({ image: shape(look, stale, strong), zIndex, ...text });
  });
}

export const warehouseStyle = (strong: boolean): Style =>
  kept(`warehouse ${strong}`, () => {
    const colour = token(strong ? '--text' : '--text-2');
    const fill = new Fill({ color: token('--map-halo') });
    const image = new RegularShape({
      points: 5,
      radius: strong ? 8 : 6,
      fill,
      stroke: new Stroke({ color: colour, width: strong ? 2 : 1.5 }),
    });
    return new Style({ image, zIndex: strong ? 41 : 3 });
  });

export function incidentStyle(severity: Severity, selected: boolean, label: string): Style[] {
  return kept(`incident ${severity} ${selected} ${selected ? label : ''}`, () => {
    const ring = new Stroke({ color: selected ? token('--text') : '#12181f', width: selected ? 3 : 1.5 });
    const fill = new Fill({ color: token(`--severity-${severity}`) });
    const image = new RegularShape({ points: 4, radius: selected ? 17 : 13, fill, stroke: ring });
    const numeral = new Text({
      text: NUMERALS[severity],
      font: font(12, 700),
      fill: new Fill({ color: '#000000' }),
      offsetY: 1,
    });
    const zIndex = selected ? 60 : 50;
    const styles = [new Style({ image, text: numeral, zIndex })];
    if (selected) styles.push(new Style({ text: words(label, 13, 27, 600), zIndex }));
    return styles;
  });
}

/** An eight-sided sign in the colour of danger, like nothing else on the map; taken up it is an outline. */
export const helpStyle = (calling: boolean, name: string): Style =>
  kept(`help ${calling} ${name}`, () => {
    const fill = new Fill({ color: calling ? token('--red-fill') : token('--map-halo') });
    const stroke = new Stroke({ color: calling ? token('--on-fill') : token('--red'), width: 2.5 });
    const image = new RegularShape({ points: 8, radius: 13, fill, stroke });
    return new Style({ image, text: words(name, 13, 24, 700), zIndex: 65 });
  });

export const routeStyle = (): Style =>
  kept('route', () => new Style({ stroke: new Stroke({ color: token('--text-2'), width: 1.5, lineDash: [6, 5] }) }));

export const pickedStyle = (): Style =>
  kept('picked', () => {
    const stroke = new Stroke({ color: token('--text'), width: 3 });
    return new Style({ image: new RegularShape({ points: 4, radius: 13, radius2: 0, stroke }), zIndex: 70 });
  });

/** Metres per pixel up to which the names of a layer's shapes find room. */
const NAMES_RESOLUTION = 300;
/** A layer brought in: outline, a breath of fill, points as rings. No hue of a team or a grade (C-09). */
export const areaStyle = (name: string, resolution: number): Style => {
  const named = name !== '' && resolution < NAMES_RESOLUTION;
  return kept(`area ${named ? name : ''}`, () => {
    const stroke = new Stroke({ color: token('--map-layer'), width: 1.4 });
    const fill = new Fill({ color: token('--map-layer-fill') });
    const image = new CircleShape({ radius: 4, stroke });
    return new Style({ stroke, fill, image, ...(named ? { text: words(name, 12, 0) } : {}) });
  });
};

/** How far one gets in so many hours; the innermost line is the strongest. */
export const ringStyle = (label: string, strong: boolean): Style =>
  kept(`ring ${label} ${strong}`, () => {
    const stroke = new Stroke({ color: token('--text-2'), width: strong ? 2 : 1.3, lineDash: strong ? [] : [8, 5] });
    return new Style({ stroke });
  });
export const ringLabelStyle = (label: string): Style =>
  kept(`ring label ${label}`, () => new Style({ text: words(label, 13, -9, 600), zIndex: 30 }));

/** Stock of an item at a warehouse: the area says how much, the figure says it too. */
export const stockStyle = (radius: number, figure: string): Style =>
  kept(`stock ${radius} ${figure}`, () => {
    const fill = new Fill({ color: token('--map-stock') });
    const image = new CircleShape({ radius, fill, stroke: new Stroke({ color: token('--text'), width: 1.5 }) });
    return new Style({ image, text: words(figure, 13, radius + 9, 600), zIndex: 20 });
  });
