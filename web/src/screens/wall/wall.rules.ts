import type { ScreenEvent, ScreenPicture, ScreenUnit } from '../../../../src/screens/screens.dto.js';
import { lookOf, LOOKS, type Look } from '../../rescue-teams/unit-state.rules.js';

/** The stages that are laid out; the one that fits the window is scaled as a whole (C-30). */
export const STAGES = { wide: { width: 1920, height: 1080 }, double: { width: 3840, height: 1080 } } as const;
export type StageName = keyof typeof STAGES;
/** Halfway between 16:9 and 32:9, by ratio. */
const DOUBLE_FROM = 2.5;

/** The stage for a window, how much it is scaled and where it begins: whole, in the middle, never cut. */
export function stageFor(window: { width: number; height: number }): {
  name: StageName;
  scale: number;
  left: number;
  top: number;
} {
  const name = window.width / window.height >= DOUBLE_FROM ? 'double' : 'wide';
  const stage = STAGES[name];
  const scale = Math.min(window.width / stage.width, window.height / stage.height);
  return { name, scale, left: (window.width - stage.width * scale) / 2, top: (window.height - stage.height * scale) / 2 }; // prettier-ignore
}

/** The server's time and pace, and when they were read here, in ms of a clock that nobody sets. */
export type ClockTold = { at: number; readAt: number; pace: number };

/** `<instant> <pace>`; told somewhere between the question and the answer. Null when it is not that. */
export function readClock(header: string | null, times: { askedAt: number; readAt: number }): ClockTold | null {
  const [instant = '', pace] = (header ?? '').split(' ');
  const at = Date.parse(instant);
  if (Number.isNaN(at) || pace === undefined || Number.isNaN(Number(pace))) return null;
  return { at, readAt: (times.askedAt + times.readAt) / 2, pace: Number(pace) };
}

export type LookTally = Record<Look, { units: number; people: number }>;
/** Units and their people by what they are doing. */
export function looksOf(units: readonly ScreenUnit[]): LookTally {
  const tally = Object.fromEntries(LOOKS.map((look) => [look, { units: 0, people: 0 }])) as LookTally;
  for (const unit of units) {
    const sum = tally[lookOf(unit)];
    sum.units += 1;
    sum.people += unit.people;
  }
  return tally;
}

/** The incidents of the lane, in its order. */
export function laneRows(picture: ScreenPicture, most: number): ScreenPicture['incidents'] {
  const byId = new Map(picture.incidents.map((incident) => [incident.id, incident]));
  return picture.lane.ids.flatMap((id) => byId.get(id) ?? []).slice(0, most);
}

/** What an event is about, in the order of a sentence: who acted, then where. */
export const eventAbout = ({ team, number, place }: ScreenEvent): string[] =>
  [team ?? number, place].filter((each): each is string => each !== null);

type LonLat = { lon: number; lat: number };
/** The corner points of everything that must be in sight, or null when there is nothing: the map never moves but for one of these. */
export function frameOf(picture: ScreenPicture): [LonLat, LonLat] | null {
  const points = [...picture.places, ...picture.incidents].map((each) => each.at);
  if (points.length === 0) return null;
  const [lons, lats] = [points.map(({ lon }) => lon), points.map(({ lat }) => lat)];
  return [
    { lon: Math.min(...lons), lat: Math.min(...lats) },
    { lon: Math.max(...lons), lat: Math.max(...lats) },
  ];
}

const LINE = 9;
const LINES = 2;
/** A long place in two lines of nine signs, the rest left out: at 30 px one line would be cut by the edge of the map. */
export function inLines(place: string): string {
  const signs = [...place];
  const lines = Array.from({ length: Math.min(LINES, Math.ceil(signs.length / LINE)) }, (_, n) =>
    signs.slice(n * LINE, (n + 1) * LINE).join(''),
  );
  return lines.join('\n') + (signs.length > LINES * LINE ? '…' : '');
}
