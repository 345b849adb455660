/** Tones between 500 and 2,000 Hz, at least 20 % apart: the graver, the higher and the more strokes (C-19). */
export const TONES: Record<string, { hz: number; strokes: number }> = {
  I: { hz: 1568, strokes: 4 },
  II: { hz: 1047, strokes: 3 },
  III: { hz: 698, strokes: 2 },
  IV: { hz: 523, strokes: 1 },
};
