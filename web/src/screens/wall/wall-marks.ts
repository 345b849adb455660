import type { ScreenIncident, ScreenPicture } from '../../../../src/screens/screens.dto.js';
import type { Mark } from '../../map/marks.js';
import { lookOf, stalePositionMs } from '../../rescue-teams/unit-state.rules.js';
import {
  boxAround, byImportance, type Box, type Corner, diamondsTouch, DIAMOND_PX, gather, type Gathered, layBadges, layWords, LETTERS_PX, meet,
  onDiamond, type Side, type Spot, withinPx,
} from './signs.rules.js'; // prettier-ignore
import { inLines } from './wall.rules.js';
import { badge, countBeside, incidentLabel, incidentSign, unitSign, warehouseSign } from './wall-styles.js';

/** Where the map stands: px of the stage for a point on earth, and what is in sight. */
export type Sight = { spotOf: (at: { lon: number; lat: number }) => Spot; frame: Box };
export type WallSigns = {
  marks: Mark[];
  labels: Mark[];
  /** Where no name of a place may stand. */ taken: Box[];
  sides: Map<string, Side>;
};

/** Signs of units that do the same are one from here on: they would lie upon each other. */
const UNITS_TOUCH_PX = 26;
const UNIT_HALF_PX = 18;
const STORE_HALF_PX = 10;
/** Those at an incident stand beside its sign, not under it. */
const BESIDE_PX = DIAMOND_PX + UNIT_HALF_PX;
const isBusy = (look: string): boolean => look === 'moving' || look === 'waiting' || look === 'on-scene';

type Crew = { id: string; spot: Spot; at: ScreenIncident['at']; look: ReturnType<typeof lookOf>; old: boolean; team: string; dx: number }; // prettier-ignore
type Sign = Gathered<ScreenIncident>;

/** All signs and words of the map for a picture: the gravest first, nothing upon a sign of an incident. @param held sides of the words before */
export function wallSigns(picture: ScreenPicture, sight: Sight, { nowMs, held }: { nowMs: number; held: ReadonlyMap<string, Side> }): WallSigns {
  const ranked = picture.incidents.toSorted(byImportance);
  const incidents: Sign[] = gather(ranked.map((one) => ({ ...one, spot: sight.spotOf(one.at) })), (a, b) => diamondsTouch(a.spot, b.spot));
  const crews = crewsOf(picture, sight, { nowMs, incidents });
  const stores = picture.warehouses.map(({ id, at, name }): Mark => ({ id, at, sign: 'store', label: () => name, style: warehouseSign }));
  const small = [...crews.map(({ lead, spot }) => boxAround({ x: spot.x + lead.dx, y: spot.y }, UNIT_HALF_PX)), ...picture.warehouses.map(({ at }) => boxAround(sight.spotOf(at), STORE_HALF_PX))];
  const badges = layBadges(incidents);
  const words = incidents.map(({ lead, spot }) => ({ id: lead.id, spot, words: inLines(lead.place) }));
  const signs = incidents.map(({ spot }) => spot);
  const laid = layWords(words, { signs, taken: [...badges.values()].map(({ box }) => box), small, frame: sight.frame, held });
  const taken = [...signs.map((spot) => boxAround(spot, DIAMOND_PX)), ...[...badges.values(), ...laid.values()].map(({ box }) => box)];
  return {
    marks: [...stores, ...crews.map(crewMark), ...incidents.flatMap((sign) => incidentMarks(sign, badges.get(sign.spot)?.corner))],
    labels: [...incidents.flatMap(({ lead }) => labelMark(lead, laid.get(lead.id)?.side)), ...crews.flatMap((crew) => countMark(crew, taken))],
    taken, sides: new Map([...laid].map(([id, { side }]) => [id, side])),
  };
} // prettier-ignore

/** Units as signs. Those of a team that do the same at one base are one; those beside each other on one errand are one with their number. */
function crewsOf(picture: ScreenPicture, sight: Sight, { nowMs, incidents }: { nowMs: number; incidents: Sign[] }): Gathered<Crew>[] {
  const teams = new Map<string, Crew>();
  for (const unit of picture.units) {
    const look = lookOf(unit);
    const old = stalePositionMs(unit, nowMs) !== null;
    const spot = sight.spotOf(unit.at);
    const host = look === 'on-scene' ? incidents.find((sign) => onDiamond(boxAround(spot, 1), sign.spot)) : undefined;
    const where = host ? { spot: host.spot, at: host.lead.at, dx: -BESIDE_PX } : { spot, at: unit.at, dx: 0 };
    teams.set(unit.booking ? unit.id : `${unit.teamId} ${look}`, { id: unit.id, look, old, team: unit.team, ...where });
  }
  const crews = [...teams.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const near = withinPx(UNITS_TOUCH_PX);
  const alike = (a: Crew, b: Crew) => a.look === b.look && a.old === b.old && a.dx === b.dx;
  const busy = crews.filter(({ look }) => isBusy(look));
  const idle = crews.filter(({ look }) => !isBusy(look)).map((lead) => ({ lead, spot: lead.spot, count: 1 }));
  return [...idle, ...gather(busy, (a, b) => alike(a, b) && near(a.spot, b.spot))];
} // prettier-ignore

const crewMark = ({ lead: { id, at, look, old, team, dx } }: Gathered<Crew>): Mark => ({
  id, at, sign: `${look} ${old} ${dx}`, label: () => team, style: () => unitSign(look, old, dx),
}); // prettier-ignore

/** How many a sign of units stands for, where that hides no word. */
function countMark({ lead: { id, at, team, dx }, spot, count }: Gathered<Crew>, taken: readonly Box[]): Mark[] {
  const left = dx < 0;
  const words = `×${count}`;
  const from = spot.x + dx + (left ? -UNIT_HALF_PX : UNIT_HALF_PX);
  const width = words.length * LETTERS_PX * 0.7;
  const box = { left: left ? from - width : from, right: left ? from : from + width, top: spot.y - LETTERS_PX / 2, bottom: spot.y + LETTERS_PX / 2 };
  if (count === 1 || taken.some((other) => meet(other, box))) return [];
  return [{ id: `count ${id}`, at, sign: `${count} ${dx}`, label: () => team, style: () => countBeside(words, dx + (left ? -UNIT_HALF_PX : UNIT_HALF_PX)) }];
} // prettier-ignore

function incidentMarks({ lead: { id, at, severity, place }, count }: Sign, corner: Corner | undefined): Mark[] {
  const sign: Mark = { id, at, sign: severity, label: () => place, style: () => incidentSign(severity) };
  if (!corner) return [sign];
  return [sign, { id: `count ${id}`, at, sign: `${count} ${corner}`, label: () => place, style: () => badge(count, corner) }];
} // prettier-ignore

function labelMark({ id, at, place }: ScreenIncident, side: Side | undefined): Mark[] {
  if (!side) return [];
  const words = inLines(place);
  return [{ id, at, sign: `${words} ${side}`, label: () => place, style: () => incidentLabel(words, side) }];
}
