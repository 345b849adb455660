import { strike } from '../../parts/tones.js';

const STROKE = { lastsS: 0.22, everyS: 0.3, loud: 0.6 };
const REPEAT_MS = 10_000;
const VIBRATION_MS = [500, 250, 500];

let context: AudioContext | null = null;
let repeat: number | undefined;

function strokes(severity: string): void {
  // An untouched page may not shake; asking all the same is an error on the console.
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(VIBRATION_MS);
  if (context?.state === 'running') strike(context, severity, STROKE);
}

/** Rings and shakes every ten seconds until anything is touched. Browsers stay silent until the page was touched once. */
export function startSiren(severity: string): void {
  stopSiren();
  if (typeof AudioContext === 'function') context ??= new AudioContext();
  strokes(severity);
  repeat = window.setInterval(() => strokes(severity), REPEAT_MS);
  document.documentElement.dataset.siren = 'on';
}

export function stopSiren(): void {
  window.clearInterval(repeat);
  repeat = undefined;
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(0);
  delete document.documentElement.dataset.siren;
}

/** Any touch stops the sound; only the button answers. The first touch also lets later alerts be heard. */
export function listenForTouch(): void {
  for (const kind of ['pointerdown', 'keydown'] as const) {
    window.addEventListener(kind, () => {
      stopSiren();
      if (typeof AudioContext !== 'function') return;
      context ??= new AudioContext();
      if (context.state === 'suspended') void context.resume();
    }); // prettier-ignore
  }
}

/** One round, so that a leader knows before the night whether this phone can be heard. */
export const testSiren = (): void => strokes('III');
