import { useEffect, useRef, useState } from 'react';
import { HOLD_MS } from './sos.rules.js';

const TICK_MS = 50;

/**
 * How long a button has been held, null while it is not; `done` comes after two seconds, `letGo` when it ended before. `begin` takes the instant of
 * the event that began it.
 */
export function useHold(done: () => void, letGo: () => void): { heldMs: number | null; begin: (atMs: number) => void } {
  const [heldMs, setHeldMs] = useState<number | null>(null);
  const hold = useRef<{ atMs: number; timer: number } | null>(null);
  const holding = heldMs !== null;
  const stop = () => {
    window.clearInterval(hold.current?.timer);
    hold.current = null;
    setHeldMs(null);
  };
  useEffect(() => {
    if (!holding) return;
    const ended = (event: Event) => {
      if (!hold.current) return;
      // A busy page hears that the finger is gone before its own clock: what was held for two seconds was held.
      const isHeld = event.type === 'pointerup' && event.timeStamp - hold.current.atMs >= HOLD_MS;
      stop();
      if (isHeld) done();
      else letGo();
    };
    // The finger may be anywhere by now; a page out of sight counts no seconds.
    const kinds = ['pointerup', 'pointercancel', 'blur'] as const;
    kinds.forEach((kind) => window.addEventListener(kind, ended));
    document.addEventListener('visibilitychange', ended);
    return () => {
      kinds.forEach((kind) => window.removeEventListener(kind, ended));
      document.removeEventListener('visibilitychange', ended);
    };
  }, [holding]);
  useEffect(() => () => window.clearInterval(hold.current?.timer), []);
  const begin = (atMs: number) => {
    const startedAt = performance.now();
    setHeldMs(0);
    window.clearInterval(hold.current?.timer);
    const timer = window.setInterval(() => {
      const passed = performance.now() - startedAt;
      if (passed < HOLD_MS) return setHeldMs(passed);
      stop();
      done();
    }, TICK_MS);
    hold.current = { atMs, timer };
  };
  return { heldMs, begin };
}
