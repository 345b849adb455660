import { createState } from '../app/state.js';
import type { Severity } from '../live/ageing.rules.js';

export type SoundState = 'locked' | 'on' | 'muted';
const state = createState<{ sound: SoundState }>({ sound: 'locked' });
let context: AudioContext | null = null;

/** Tones between 500 and 2,000 Hz, at least 20 % apart: the graver, the higher and the more strokes (C-19). */
const TONES: Record<Severity, { hz: number; strokes: number }> = {
  I: { hz: 1568, strokes: 4 },
  II: { hz: 1047, strokes: 3 },
  III: { hz: 698, strokes: 2 },
  IV: { hz: 523, strokes: 1 },
};

/** Browsers stay silent until somebody clicked: the first switch is that click and plays a test tone. */
export function switchSound(): void {
  if (state.get().sound === 'on') return state.set({ sound: 'muted' });
  context ??= new AudioContext();
  void context.resume();
  state.set({ sound: 'on' });
  ring('III');
}

export function ring(severity: Severity): void {
  if (!context || state.get().sound !== 'on') return;
  const { hz, strokes } = TONES[severity];
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const at = context.currentTime + stroke * 0.22;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.35, at + 0.02);
    gain.gain.linearRampToValueAtTime(0, at + 0.16);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.18);
  }
}

export const useSound = (): SoundState => state.use((held) => held.sound);
