import { createState } from '../app/state.js';
import type { Severity } from '../live/ageing.rules.js';
import { strike } from '../parts/tones.js';

export type SoundState = 'locked' | 'on' | 'muted';
const state = createState<{ sound: SoundState }>({ sound: 'locked' });
let context: AudioContext | null = null;

const STROKE = { lastsS: 0.16, everyS: 0.22, loud: 0.35 };

/** Browsers stay silent until somebody clicked: the first switch is that click and plays a test tone. */
export function switchSound(): void {
  if (state.get().sound === 'on') return state.set({ sound: 'muted' });
  context ??= new AudioContext();
  void context.resume();
  state.set({ sound: 'on' });
  ring('III');
}

export function ring(severity: Severity): void {
  if (context && state.get().sound === 'on') strike(context, severity, STROKE);
}

export const useSound = (): SoundState => state.use((held) => held.sound);
