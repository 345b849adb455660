import type { EnterInject } from '../../../src/drills/drills.dto.js';

/** What may be entered by hand: needs and figures belong to incidents of the script. */
export const HAND_KINDS = ['news', 'expected', 'report', 'reply', 'request'] as const;
export type HandKind = (typeof HAND_KINDS)[number];

export interface InjectDraft {
  kind: HandKind;
  /** By the clock of the drill, as a field of a form has it; empty: now. */
  at: string;
  words: string;
  title: string;
  place: string;
  incidentKind: string;
  severity: string;
  societyId: string;
  unitCode: string;
  itemCode: string;
  units: string;
  hours: string;
}
export const EMPTY_INJECT: InjectDraft = {
  kind: 'news', at: '', words: '', title: '', place: '', incidentKind: 'flood', severity: 'III', societyId: '', unitCode: '', itemCode: '', units: '',
  hours: '12',
}; // prettier-ignore

type Needed = 'words' | 'title' | 'place' | 'societyId' | 'unitCode' | 'itemCode' | 'units' | 'hours';
export const NEEDED: Record<HandKind, readonly Needed[]> = {
  news: ['words'],
  expected: ['words'],
  report: ['societyId', 'title', 'place'],
  reply: ['unitCode', 'words'],
  request: ['societyId', 'itemCode', 'units', 'hours', 'place'],
};
const COUNTED = new Set<Needed>(['units', 'hours']);

/** The fields that are still empty, or no count. */
export const lacksIn = (draft: InjectDraft): Needed[] =>
  NEEDED[draft.kind].filter((part) => draft[part].trim() === '' || (COUNTED.has(part) && Number(draft[part]) < 1));

type Desk = { adcode: string; location: { lon: number; lat: number } };
const MINUTES = 60;

/** The call of a draft that lacks nothing. `desk`: the society whose duty desk does it; `key` tells an incident from every other of the drill. */
export function callOf(draft: InjectDraft, desk: Desk | undefined, key: string): object {
  const { kind, words, title, place, incidentKind, severity, unitCode, itemCode, units, hours } = draft;
  const by = desk?.adcode;
  if (kind === 'report')
    return { kind, by, key, incidentKind, severity, title: title.trim(), whatHappened: words.trim(), placeText: place.trim(), location: desk?.location }; // prettier-ignore
  if (kind === 'request')
    return { kind, by, neededInMin: Number(hours) * MINUTES, place: place.trim(), note: words.trim(), lines: [{ itemCode, units: Number(units) }] }; // prettier-ignore
  return kind === 'reply' ? { kind, unitCode, words: words.trim() } : { kind, words: words.trim() };
}

/** In China's time, as forms of the desk read it. */
export const momentOf = (at: string): EnterInject['at'] => (at === '' ? undefined : new Date(`${at}:00+08:00`).toISOString()); // prettier-ignore
