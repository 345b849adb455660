import { useEffect } from 'react';

const reasons = new Set<string>();

function settle(): void {
  if (reasons.size > 0) delete document.documentElement.dataset.ready;
  else void document.fonts.ready.then(() => reasons.size === 0 && (document.documentElement.dataset.ready = 'true'));
}

/** `data-ready` stands on <html> once nothing on the page waits any more: tests and the print job wait for it. */
export function useReady(name: string, ready: boolean): void {
  useEffect(() => {
    if (ready) reasons.delete(name);
    else reasons.add(name);
    settle();
    return () => {
      reasons.delete(name);
      settle();
    };
  }, [name, ready]);
}
