import { readFileSync } from 'node:fs';

export interface Entry {
  at: string;
  note: string;
  sourceKey: string;
  kind: string;
  payload: Record<string, unknown>;
}

/** The published course of the typhoon, in order of entry; src/database/seeds/README.md describes each kind. */
export const timeline = (): Entry[] =>
  JSON.parse(readFileSync(new URL('../../src/drills/scripts/lekima-2019.json', import.meta.url), 'utf8')) as Entry[];

/** Names of figures in the timeline → names on the wire. What the wire has no name for goes into the report's note. */
const FIGURES: Record<string, string> = {
  peopleAffected: 'affected', peopleMoved: 'moved', peopleInCollectiveShelters: 'movedCollective', peopleDispersed: 'movedDispersed',
  peopleDead: 'dead', peopleMissing: 'missing', roomsDamaged: 'roomsDamaged', roomsCollapsed: 'roomsCollapsed',
  economicLossYuan: 'economicLossYuan',
}; // prettier-ignore

export function wireFigures(figures: Record<string, number>): { figures: Record<string, number>; note: string } {
  const known = Object.entries(figures).filter(([name]) => FIGURES[name]);
  const rest = Object.entries(figures).filter(([name]) => !FIGURES[name]);
  return {
    figures: Object.fromEntries(known.map(([name, value]) => [FIGURES[name]!, value])),
    note: rest.map(([name, value]) => `${name}: ${value}`).join('; '),
  };
}
