import { inDrill, keptAs } from '../app/world.js';
import { createState } from '../app/state.js';

export const PRESETS = ['duty', 'dispatch', 'supplies'] as const;
export type Preset = (typeof PRESETS)[number];
export const TABS = ['teams', 'stock', 'tasks', 'alerts'] as const;
export type Tab = (typeof TABS)[number];
export type Point = { lon: number; lat: number };

type Desk = {
  preset: Preset;
  tab: Tab;
  selectedId: string | null;
  itemId: string | null;
  /** Drills and real incidents are never in one list (C-29). */
  exercise: boolean;
  overlay: 'none' | 'command' | 'help' | 'alarms';
  /** Set while a form asks for a place: the next click on the map answers it. */
  picking: ((point: Point) => void) | null;
  picked: Point | null;
};

const KEY = keptAs('chiyuan.preset');
const TAB_OF: Record<Preset, Tab> = { duty: 'teams', dispatch: 'teams', supplies: 'stock' };

export const desk = createState<Desk>({
  preset: 'duty',
  tab: TAB_OF.duty,
  selectedId: null,
  itemId: null,
  exercise: inDrill,
  overlay: 'none',
  picking: null,
  picked: null,
});

/** Whose desk this is: a computer is shared, the choice of a layout is not (C-02). */
let account = '';
const ownKey = (): string => `${KEY}.${account}`;

/** Lays the desk out as this account left it; later calls for the same account change nothing. */
export function layOutFor(whose: string): void {
  if (whose === account) return;
  account = whose;
  const preset = PRESETS.find((each) => each === localStorage.getItem(ownKey())) ?? 'duty';
  desk.set({ preset, tab: TAB_OF[preset] });
}

export function choosePreset(preset: Preset): void {
  localStorage.setItem(ownKey(), preset);
  desk.set({ preset, tab: TAB_OF[preset] });
}
