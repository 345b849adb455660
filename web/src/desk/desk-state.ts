import { inDrill } from '../app/world.js';
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

const KEY = 'chiyuan.preset';
const stored = PRESETS.find((preset) => preset === localStorage.getItem(KEY)) ?? 'duty';
const TAB_OF: Record<Preset, Tab> = { duty: 'teams', dispatch: 'teams', supplies: 'stock' };

export const desk = createState<Desk>({
  preset: stored,
  tab: TAB_OF[stored],
  selectedId: null,
  itemId: null,
  exercise: inDrill,
  overlay: 'none',
  picking: null,
  picked: null,
});

export function choosePreset(preset: Preset): void {
  localStorage.setItem(KEY, preset);
  desk.set({ preset, tab: TAB_OF[preset] });
}
