import { useEffect, useRef, useState } from 'react';
import type { Box } from './tour.rules.js';

export const markSelector = (mark: string): string => `[data-tour~="${mark}"]`;

/** The first part with this mark that is on screen. */
export function findMark(mark: string): HTMLElement | null {
  const found = [...document.querySelectorAll<HTMLElement>(markSelector(mark))];
  return found.find((each) => each.getClientRects().length > 0) ?? null;
}

/** Calls back, at most once a frame, when the page has changed, moved or got another size. */
export function useEachChange(look: () => void): void {
  const held = useRef(look);
  useEffect(() => {
    held.current = look;
  });
  useEffect(() => {
    let frame = 0;
    const soon = () => {
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          held.current();
        });
    };
    const observer = new MutationObserver(soon);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    window.addEventListener('resize', soon);
    window.addEventListener('scroll', soon, true);
    soon();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', soon);
      window.removeEventListener('scroll', soon, true);
      cancelAnimationFrame(frame);
    };
  }, []);
}

/** Where a mark is now, or null; and the modal dialog that is open, because nothing outside it can be reached then. */
export function useMark(mark: string): { box: Box | null; dialog: HTMLElement | null } {
  const [state, setState] = useState<{ box: Box | null; dialog: HTMLElement | null }>({ box: null, dialog: null });
  useEachChange(() => {
    const box = boxOf(findMark(mark));
    const dialog = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1) ?? null;
    setState((before) => (before.dialog === dialog && same(before.box, box) ? before : { box, dialog }));
  });
  useEffect(() => void findMark(mark)?.scrollIntoView({ block: 'nearest' }), [mark]);
  return state;
}

function boxOf(element: HTMLElement | null): Box | null {
  if (!element) return null;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}
const same = (one: Box | null, other: Box | null): boolean => JSON.stringify(one) === JSON.stringify(other);
