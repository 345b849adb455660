import { useSyncExternalStore } from 'react';
import { isDutyNight } from './theme.rules.js';

export type ThemeChoice = 'auto' | 'dark' | 'light';
const KEY = 'chiyuan.theme';
const CHOICES: ThemeChoice[] = ['auto', 'dark', 'light'];
const listeners = new Set<() => void>();
let choice: ThemeChoice = CHOICES.find((value) => value === localStorage.getItem(KEY)) ?? 'auto';

export const themeOf = (wanted: ThemeChoice, now: Date): 'dark' | 'light' =>
  wanted === 'auto' ? (isDutyNight(now) ? 'dark' : 'light') : wanted;

function apply(): void {
  const theme = themeOf(choice, new Date());
  if (document.documentElement.dataset.theme === theme) return;
  document.documentElement.dataset.theme = theme;
  listeners.forEach((listener) => listener());
}

/** Applies the chosen theme without a reload and follows the duty hours while `auto` is chosen (C-13). */
export function startTheme(): void {
  apply();
  window.setInterval(apply, 30_000);
}

export function chooseTheme(wanted: ThemeChoice): void {
  choice = wanted;
  localStorage.setItem(KEY, wanted);
  apply();
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => choice);
export const useTheme = (): string =>
  useSyncExternalStore(subscribe, () => document.documentElement.dataset.theme ?? 'dark');
/** A token's present value, for the canvas of the map. */
export const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
