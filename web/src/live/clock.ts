import { useSyncExternalStore } from 'react';
import { clockOffsetMs } from './link.rules.js';

/** Server time on this computer: every clock of the desk reads here and ticks together, once a second. */
let offsetMs = 0;
let tick = Date.now();
let timer: number | undefined;
const listeners = new Set<() => void>();

export function learnServerTime(serverAt: string, askedAtMs: number, readAtMs: number): void {
  offsetMs = clockOffsetMs(serverAt, askedAtMs, readAtMs);
  tick = serverNow();
  listeners.forEach((listener) => listener());
}
export const serverNow = (): number => Date.now() + offsetMs;
export const clockSkewMs = (): number => offsetMs;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    tick = serverNow();
    listeners.forEach((each) => each());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}
/** Server time in ms, renewed each second. Only leaf components should use it. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => tick);
/** Renewed each `stepS` seconds: for lists that are sorted or counted by age. */
export const useCoarseNow = (stepS: number): number =>
  useSyncExternalStore(subscribe, () => Math.floor(tick / (stepS * 1000)) * stepS * 1000);
