import { type ClockLimits, limitAlong, limitsOf, USUAL_LIMITS } from '../../../src/settings/clock-limits.rules.js';
import { CLOCK_KEYS, type ClockKey, type ClockSettingDto } from '../../../src/settings/settings.dto.js';
import { useLive } from '../live/hooks.js';
import type { LiveStore } from '../live/store.js';

const SUBJECTS = ['clock-setting', 'society'] as const;
let held: { store: LiveStore; revision: number; limits: Map<string, ClockLimits> } | null = null;

/** A society and those above it, the nearest first. */
export function wayUp(store: LiveStore, societyId: string): string[] {
  const way: string[] = [];
  for (let id: string | null = societyId; id && !way.includes(id); id = store.row('society', id)?.parentId ?? null)
    way.push(id);
  return way;
}

export type Standing = {
  key: ClockKey;
  valueS: number;
  /** Whose word counts; null for the usual limit. */ from: string | null;
  own: ClockSettingDto | undefined;
};

/** Every clock of a society as it runs, and what would count without its own word. */
export function standings(store: LiveStore, societyId: string): (Standing & { aboveS: number })[] {
  const said = new Map(store.rows('clock-setting').map((row) => [`${row.societyId} ${row.key}`, row]));
  const way = wayUp(store, societyId);
  const valueOf = (id: string, key: ClockKey) => said.get(`${id} ${key}`)?.valueS;
  return CLOCK_KEYS.map((key) => ({
    key,
    ...limitAlong(key, way, valueOf),
    aboveS: limitAlong(key, way.slice(1), valueOf).valueS,
    own: said.get(`${societyId} ${key}`),
  }));
}

/** The limits of a society's clocks; worked out once per change, because every clock of the desk asks. */
export function limitsFor(store: LiveStore, societyId: string | undefined): ClockLimits {
  if (societyId === undefined) return USUAL_LIMITS;
  const revision = store.revision([...SUBJECTS, 'loaded']);
  if (held?.store !== store || held.revision !== revision) held = { store, revision, limits: new Map() };
  let found = held.limits.get(societyId);
  if (!found) {
    const standing = new Map(standings(store, societyId).map(({ key, valueS }) => [key, valueS]));
    held.limits.set(societyId, (found = limitsOf((key) => standing.get(key)!)));
  }
  return found;
}

export const useLimits = (societyId: string | undefined): ClockLimits =>
  useLive(SUBJECTS, (store) => limitsFor(store, societyId), [societyId]);
