import CircleShape from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';
import type { Severity } from '../../live/ageing.rules.js';
import { NUMERALS } from '../../parts/marks.js';
import type { Look } from '../../rescue-teams/unit-state.rules.js';
import { token } from '../../theme/theme.js';

/** The smallest letters on a wall, also on its map (C-30). */
const LETTERS_PX = 30;
const font = (weight: number): string => `${weight} ${LETTERS_PX}px ${token('--font')}`;
const MOST_KEPT = 500;
const cache = new Map<string, Style>();

/** Styles are few, but words are not: a wall stands for months, so what is kept has an end. */
function kept(key: string, make: () => Style): Style {
  let found = cache.get(key);
  if (!found) {
    if (cache.size >= MOST_KEPT) cache.clear();
    cache.set(key, (found = make()));
  }
  return found;
}

function words(text: string, look: { colour: string; offsetY: number; weight: number }): Text {
  return new Text({
    text,
    font: font(look.weight),
    offsetY: look.offsetY,
    fill: new Fill({ color: look.colour }),
    stroke: new Stroke({ color: token('--map-halo'), width: 5 }),
  });
}

export const placeLabel = (name: string): Style =>
  kept(
    `place ${name}`,
    () => new Style({ text: words(name, { colour: token('--map-label'), offsetY: -30, weight: 400 }) }),
  );

/** Where an incident is, below its sign; before the names of places. */
export const incidentLabel = (place: string): Style =>
  kept(
    `label ${place}`,
    () => new Style({ text: words(place, { colour: token('--text'), offsetY: 48, weight: 600 }) }),
  );

export const incidentSign = (severity: Severity): Style =>
  kept(`incident ${severity}`, () => {
    const image = new RegularShape({
      points: 4,
      radius: 34,
      fill: new Fill({ color: token(`--severity-${severity}`) }),
      stroke: new Stroke({ color: '#12181f', width: 3 }),
    });
    const text = new Text({
      text: NUMERALS[severity],
      font: font(700),
      fill: new Fill({ color: '#000000' }),
      offsetY: 2,
    });
    return new Style({ image, text, zIndex: 50 });
  });

export const warehouseSign = (): Style =>
  kept('warehouse', () => {
    const image = new RegularShape({
      points: 5,
      radius: 9,
      fill: new Fill({ color: token('--map-halo') }),
      stroke: new Stroke({ color: token('--text-2'), width: 2 }),
    });
    return new Style({ image, zIndex: 0 });
  });

const HEIGHT: Record<Look, number> = { unavailable: 1, ready: 2, moving: 6, 'on-scene': 5, waiting: 7 };

/** The shapes of the desk's map, three metres away: hollow where the position is old. */
export const unitSign = (look: Look, old: boolean): Style =>
  kept(`unit ${look} ${old}`, () => new Style({ image: unitShape(look, old), zIndex: HEIGHT[look] }));

function unitShape(look: Look, old: boolean): RegularShape | CircleShape {
  const hue = token(`--team-${look}`);
  const edge = token('--edge') === 'transparent' ? token('--map-halo') : token('--edge');
  const hollow = old || look === 'waiting';
  const fill = new Fill({ color: hollow ? token('--map-halo') : hue });
  const ring = look === 'waiting' ? token('--ring') : hue;
  const stroke = hollow ? new Stroke({ color: ring, width: 5 }) : new Stroke({ color: edge, width: 2 });
  if (look === 'ready') return new CircleShape({ radius: 9, fill, stroke });
  if (look === 'waiting') return new CircleShape({ radius: 12, fill, stroke });
  if (look === 'moving') return new RegularShape({ points: 3, radius: 18, fill, stroke });
  if (look === 'on-scene') return new RegularShape({ points: 4, radius: 18, angle: Math.PI / 4, fill, stroke });
  const cross = new Stroke({ color: hue, width: 4 });
  return new RegularShape({ points: 4, radius: 11, radius2: 0, angle: Math.PI / 4, stroke: cross });
}
