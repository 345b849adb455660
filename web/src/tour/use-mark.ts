import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Box } from './tour.rules.js';

export const markSelector = (mark: string): string => `[data-tour~="${mark}"]`;

/** The first part with this mark that is on the page to be seen: what lies in closed details has a place, too, but nobody sees it. */
export function findMark(mark: string): HTMLElement | null {
  const found = [...document.querySelectorAll<HTMLElement>(markSelector(mark))];
  return found.find((each) => each.checkVisibility()) ?? null;
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
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
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
  const taken = useTaken(mark);
  useEachChange(() => {
    const dialog = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1) ?? null;
    const pressed = [...(dialog ?? document).querySelectorAll<HTMLElement>(PRESSED_NEXT)];
    const free = pressed.filter((each) => each.getClientRects().length > 0 && !each.closest('.tour-card')).map(boxOf);
    const mine = findMark(mark);
    if (mine && !taken.current && isOutOfSight(mine)) mine.scrollIntoView({ block: 'center' });
    const now = { box: mine && seenOf(mine), free, dialog };
    setState((before) => (before.dialog === dialog && same(before, now) ? before : now));
  });
  return state;
}

/** Whether somebody has scrolled or pressed since the step began: from then on the page stays where they put it. */
function useTaken(mark: string): RefObject<boolean> {
  const taken = useRef(false);
  useEffect(() => {
    taken.current = false;
    const take = ({ target }: Event) => {
      // The card's own button leads to the page.
      if (target instanceof Element && !target.closest('.tour-card')) taken.current = true;
    };
    const acts = ['wheel', 'touchmove', 'pointerdown', 'keydown'];
    for (const act of acts) window.addEventListener(act, take, { capture: true, passive: true });
    return () => {
      for (const act of acts) window.removeEventListener(act, take, { capture: true });
    };
  }, [mark]);
  return taken;
}

/** Px of a mark that must be seen, or all of a smaller one: a page brings it late and far down, or pushes it there while it loads. */
const LEAST_SEEN = 200;
function isOutOfSight(element: HTMLElement): boolean {
  const [whole, seen] = [boxOf(element), seenOf(element)];
  return seen.bottom - seen.top < Math.min(whole.bottom - whole.top, LEAST_SEEN);
}

function boxOf(element: HTMLElement): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}
/** Of a long list only what its scrolling part shows: a ring around the rest would lie over what stands below. */
function seenOf(element: HTMLElement): Box {
  const box = boxOf(element);
  for (let part = element.parentElement; part; part = part.parentElement) {
    if (getComputedStyle(part).overflowY === 'visible') continue;
    const frame = boxOf(part);
    box.top = Math.max(box.top, Math.min(frame.top, box.bottom));
    box.bottom = Math.min(box.bottom, Math.max(frame.bottom, box.top));
  }
  return box;
}
const same = (one: Standing, other: Standing): boolean =>
  JSON.stringify([one.box, one.free]) === JSON.stringify([other.box, other.free]);
