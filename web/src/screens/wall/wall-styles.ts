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
import {
  BADGE_PAD_PX,
  badgeAt,
  type Corner,
  DIAMOND_PX,
  LETTERS_PX,
  placeOf,
  roomOf,
  type Side,
} from './signs.rules.js';

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

/** How far from its place a name stands. */
export const PLACE_DY = -30;
export const placeLabel = (name: string): Style =>
  kept(
    `place ${name}`,
    () => new Style({ text: words(name, { colour: token('--map-label'), offsetY: PLACE_DY, weight: 400 }) }),
  );

/** Where an incident is, beside its sign; before the names of places. */
export const incidentLabel = (place: string, side: Side): Style =>
  kept(`label ${side} ${place}`, () => {
    const { dx, dy, align } = placeOf(side, roomOf(place));
    const text = words(place, { colour: token('--text'), offsetY: dy, weight: 600 });
    text.setOffsetX(dx);
    text.setTextAlign(align);
    return new Style({ text });
  });

/** How many incidents a sign stands for. */
export const badge = (count: number, corner: Corner): Style =>
  kept(`badge ${corner} ${count}`, () => {
    const { dx, dy } = badgeAt(corner, count);
    const text = words(String(count), { colour: token('--text'), offsetY: dy, weight: 700 });
    text.setOffsetX(dx);
    text.setBackgroundFill(new Fill({ color: token('--panel') }));
    text.setBackgroundStroke(new Stroke({ color: token('--text'), width: 2 }));
    text.setPadding([0, BADGE_PAD_PX, 0, BADGE_PAD_PX]);
    return new Style({ text, zIndex: 60 });
  });

/** How many units a sign stands for, away from the incident that it may stand at. */
export const countBeside = (count: string, dx: number): Style =>
  kept(`beside ${dx} ${count}`, () => {
    const text = words(count, { colour: token('--text'), offsetY: 0, weight: 600 });
    text.setOffsetX(dx);
    text.setTextAlign(dx < 0 ? 'right' : 'left');
    return new Style({ text });
  });

export const incidentSign = (severity: Severity): Style =>
  kept(`incident ${severity}`, () => {
    const image = new RegularShape({
      points: 4,
      radius: DIAMOND_PX,
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
export const unitSign = (look: Look, old: boolean, dx: number): Style =>
  kept(`unit ${look} ${old} ${dx}`, () => {
    const image = unitShape(look, old);
    image.setDisplacement([dx, 0]);
    return new Style({ image, zIndex: HEIGHT[look] });
  });

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
