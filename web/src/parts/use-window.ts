import { useLayoutEffect, useReducer, useRef } from 'react';
import type { RefObject } from 'react';
import { windowOf } from './window.rules.js';

interface Windowed<E extends HTMLElement> {
  /** Of the element whose rows they are; each row carries `data-row`, its id. */
  ref: RefObject<E | null>;
  shown: readonly string[];
  beforePx: number;
  afterPx: number;
}

const scrollerOf = (element: HTMLElement): HTMLElement => element.closest<HTMLElement>('[data-scroll]') ?? element;

/**
 * Draws of a long list only what is near the part in sight of its `[data-scroll]`.
 * @param rowPx height of an ordinary row; rows that are higher are measured once they were drawn
 * @param keep a row that must come into sight when it becomes this one
 */
export function useWindow<E extends HTMLElement>(
  ids: readonly string[],
  { rowPx, keep = null }: { rowPx: number; keep?: string | null },
): Windowed<E> {
  const ref = useRef<E>(null);
  const measured = useRef(new Map<string, number>());
  const seen = useRef({ topPx: 0, viewPx: 1200 });
  const drawn = useRef('');
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const heights = ids.map((id) => measured.current.get(id) ?? rowPx);
  const { from, to, beforePx, afterPx } = windowOf(heights, seen.current.topPx, seen.current.viewPx);
  drawn.current = `${from} ${to}`;
  const look = useRef(() => {});
  look.current = () => {
    const list = ref.current;
    if (!list) return;
    const scroller = scrollerOf(list);
    const topPx = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
    seen.current = { topPx, viewPx: scroller.clientHeight };
    const next = windowOf(heights, topPx, scroller.clientHeight);
    if (`${next.from} ${next.to}` !== drawn.current) redraw();
  };
  useLayoutEffect(() => {
    const scroller = ref.current && scrollerOf(ref.current);
    if (!scroller) return;
    const onMove = () => look.current();
    scroller.addEventListener('scroll', onMove, { passive: true });
    const resized = new ResizeObserver(onMove);
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', onMove);
      resized.disconnect();
    };
  }, [ids.length === 0]);
  useLayoutEffect(() => {
    if (from === 0 && to === ids.length) return;
    for (const row of ref.current?.querySelectorAll<HTMLElement>(':scope > [data-row]') ?? []) {
      if (row.offsetHeight === rowPx) measured.current.delete(row.dataset.row!);
      else measured.current.set(row.dataset.row!, row.offsetHeight);
    }
    look.current();
  });
  useLayoutEffect(() => {
    const at = keep === null ? -1 : ids.indexOf(keep);
    const list = ref.current;
    if (!list || at < 0 || (at >= from && at < to)) return;
    const scroller = scrollerOf(list);
    const topPx = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    scroller.scrollTop = topPx + heights.slice(0, at).reduce((sum, px) => sum + px, 0) - scroller.clientHeight / 2;
    look.current();
  }, [keep]);
  return { ref, shown: ids.slice(from, to), beforePx, afterPx };
}
