type KeyPress = {
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat?: boolean;
};

/** Held keys repeat; only moving through a list may: a held Enter must not answer the next question too. */
const MAY_REPEAT = new Set(['J', 'K', 'ArrowDown', 'ArrowUp']);
export const mayRepeat = (name: string): boolean => MAY_REPEAT.has(name);

/** Names a key by where it lies, so a Chinese input method or another layout changes nothing (C-22). */
export function keyName(press: KeyPress): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter) return press.shiftKey ? null : letter;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  if (digit) return press.shiftKey ? null : digit;
  if (press.code === 'Slash') return press.shiftKey ? '?' : '/';
  if (press.code === 'NumpadEnter') return 'Enter';
  return ['Enter', 'Escape', 'ArrowDown', 'ArrowUp'].includes(press.code) ? press.code : null;
}

/**
 * Whether a shortcut may act here. In a field letters are text; on a button Enter presses the button. Escape always acts;
 * switching shortcuts off leaves Escape and Enter, which are not single characters.
 */
export function accepts(name: string, place: { editable: boolean; button: boolean }, enabled: boolean): boolean {
  if (name === 'Escape') return true;
  if (place.editable) return false;
  if (name === 'Enter') return !place.button;
  return enabled;
}
