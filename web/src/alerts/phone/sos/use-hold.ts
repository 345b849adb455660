import { useEffect, useRef, useState } from 'react';
import { HOLD_MS } from './sos.rules.js';

const TICK_MS = 50;

/** How long a button has been held, null while it is not; `done` comes after two seconds, `letGo` when it ended before. */
export function useHold(done: () => void, letGo: () => void): { heldMs: number | null; begin: () => void } {
  const [heldMs, setHeldMs] = useState<number | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const holding = heldMs !== null;
  const stop = () => {
    window.clearInterval(timer.current);
    setHeldMs(null);
  };
  useEffect(() => {
    if (!holding) return;
    const early = () => {
      stop();
      letGo();
    };
    // The finger may be anywhere by now; a page out of sight counts no seconds.
    const kinds = ['pointerup', 'pointercancel', 'blur'] as const;
    kinds.forEach((kind) => window.addEventListener(kind, early));
    document.addEventListener('visibilitychange', early);
    return () => {
      kinds.forEach((kind) => window.removeEventListener(kind, early));
      document.removeEventListener('visibilitychange', early);
    };
  }, [holding]);
  useEffect(() => () => window.clearInterval(timer.current), []);
  const begin = () => {
    const startedAt = performance.now();
    setHeldMs(0);
    window.clearInterval(timer.current);
    timer.current = window.setInterval(() => {
      const passed = performance.now() - startedAt;
      if (passed < HOLD_MS) return setHeldMs(passed);
      stop();
      done();
    }, TICK_MS);
  };
  return { heldMs, begin };
}
