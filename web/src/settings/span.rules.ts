/** A limit as people write it: `5` is five minutes, `1:30` a minute and a half. Null for anything else. */
export function secondsOf(text: string): number | null {
  const found = /^\s*(\d{1,4})(?:[:：]([0-5]\d))?\s*$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2] ?? 0) : null;
}

/** The same way back: `5:00`, `1:30`, `0:45`. */
export const spanText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
