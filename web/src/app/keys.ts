import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { accepts, keyName, mayRepeat } from './keys.rules.js';

export type KeyMap = Record<string, (() => void) | undefined>;
type Layer = { map: KeyMap; modal: boolean };

/** Where letters are text. Everything inside a form counts: a radio button must not start an act of the desk. */
const TEXT_FIELDS = 'textarea, select, input:not([type="checkbox"], [type="radio"])';

const layers: Layer[] = [];
const OFF_KEY = 'chiyuan.keys';
let enabled = localStorage.getItem(OFF_KEY) !== 'off';
const listeners = new Set<() => void>();

export const keysEnabled = (): boolean => enabled;
export function switchKeys(on: boolean): void {
  enabled = on;
  localStorage.setItem(OFF_KEY, on ? 'on' : 'off');
  listeners.forEach((listener) => listener());
}
export const useKeysEnabled = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => enabled,
  );

window.addEventListener('keydown', (event) => {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const place = {
    editable:
      target !== null && (target.isContentEditable || target.closest('form') !== null || target.matches(TEXT_FIELDS)),
    button: target !== null && target.closest('button, a, summary, [role="tab"], [role="option"]') !== null,
  };
  const name = keyName(event);
  if (name === null || !accepts(name, place, enabled) || (event.repeat && !mayRepeat(name))) return;
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const layer = layers[index]!;
    const act = layer.map[name];
    if (act) {
      event.preventDefault();
      act();
      return;
    }
    if (layer.modal) return;
  }
});

/**
 * Adds a layer of keys while mounted; later layers win, and a modal one hides those below it. Keys change with the drawing, not after it: a
 * press acts on what is on screen.
 */
export function useKeys(map: KeyMap, options: { modal?: boolean } = {}): void {
  const layer = useRef<Layer>({ map, modal: options.modal ?? false });
  useLayoutEffect(() => {
    layer.current.map = map;
  });
  useLayoutEffect(() => {
    const held = layer.current;
    layers.push(held);
    return () => void layers.splice(layers.indexOf(held), 1);
  }, []);
}
