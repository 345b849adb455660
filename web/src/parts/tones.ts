import { TONES } from './tones.rules.js';

/** Seconds of a stroke, from one to the next, and how loud (0 to 1): a desk is near, a phone lies somewhere. */
export interface Stroke {
  lastsS: number;
  everyS: number;
  loud: number;
}

/** Plays the strokes of a severity once. */
export function strike(context: AudioContext, severity: string, { lastsS, everyS, loud }: Stroke): void {
  const { hz, strokes } = TONES[severity] ?? TONES.IV!;
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const at = context.currentTime + stroke * everyS;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loud, at + 0.02);
    gain.gain.linearRampToValueAtTime(0, at + lastsS);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + lastsS + 0.02);
  }
}
