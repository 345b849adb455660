import { inDrill } from '../app/world.js';
import { useSyncExternalStore } from 'react';
import { clockOffsetMs } from './link.rules.js';

/** Server time on this computer: every clock of the desk reads here and ticks together, once a second. */
let offsetMs = 0;
/** In a drill time may run faster than the day, or stand: it showed `at` when this computer's clock said `ms`. */
let drill: { at: number; ms: number; speed: number } | null = null;
let tick = Date.now();
let timer: number | undefined;
const listeners = new Set<() => void>();

export function learnServerTime(serverAt: string, askedAtMs: number, readAtMs: number): void {
  offsetMs = clockOffsetMs(serverAt, askedAtMs, readAtMs);
  tick = serverNow();
  listeners.forEach((listener) => listener());
}
/** The clock of a drill, as it was told just now. */
export function learnDrillTime(at: string, speed: number): void {
  drill = { at: Date.parse(at), ms: Date.now(), speed };
  tick = serverNow();
  listeners.forEach((listener) => listener());
}
export const serverNow = (): number =>
  drill ? drill.at + (Date.now() - drill.ms) * drill.speed : Date.now() + offsetMs;
/** How many seconds of the server pass in one of this computer; a clock that stands is as slow as the day. */
export const pace = (): number => Math.max(1, drill?.speed ?? 1);
/** A drill's clock is off by intent. */
export const clockSkewMs = (): number => (inDrill ? 0 : offsetMs);

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
