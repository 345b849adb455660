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

/** What a step may ask to be pressed beside its mark: the first act of a page or dialog, the keys of a pad. */
const PRESSED_NEXT = '.button.primary, .pad-keys';

type Standing = { box: Box | null; free: readonly Box[]; dialog: HTMLElement | null };

/**
 * Where a mark is now, or null; what must stay free beside it; and the modal dialog that is open, because nothing outside it can be
 * reached then.
 */
export function useMark(mark: string): Standing {
  const [state, setState] = useState<Standing>({ box: null, free: [], dialog: null });
  useEachChange(() => {
    const dialog = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1) ?? null;
    const pressed = [...(dialog ?? document).querySelectorAll<HTMLElement>(PRESSED_NEXT)];
    const free = pressed.filter((each) => each.getClientRects().length > 0 && !each.closest('.tour-card')).map(boxOf);
    const mine = findMark(mark);
    const now = { box: mine && boxOf(mine), free, dialog };
    setState((before) => (before.dialog === dialog && same(before, now) ? before : now));
  });
  useEffect(() => void findMark(mark)?.scrollIntoView({ block: 'nearest' }), [mark]);
  return state;
}

function boxOf(element: HTMLElement): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}
const same = (one: Standing, other: Standing): boolean =>
  JSON.stringify([one.box, one.free]) === JSON.stringify([other.box, other.free]);
