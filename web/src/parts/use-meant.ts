import { useRef } from 'react';
import type { MouseEvent } from 'react';

/** The second tap of a double tap comes within this time. */
const DOUBLE_TAP_MS = 500;

/**
 * For a control that appears where something else has just been pressed: the second tap of a double tap is not meant for it. What a keyboard
 * or a screen reader presses (a click without a pointer) is.
 */
export function useMeant(): (act: () => void) => (event: MouseEvent) => void {
  const shownAt = useRef(performance.now());
  return (act) =>
    ({ detail }) => {
      if (detail === 0 || performance.now() - shownAt.current > DOUBLE_TAP_MS) act();
    };
}
