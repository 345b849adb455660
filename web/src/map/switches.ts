import { useSyncExternalStore } from 'react';
import { keptAs } from '../app/world.js';
import { live } from '../live/live.js';

/** What somebody has chosen to see on the map. `hidden`: layers of the society that this person has put away. */
export type Switches = {
  baseMap: boolean;
  teams: boolean;
  warehouses: boolean;
  reach: boolean;
  stockItemId: string;
  hidden: string[];
};
const USUAL: Switches = { baseMap: true, teams: true, warehouses: true, reach: false, stockItemId: '', hidden: [] };

/** By account, because a desk is shared. */
const keyOf = (): string => keptAs(`chiyuan.map.${live.store.actor?.account ?? 'nobody'}`);
let held: { key: string; switches: Switches } | null = null;
const listeners = new Set<() => void>();

export function switches(): Switches {
  const key = keyOf();
  if (held?.key === key) return held.switches;
  held = { key, switches: { ...USUAL, ...read(key) } };
  return held.switches;
}

function read(key: string): Partial<Switches> {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '{}') ?? {}) as Partial<Switches>;
  } catch {
    return {};
  }
}

export function setSwitches(part: Partial<Switches>): void {
  const next = { ...switches(), ...part };
  held = { key: keyOf(), switches: next };
  localStorage.setItem(held.key, JSON.stringify(next));
  listeners.forEach((listener) => listener());
}

export const useSwitches = (): Switches =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, switches);
