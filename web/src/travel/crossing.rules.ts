import type { CrossingDto, OpenCrossing } from '../../../src/travel/travel.dto.js';

/** What the form of a crossing holds, as it is typed. */
export interface CrossingDraft {
  kind: 'ferry' | 'bridge';
  name: string;
  from: EndDraft;
  to: EndDraft;
  crossingMin: string;
  headwayMin: string;
  first: string;
  last: string;
  vehicles: 'yes' | 'no';
  tonnes: string;
  source: string;
}
export interface EndDraft {
  name: string;
  lon: string;
  lat: string;
  island: string;
}
export type CrossingFault = 'lon' | 'lat' | 'minutes' | 'hours' | 'tonnes' | 'lacks';
type Content = Omit<OpenCrossing, 'id' | 'societyId'>;

const NO_END: EndDraft = { name: '', lon: '', lat: '', island: '' };
export const NO_CROSSING: CrossingDraft = {
  kind: 'ferry', name: '', from: NO_END, to: NO_END, crossingMin: '', headwayMin: '', first: '', last: '', vehicles: 'yes', tonnes: '', source: '',
}; // prettier-ignore

const HOUR_MIN = 60;
const MOST_MIN = 1440;
const MOST_T = 200;

/** Minutes of the day as h:mm. */
export const clockText = (minutes: number): string =>
  `${Math.floor(minutes / HOUR_MIN)}:${String(minutes % HOUR_MIN).padStart(2, '0')}`;

/** h:mm as minutes of the day; null for anything else. */
export function minutesOf(text: string): number | null {
  const found = /^(\d{1,2})[:：](\d{2})$/.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  return hours < 24 && minutes < HOUR_MIN ? hours * HOUR_MIN + minutes : null;
}

const endDraft = ({ name, point, island }: CrossingDto['from']): EndDraft => ({
  name,
  lon: String(point.lon),
  lat: String(point.lat),
  island: island ?? '',
});
const text = (value: number | null): string => (value === null ? '' : String(value));

export const draftOf = (held: CrossingDto): CrossingDraft => ({
  kind: held.kind,
  name: held.name,
  from: endDraft(held.from),
  to: endDraft(held.to),
  crossingMin: String(held.crossingMin),
  headwayMin: text(held.headwayMin),
  first: held.firstMin === null ? '' : clockText(held.firstMin),
  last: held.lastMin === null ? '' : clockText(held.lastMin),
  vehicles: held.carriesVehicles ? 'yes' : 'no',
  tonnes: text(held.maxVehicleT),
  source: held.source,
});

const within = (value: string, least: number, most: number): boolean =>
  value.trim() !== '' && Number.isFinite(Number(value)) && Number(value) >= least && Number(value) <= most;
const whole = (value: string, most: number): boolean => within(value, 1, most) && Number.isInteger(Number(value));

/** What is wrong with a draft, or what it says. A bridge has neither departures nor hours. */
export function contentOf(draft: CrossingDraft): { fault: CrossingFault } | { content: Content } {
  const { kind, from, to } = draft;
  const isFerry = kind === 'ferry';
  if ([draft.name, from.name, to.name, draft.source].some((one) => one.trim() === '')) return { fault: 'lacks' };
  if (![from.lon, to.lon].every((one) => within(one, -180, 180))) return { fault: 'lon' };
  if (![from.lat, to.lat].every((one) => within(one, -90, 90))) return { fault: 'lat' };
  const minutes = [draft.crossingMin, ...(isFerry && draft.headwayMin !== '' ? [draft.headwayMin] : [])];
  if (!minutes.every((one) => whole(one, MOST_MIN))) return { fault: 'minutes' };
  const isOpen = !isFerry || (draft.first.trim() === '' && draft.last.trim() === '');
  const [firstMin, lastMin] = isOpen ? [null, null] : [minutesOf(draft.first), minutesOf(draft.last)];
  if (!isOpen && (firstMin === null || lastMin === null || lastMin < firstMin)) return { fault: 'hours' };
  const carriesVehicles = draft.vehicles === 'yes';
  if (carriesVehicles && draft.tonnes !== '' && !whole(draft.tonnes, MOST_T)) return { fault: 'tonnes' };
  return {
    content: {
      kind, name: draft.name.trim(), from: endOf(from), to: endOf(to), crossingMin: Number(draft.crossingMin),
      headwayMin: isFerry && draft.headwayMin !== '' ? Number(draft.headwayMin) : null, firstMin, lastMin, carriesVehicles,
      maxVehicleT: carriesVehicles && draft.tonnes !== '' ? Number(draft.tonnes) : null, source: draft.source.trim(),
    },
  }; // prettier-ignore
}

const endOf = ({ name, lon, lat, island }: EndDraft): CrossingDto['from'] => ({
  name: name.trim(),
  point: { lon: Number(lon), lat: Number(lat) },
  island: island.trim() === '' ? null : island.trim(),
});
